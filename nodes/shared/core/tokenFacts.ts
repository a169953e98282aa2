/** What an access token of Connect says of itself. It is read and not verified: the server does that. */

import { isObject } from './json';

export interface TokenFacts {
	/** By which Connect's activity log names the token (`jti`). */
	readonly id?: string;
	/** Milliseconds since the epoch; `undefined` = never, or a token of another form. */
	readonly expiresAt?: number;
}

/** A date holds no more. */
const MAX_SECONDS = 8.64e12;

/** @returns nothing for a token of another form. */
export function tokenFactsOf(token: string): TokenFacts {
	const { jti, exp } = claimsOf(token);
	return {
		...(typeof jti === 'string' && jti !== '' && { id: jti }),
		...(typeof exp === 'number' && Math.abs(exp) <= MAX_SECONDS && { expiresAt: exp * 1000 }),
	};
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
	try {
		const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
		return isObject(claims) ? claims : {};
	} catch {
		return {};
	}
}
