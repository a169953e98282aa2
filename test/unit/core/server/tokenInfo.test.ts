import { describe, expect, it } from '@jest/globals';

import { readTokenInfo, requireUnexpired } from '../../../../nodes/shared/core/server/tokenInfo';
import { CANARY, expectNoSecret, expectRefusal } from '../../../support/refusal';

const token = (claims: unknown): string => `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

const CLAIMS = {
	'1password.com/auuid': 'ACCOUNT',
	'1password.com/token': CANARY,
	'1password.com/fts': ['vaultaccess'],
	'1password.com/vts': [{ u: 'a', a: 49152 }, { u: 'b', a: 48 }, { u: 'C', a: 'rw' }, { u: 'd', a: 'r' }, { u: 'e', a: null }, { a: 48 }, 7],
	aud: ['com.1password.connect'],
	sub: 'SERVER',
	iat: 1_700_000_000,
	exp: 1_800_000_000,
	iss: 'com.1password.b5',
	jti: 'TOKEN',
};

describe('what a token says about itself', () => {
	it('includes integration, rights per vault, times and features, and no secret', () => {
		const info = readTokenInfo(token(CLAIMS));
		expect(info).toEqual({
			tokenId: 'TOKEN',
			integration: 'SERVER',
			issuer: 'com.1password.b5',
			issuedAt: '2023-11-14T22:13:20.000Z',
			expiresAt: '2027-01-15T08:00:00.000Z',
			features: ['vaultaccess'],
			vaults: new Map([
				['c', { read: true, write: true }],
				['d', { read: true, write: false }],
			]),
		});
		expectNoSecret(info, [CANARY, 'signature']);
	});

	it.each([
		'',
		'opaque',
		'head.e30x.signature',
		token(null),
		token([]),
		token({ exp: 'soon', iat: 1e20, sub: 7, jti: '', '1password.com/vts': {}, '1password.com/fts': 'x' }),
	])('is empty for a token in another format: %s', (text) => {
		expect(readTokenInfo(text)).toEqual({ vaults: new Map() });
	});
});

describe('the expiry of a token', () => {
	it('allows five minutes for clock differences', async () => {
		const text = token(CLAIMS);
		const over = Date.UTC(2027, 0, 15, 8, 5);
		expect(() => requireUnexpired(text, over - 1)).not.toThrow();
		expect(() => requireUnexpired('opaque', over)).not.toThrow();
		const error = await expectRefusal(
			Promise.resolve().then(() => requireUnexpired(text, over)),
			{ code: 'AUTH_FAILED' },
			[CANARY, text],
		);
		expect(error.message).toContain('2027-01-15');
	});
});
