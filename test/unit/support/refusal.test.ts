import { describe, expect, it } from '@jest/globals';

import { CANARY, everyTextOf, expectNoSecret, formsOf } from '../../support/refusal';

function hiding(member: object): Error {
	return Object.assign(new Error('harmless'), member);
}

describe('the search for secrets', () => {
	it.each<[string, unknown]>([
		['a message', new Error(`Bad value ${CANARY}`)],
		['a cause', new Error('harmless', { cause: new Error(CANARY) })],
		['a nested member', hiding({ request: { body: [{ value: CANARY }] } })],
		['a hidden member', Object.defineProperty(new Error('harmless'), 'request', { value: { token: CANARY }, enumerable: false })],
		['a percent-encoded URL', hiding({ url: `/v1?filter=${encodeURIComponent(CANARY)}` })],
		['a JSON text', hiding({ body: JSON.stringify({ value: CANARY }) })],
		['a Base64 text', hiding({ body: Buffer.from(CANARY).toString('base64') })],
		['an output item', { json: { deep: { deeper: { deepest: { value: CANARY } } } } }],
	])('finds one in %s', (_where, value) => {
		expect(() => expectNoSecret(value, ['nothing', CANARY])).toThrow();
	});

	it('finds none if there is none', () => {
		expectNoSecret(hiding({ details: { code: 'NETWORK', route: 'GET /v1/vaults' } }), [CANARY]);
	});

	it('uses forms that differ from each other', () => {
		expect(new Set(formsOf(CANARY)).size).toBe(6);
		expect(everyTextOf('plain')).toContain('plain');
	});
});
