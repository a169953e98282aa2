/** The port between the Connect client and whatever sends HTTP for it: n8n's helper, or axios outside n8n. */

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface ConnectRequest {
	readonly method: Method;
	/** Path template, such as `/v1/vaults/{vaultId}/items`; this is what errors name. */
	readonly route: string;
	/** Percent-encoded path and query, below the server's URL. */
	readonly path: string;
	/** Sent as JSON. */
	readonly body?: unknown;
}

export interface ConnectResponse {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: Buffer;
}

/**
 * Sends one request once: no retry, no redirect. Any status is an answer.
 * @throws TransportError where no complete answer arrived.
 */
export type Transport = (request: ConnectRequest) => Promise<ConnectResponse>;

export type FailureKind = 'refused' | 'unknownHost' | 'tls' | 'blocked' | 'timeout' | 'closed' | 'cancelled';

/** Failures before the request left: the server can't have acted on it. */
const NEVER_SENT: ReadonlySet<FailureKind> = new Set(['refused', 'unknownHost', 'tls', 'blocked']);

export class TransportError extends Error {
	override readonly name = 'TransportError';

	constructor(readonly kind: FailureKind) {
		super(kind);
	}

	get mayHaveBeenSent(): boolean {
		return !NEVER_SENT.has(this.kind);
	}
}

const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
	ECONNREFUSED: 'refused',
	EHOSTUNREACH: 'refused',
	ENETUNREACH: 'refused',
	ENOTFOUND: 'unknownHost',
	EAI_AGAIN: 'unknownHost',
	EPROTO: 'tls',
	ECONNABORTED: 'timeout',
	ETIMEDOUT: 'timeout',
	ERR_CANCELED: 'cancelled',
};

const TLS_CODE = /CERT|TLS|SSL|UNABLE_TO_(GET|VERIFY)/;

/** @returns what an error code of Node.js or axios means; an unknown one is taken for a closed connection. */
export function failureKindOf(code: string): FailureKind {
	return KIND_OF_CODE[code] ?? (TLS_CODE.test(code) ? 'tls' : 'closed');
}
