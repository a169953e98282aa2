import { createHmac } from 'node:crypto';

import type { Rights } from './emulator';
import { failure } from './failure';
import type { IdSource } from './ids';

export interface Grant {
	readonly jti: string;
	/** By vault id. Undefined: everything. */
	readonly vaults: ReadonlyMap<string, Rights> | undefined;
	readonly expired: boolean;
	readonly expiresInDays?: number;
}

const DAY_S = 86_400;

/** The access tokens of one Connect server. */
export class Tokens {
	private readonly grants = new Map<string, Grant>();
	private readonly revoked = new Set<string>();
	private readonly key: string;

	constructor(private readonly ids: IdSource) {
		this.key = ids.next();
	}

	/** A token in the form of a JWT. It is looked up as a whole, never decoded. */
	issue(name: string, nowMs: number, grant: Omit<Grant, 'jti'>): string {
		const jti = this.ids.next();
		const issuedAt = Math.floor(nowMs / 1_000);
		const head = base64url({ alg: 'ES256', kid: this.key, typ: 'JWT' });
		const claims = base64url({
			'1password.com/vts': [...(grant.vaults ?? [])].map(([u, rights]) => ({ u, a: rights })),
			aud: ['com.1password.connect'],
			exp: expiryOf(grant, issuedAt),
			iat: issuedAt - 2 * DAY_S,
			iss: 'com.1password.emulator',
			jti,
			sub: name,
		});
		const signature = createHmac('sha512', this.key).update(`${head}.${claims}`).digest('base64url');
		const token = `${head}.${claims}.${signature}`;
		this.grants.set(token, { ...grant, jti });
		return token;
	}

	revoke(token: string): void {
		this.revoked.add(token);
	}

	undoRevocations(): void {
		this.revoked.clear();
	}

	/** The caller of the request, valid or not, for the request log. */
	idOf(authorization: string | undefined): string | undefined {
		return this.grants.get(bearerOf(authorization) ?? '')?.jti;
	}

	/** @throws ConnectFailure 401 */
	authenticate(authorization: string | undefined): Grant {
		const token = bearerOf(authorization);
		if (token === undefined) throw failure.invalidToken();
		const grant = this.grants.get(token);
		if (grant === undefined) throw token.split('.').length === 3 ? failure.invalidSignature() : failure.invalidToken();
		if (grant.expired || this.revoked.has(token)) throw failure.invalidToken();
		return grant;
	}
}

/** Seconds since 1970. */
function expiryOf({ expired, expiresInDays }: Omit<Grant, 'jti'>, issuedAt: number): number | undefined {
	if (expired) return issuedAt - DAY_S;
	return expiresInDays === undefined ? undefined : issuedAt + expiresInDays * DAY_S;
}

export function mayDo(grant: Grant, vaultId: string, right: 'r' | 'w'): boolean {
	return grant.vaults === undefined || (grant.vaults.get(vaultId)?.includes(right) ?? false);
}

function bearerOf(authorization: string | undefined): string | undefined {
	return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

function base64url(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
