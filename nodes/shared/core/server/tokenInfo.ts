/**
 * What an access token of Connect says of itself. It is read and not verified: only the server can do that, and nothing
 * depends on it here. Only members that are known to hold no secret are read.
 */

import { isObject, type JsonObject } from '../json';
import { OnePasswordError } from '../errors/onePasswordError';

export interface VaultRights {
	readonly read: boolean;
	readonly write: boolean;
}

export interface TokenInfo {
	/** Id by which Connect's activity log names the token. */
	readonly tokenId?: string;
	/** The integration (Connect server) that the token was issued for. */
	readonly integration?: string;
	readonly issuer?: string;
	/** ISO times; none = it does not say so, or never expires. */
	readonly issuedAt?: string;
	readonly expiresAt?: string;
	readonly features?: readonly string[];
	/** By vault id; a vault whose rights have an unknown form is not in it. */
	readonly vaults: ReadonlyMap<string, VaultRights>;
}

/** @returns what the token says; nothing of a token in another form. */
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

/** @param now milliseconds since the epoch. @throws OnePasswordError AUTH_FAILED for a token whose time is over. */
export function requireUnexpired(token: string, now: number): void {
	const { expiresAt } = readTokenInfo(token);
	if (expiresAt === undefined || now < Date.parse(expiresAt) + CLOCK_SKEW_MS) return;
	throw new OnePasswordError({
		code: 'AUTH_FAILED',
		message: `The 'Access Token' of the credential expired on ${expiresAt.slice(0, 10)}.`,
		advice: 'Issue a new token for the Connect server, and put it into the credential.',
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

/** Real tokens state rights as a number, whose bits are documented nowhere: those are not guessed. */
function readVaults(list: unknown): ReadonlyMap<string, VaultRights> {
	const rows = Array.isArray(list) ? (list as unknown[]) : [];
	return new Map(
		rows.flatMap((row): Array<[string, VaultRights]> => {
			if (!isObject(row) || typeof row.u !== 'string') return [];
			// The API writes vault ids in lower case.
			return typeof row.a === 'string' ? [[row.u.toLowerCase(), { read: row.a.includes('r'), write: row.a.includes('w') }]] : [];
		}),
	);
}

function textMember(name: string, value: unknown): object {
	return typeof value === 'string' && value !== '' ? { [name]: value } : {};
}

/** A date holds no more seconds. */
const MAX_SECONDS = 8.64e12;

function timeMember(name: string, seconds: unknown): object {
	return typeof seconds === 'number' && Math.abs(seconds) <= MAX_SECONDS ? { [name]: new Date(seconds * 1000).toISOString() } : {};
}
