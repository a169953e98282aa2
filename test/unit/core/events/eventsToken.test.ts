import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { EVENTS_HOSTS, parseEventsToken } from '../../../../nodes/shared/core/events/eventsToken';
import { expectNoSecret } from '../../../support/refusal';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(claims: unknown): string {
	return `${encode({ alg: 'ES256' })}.${encode(claims)}.c2lnbmF0dXJl`;
}

function refusalOf(text: string): OnePasswordError {
	try {
		parseEventsToken(text);
	} catch (error) {
		if (error instanceof OnePasswordError) return error;
		throw error;
	}
	throw new Error('The token was taken');
}

describe('a token of the Events API', () => {
	it.each(EVENTS_HOSTS)('points to %s', (host) => {
		expect(parseEventsToken(token({ aud: [host] })).host).toBe(host);
		expect(parseEventsToken(token({ aud: [`https://${host}/`, 'https://evil.example'] })).host).toBe(host);
		expect(parseEventsToken(token({ aud: host.toUpperCase() })).host).toBe(host);
	});

	it('says which feeds it can read, and when it expires', () => {
		const claims = { aud: ['events.1password.eu'], '1password.com/fts': ['auditevents', 'itemusages', 'news'], exp: 1_800_000_000 };
		expect(parseEventsToken(token(claims))).toEqual({
			host: 'events.1password.eu',
			feeds: ['itemUsage', 'auditEvent'],
			expiresAt: 1_800_000_000_000,
		});
	});

	it('can lack both', () => {
		expect(parseEventsToken(token({ aud: ['com.1password.streamingservice'], exp: 'soon' }))).toEqual({});
		expect(parseEventsToken(token({ aud: ['events.1password.com'], '1password.com/fts': [] })).feeds).toEqual([]);
		// A Date doesn't support these.
		for (const exp of [-1e300, 1e300, 8.64e12 + 1]) {
			expect(parseEventsToken(token({ aud: ['com.1password.streamingservice'], exp }))).toEqual({});
		}
	});

	it.each<[string, unknown]>([
		['another host', ['events.evil.example']],
		['a known host as its last entry only', ['events.evil.example', 'events.1password.com']],
		['a host that begins like a known one', ['events.1password.com.evil.example']],
		['a host that ends like a known one', ['evil-events.1password.com']],
		['a host above a known one', ['1password.com']],
		['a known host as a user name', ['events.1password.com@evil.example']],
		['a known host as a path', ['evil.example/events.1password.com']],
		['a port', ['events.1password.com:8443']],
		['plain http', ['http://events.1password.com']],
		['a path', ['events.1password.com/evil']],
		['a line end', ['events.1password.com\n']],
		['an empty list', []],
		['a number', [7]],
		['a list in a list', [['events.1password.com']]],
		['nothing', undefined],
	])('is refused with %s', (_what, aud) => {
		const secret = token({ aud, jti: 'secret' });
		const error = refusalOf(secret);
		expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('not sent anywhere') as unknown });
		expectNoSecret(error, [secret, ...secret.split('.')]);
	});

	it.each<[string, string]>([
		['nothing', ''],
		['one part', 'ops_abcdefghijklmnop'],
		['two parts', 'aaaa.bbbb'],
		['four parts', `${token({ aud: ['events.1password.com'] })}.more`],
		['claims that are no JSON', 'aaaa.bbbb.cccc'],
		['claims that are no object', token('text')],
		['no claims', token(null)],
		['a line end', `${token({ aud: ['events.1password.com'] })}\n`],
		['a space', `${token({ aud: ['events.1password.com'] })} x`],
		['too much', token({ aud: ['events.1password.com'], more: 'x'.repeat(10_000) })],
	])('is refused if it is malformed: %s', (_what, text) => {
		const error = refusalOf(text);
		expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('not an Events API token') as unknown });
		if (text !== '') expectNoSecret(error, [text]);
	});

	it("is distinguished from a Connect server's token", () => {
		expect(refusalOf(token({ aud: ['com.1password.connect'] })).message).toMatch(/Connect server/);
	});
});
