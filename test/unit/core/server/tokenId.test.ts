import { describe, expect, it } from '@jest/globals';

import { tokenIdOf } from '../../../../nodes/shared/core/server/tokenId';

const token = (claims: unknown): string => `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

describe("a token's ID", () => {
	it.each([
		['as the server names it', token({ jti: 'abc', sub: 'n8n' }), 'abc'],
		['no id', token({ sub: 'n8n' }), undefined],
		['an empty one', token({ jti: '' }), undefined],
		['a number', token({ jti: 7 }), undefined],
		['no claims', token(null), undefined],
		['no JSON', 'head.e30x.signature', undefined],
		['another form', 'opaque', undefined],
		['nothing', '', undefined],
	])('%s', (_what, text, expected) => {
		expect(tokenIdOf(text)).toBe(expected);
	});
});
