import { describe, expect, it } from '@jest/globals';

import { tokenFactsOf } from '../../nodes/shared/core/tokenFacts';

const token = (claims: unknown): string => `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

describe('what a token says of itself', () => {
	it.each([
		['id and expiry', token({ jti: 'abc', exp: 1_800_000_000 }), { id: 'abc', expiresAt: 1_800_000_000_000 }],
		['no expiry', token({ jti: 'abc' }), { id: 'abc' }],
		['an expiry that is text', token({ exp: '1800000000' }), {}],
		['an expiry beyond all dates', token({ exp: 1e300 }), {}],
		['a list', token([1]), {}],
		['no claims', token(null), {}],
		['another form', 'opaque', {}],
	])('%s', (_what, text, expected) => {
		expect(tokenFactsOf(text)).toEqual(expected);
	});
});
