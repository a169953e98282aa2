import { describe, expect, it } from '@jest/globals';
import type { ICredentialTestRequest, IHttpRequestOptions } from 'n8n-workflow';

import { OnePasswordEventsApi } from '../../../credentials/OnePasswordEventsApi.credentials';
import { EVENTS_HOSTS } from '../../../nodes/shared/core/events/eventsToken';
import { expectNoSecret } from '../../support/refusal';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const token = (aud: unknown): string => `eyJhbGciOi.${encode({ aud, jti: 'x' })}.c2lnbmF0dXJl`;

const EU = token(['events.1password.eu']);
const OLD = token(['com.1password.streamingservice']);
const STRANGE = token(['events.evil.example']);

const credential = new OnePasswordEventsApi();

async function authenticate(credentials: Record<string, string>, options: object): Promise<IHttpRequestOptions> {
	return await credential.authenticate(credentials, options as IHttpRequestOptions);
}

describe('the credential', () => {
	it('has the name that users depend on', () => {
		expect([credential.name, credential.displayName]).toEqual(['onePasswordEventsApi', '1Password Events API']);
	});

	it('can not be used by other nodes', () => {
		expect(credential.restrictToSupportedNodes).toBe(true);
	});

	it('asks for a token, and for a server only where the token does not say it', () => {
		const asked = credential.properties.map(({ name, required = false, default: value }) => [name, required, value]);
		expect(asked).toEqual([
			['accessToken', true, ''],
			['server', false, 'fromToken'],
		]);
		expect(credential.properties[0]?.typeOptions?.password).toBe(true);
	});

	it('offers the servers of 1Password, and no other', () => {
		const offered = (credential.properties[1]?.options ?? []).map((option) => ('value' in option ? option.value : ''));
		expect([...offered].sort()).toEqual([...EVENTS_HOSTS, 'fromToken'].sort());
	});

	it('sends the token to the server that it names, and follows no redirect', async () => {
		const sent = await authenticate({ accessToken: ` ${EU} `, server: 'fromToken' }, { url: '/api/v2/auth/introspect', headers: { A: 'b' } });
		expect(sent).toEqual({
			url: 'https://events.1password.eu/api/v2/auth/introspect',
			headers: { A: 'b', Authorization: `Bearer ${EU}` },
			disableFollowRedirect: true,
		});
		const whole = await authenticate({ accessToken: EU }, { url: 'https://events.1password.eu/api/v2/itemusages', baseURL: 'https://evil.example' });
		expect([whole.url, whole.baseURL]).toEqual(['https://events.1password.eu/api/v2/itemusages', undefined]);
	});

	it('sends an old token to the server that was chosen', async () => {
		const sent = await authenticate({ accessToken: OLD, server: 'events.ent.1password.com' }, { url: '/api/v2/auditevents' });
		expect(sent.url).toBe('https://events.ent.1password.com/api/v2/auditevents');
	});

	it.each<[string, Record<string, string>, string]>([
		['a host that is not on the list', { accessToken: STRANGE, server: 'fromToken' }, '/api/v2/auth/introspect'],
		['a host that is not on the list, whatever is chosen', { accessToken: STRANGE, server: 'events.1password.com' }, '/api/v2/auth/introspect'],
		['that host, asked for by its address', { accessToken: STRANGE }, 'https://events.evil.example/api/v2/auth/introspect'],
		['a chosen host that is not on the list', { accessToken: OLD, server: 'events.evil.example' }, '/api/v2/auth/introspect'],
		['nowhere in particular', { accessToken: OLD, server: 'fromToken' }, '/api/v2/auth/introspect'],
		['a server that it does not name', { accessToken: EU, server: 'events.1password.com' }, '/api/v2/auth/introspect'],
		['another server of 1Password', { accessToken: EU }, 'https://events.1password.com/api/v2/auth/introspect'],
		['a server of somebody else', { accessToken: EU }, 'https://evil.example/api/v2/auth/introspect'],
		['its server without encryption', { accessToken: EU }, 'http://events.1password.eu/api/v2/auth/introspect'],
		['another port', { accessToken: EU }, 'https://events.1password.eu:8443/api/v2/auth/introspect'],
		['a server behind two slashes', { accessToken: EU }, '//evil.example/api/'],
		['a server behind a slash and a backslash', { accessToken: EU }, '/\\evil.example/api/'],
		['a server behind an @', { accessToken: EU }, 'https://events.1password.eu@evil.example/api/'],
		['itself with a user name', { accessToken: EU }, 'https://user@events.1password.eu/api/'],
		['a host that goes on', { accessToken: EU }, 'https://events.1password.eu.evil.example/api/'],
		['another place on its server', { accessToken: EU }, '/login'],
		['a place outside by dots', { accessToken: EU }, '/api/../login'],
		['no address', { accessToken: EU }, ''],
		['a server without a token', { accessToken: '' }, '/api/v2/auth/introspect'],
	])('does not send it to %s, and says so in a sentence that n8n shows', async (_what, credentials, url) => {
		const error: unknown = await authenticate(credentials, { url }).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(Error);
		expect((error as Error).message).toMatch(/\. .*\. \[ONEPASSWORD_[A-Z_]+\]$/);
		expect(error).not.toHaveProperty('code');
		expectNoSecret(error, [EU, OLD, STRANGE]);
	});
});

interface Answer {
	readonly status: number;
	readonly body?: unknown;
}

type Rules = NonNullable<ICredentialTestRequest['rules']>;

/** As n8n does it: rules of the status for failures, rules of the body for good answers. The first that fits speaks. */
function verdictOf({ status, body }: Answer): string {
	for (const { type, properties } of (credential.test.rules ?? []) as Rules) {
		const { value, message, key } = properties as { value: unknown; message: string; key?: string };
		if (type === 'responseCode' && status >= 300 && value === status) return message;
		if (type === 'responseSuccessBody' && status < 300 && memberAt(body, key ?? '') === value) return message;
	}
	return status < 300 ? 'good' : 'refused';
}

function memberAt(body: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], body);
}

describe('the test of the credential', () => {
	it('asks what the token may read, and follows no redirect', () => {
		expect(credential.test.request).toMatchObject({ url: '/api/v2/auth/introspect', disableFollowRedirect: true });
	});

	it.each<[string, Answer, RegExp]>([
		['a good token', { status: 200, body: { uuid: 'X', issued_at: '', features: ['itemusages'] } }, /^good$/],
		['a token that may read nothing', { status: 200, body: { uuid: 'X', features: [] } }, /can't read any events/],
		["a proxy's page", { status: 200, body: '<html></html>' }, /did not come from the 1Password Events API/],
		['JSON of something else', { status: 200, body: { ok: true } }, /did not come from the 1Password Events API/],
		['a redirect', { status: 302 }, /did not come from the 1Password Events API/],
		['a broken token', { status: 400 }, /Copy the complete token again/],
		['a revoked token', { status: 401 }, /expired or been revoked/],
		['a token without rights', { status: 403 }, /Issue a new one/],
		['an unknown path', { status: 404 }, /did not come from the 1Password Events API/],
		['too many requests', { status: 429 }, /in a minute/],
		['a broken server', { status: 503 }, /again later/],
		['anything else', { status: 418 }, /^refused$/],
	])('tells %s', (_what, answer, verdict) => {
		expect(verdictOf(answer)).toMatch(verdict);
	});
});
