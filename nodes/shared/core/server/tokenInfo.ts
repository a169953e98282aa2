/**
 * What a Connect access token says about itself. It is decoded but not verified, which only the server can do; nothing here
 * depends on it. Only claims known to contain no secret are read.
 */

import { isObject, type JsonObject } from '../json';
import { OnePasswordError } from '../errors/onePasswordError';

export interface VaultRights {
	readonly read: boolean;
	readonly write: boolean;
}

export interface TokenInfo {
	/** The token's ID in Connect's activity log. */
	readonly tokenId?: string;
	/** The integration (Connect server) that the token was issued for. */
	readonly integration?: string;
	readonly issuer?: string;
	/** ISO times; absent = not stated, or never expires. */
	readonly issuedAt?: string;
	readonly expiresAt?: string;
	readonly features?: readonly string[];
	/** By vault ID, without vaults whose rights have an unknown format. */
	readonly vaults: ReadonlyMap<string, VaultRights>;
}

/** @returns what the token says; empty for a token in another format. */
export function readTokenInfo(token: string): TokenInfo {
	const claims = decodeClaims(token);
	const features: unknown = claims['1password.com/fts'];
	return {
		...textMember('tokenId', claims.jti),
		...textMember('integration', claims.sub),
		...textMember('issuer', claims.iss),
		...timeMember('issuedAt', claims.iat),
		...timeMember('expiresAt', claims.exp),
		...(Array.isArray(features) && { features: features.filter((feature): feature is string => typeof feature === 'string') }),
		vaults: readVaults(claims['1password.com/vts']),
	};
}

const CLOCK_SKEW_MS = 300_000;

/** @param now milliseconds since the epoch. @throws OnePasswordError AUTH_FAILED for an expired token. */
export function requireUnexpired(token: string, now: number): void {
	const { expiresAt } = readTokenInfo(token);
	if (expiresAt === undefined || now < Date.parse(expiresAt) + CLOCK_SKEW_MS) return;
	throw new OnePasswordError({
		code: 'AUTH_FAILED',
		message: `The 'Access Token' of the credential expired on ${expiresAt.slice(0, 10)}.`,
		advice: 'Issue a new token for the Connect server, and enter it in the credential.',
	});
}

function decodeClaims(token: string): JsonObject {
	try {
		const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as unknown;
		return isObject(claims) ? claims : {};
	} catch {
		return {};
	}
}

/** Real tokens state rights as a number with undocumented bits, which are not guessed. */
function readVaults(list: unknown): ReadonlyMap<string, VaultRights> {
	const rows = Array.isArray(list) ? (list as unknown[]) : [];
	return new Map(
		rows.flatMap((row): Array<[string, VaultRights]> => {
			if (!isObject(row) || typeof row.u !== 'string') return [];
			// The API returns vault IDs in lower case.
			return typeof row.a === 'string' ? [[row.u.toLowerCase(), { read: row.a.includes('r'), write: row.a.includes('w') }]] : [];
		}),
	);
}

function textMember(name: string, value: unknown): object {
	return typeof value === 'string' && value !== '' ? { [name]: value } : {};
}

/** The largest number of seconds that a Date supports. */
const MAX_SECONDS = 8.64e12;

function timeMember(name: string, seconds: unknown): object {
	return typeof seconds === 'number' && Math.abs(seconds) <= MAX_SECONDS ? { [name]: new Date(seconds * 1000).toISOString() } : {};
}
