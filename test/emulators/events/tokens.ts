import { createHmac } from 'node:crypto';

import { seededIds } from '../connect/ids';
import { FEEDS, type TokenGrant } from './emulator';
import { failure } from './failure';

export interface Grant {
	readonly uuid: string;
	readonly features: readonly string[];
	/** Milliseconds since 1970. */
	readonly issuedAt: number;
	readonly expiresAt: number;
}

/** The tokens of one account. */
export class Tokens {
	private readonly grants = new Map<string, Grant>();
	private readonly ids = seededIds(11);

	/** A token in the form of a JWT. It is looked up as a whole, never decoded. */
	issue(nowMs: number, { features = FEEDS, audience = ['events.1password.com'], expiresAt }: TokenGrant): string {
		const uuid = this.ids.next().toUpperCase();
		const head = encode({ alg: 'ES256', kid: 'emulator', typ: 'JWT' });
		const claims = encode({
			'1password.com/auuid': 'EMULATEDACCOUNT',
			...(features && { '1password.com/fts': features }),
			aud: audience,
			...(expiresAt !== undefined && { exp: Math.floor(expiresAt / 1_000) }),
			iat: Math.floor(nowMs / 1_000),
			iss: 'com.1password.emulator',
			jti: uuid.toLowerCase(),
			sub: uuid,
		});
		const signature = createHmac('sha512', uuid).update(`${head}.${claims}`).digest('base64url');
		const token = `${head}.${claims}.${signature}`;
		this.grants.set(token, { uuid, features: features ?? FEEDS, issuedAt: nowMs, expiresAt: expiresAt ?? Infinity });
		return token;
	}

	revoke(token: string): void {
		this.grants.delete(token);
	}

	/** @throws EventsFailure 401 */
	authenticate(authorization: string | undefined, nowMs: number): Grant {
		const grant = this.grants.get(/^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '');
		if (grant === undefined || nowMs >= grant.expiresAt) throw failure.unauthorized();
		return grant;
	}
}

function encode(value: unknown): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}
