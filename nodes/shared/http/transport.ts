/** The port between the clients of services and whatever sends HTTP for them: n8n's helper, or axios outside n8n. */

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface HttpRequest {
	readonly method: Method;
	/** Path template, such as `/v1/vaults/{vaultId}/items`; this is what errors name. */
	readonly route: string;
	/** Percent-encoded path and query, below the server's URL. */
	readonly path: string;
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Whether it may be sent again although its method says otherwise: a POST that only reads. Default false. */
	readonly repeatable?: boolean;
	/** Bytes that the answer is expected to have, which it may have whatever the limit for answers is. */
	readonly expectedBytes?: number;
	/** Milliseconds until it fails without a complete answer, where that is less than the transport's own. */
	readonly timeoutMs?: number;
}

/** @returns whether the request changes nothing, so that repeating it does no harm. */
export function isRead({ method, repeatable }: Pick<HttpRequest, 'method' | 'repeatable'>): boolean {
	return method === 'GET' || repeatable === true;
}

export interface HttpResponse {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: Buffer;
}

/**
 * Sends one request once: no retry, no redirect. Any status is an answer.
 * @throws TransportError where no complete answer arrived.
 */
export type Transport = (request: HttpRequest) => Promise<HttpResponse>;

export type FailureKind =
	| 'refused'
	| 'unknownHost'
	| 'unreachable'
	| 'certificate'
	| 'certificateName'
	| 'certificateTime'
	| 'clientCertificate'
	| 'tls'
	| 'blocked'
	| 'timeout'
	| 'closed'
	| 'tooLarge'
	| 'cancelled';

/** Failures before the request left: the server can't have acted on it. */
const NEVER_SENT: ReadonlySet<FailureKind> = new Set([
	...['refused', 'unknownHost', 'certificate', 'certificateName', 'certificateTime', 'clientCertificate', 'blocked'],
] as const);

/** Failures that the next attempt would meet again. */
const LASTING: ReadonlySet<FailureKind> = new Set([
	...['certificate', 'certificateName', 'certificateTime', 'clientCertificate', 'blocked', 'tooLarge', 'cancelled'],
] as const);

export class TransportError extends Error {
	override readonly name = 'TransportError';

	constructor(readonly kind: FailureKind) {
		super(kind);
	}

	get mayHaveBeenSent(): boolean {
		return !NEVER_SENT.has(this.kind);
	}

	get isLasting(): boolean {
		return LASTING.has(this.kind);
	}
}

const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
	ECONNREFUSED: 'refused',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	ENOTFOUND: 'unknownHost',
	EAI_AGAIN: 'unknownHost',
	EPROTO: 'tls',
	ERR_TLS_CERT_ALTNAME_INVALID: 'certificateName',
	CERT_HAS_EXPIRED: 'certificateTime',
	CERT_NOT_YET_VALID: 'certificateTime',
	ECONNABORTED: 'timeout',
	ETIMEDOUT: 'timeout',
	ERR_CANCELED: 'cancelled',
};

/** The server says in an alert what it thinks of the client's certificate, or that there is none. */
const CLIENT_CERTIFICATE_CODE = /ALERT_(\w*CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED|DECRYPT_ERROR)/;
const CERTIFICATE_CODE = /CERT|UNABLE_TO_(GET|VERIFY)/;
const TLS_CODE = /TLS|SSL/;

/** @returns what an error code of Node.js or axios means; an unknown one is taken for a closed connection. */
export function failureKindOf(code: string): FailureKind {
	const known = KIND_OF_CODE[code];
	if (known !== undefined) return known;
	if (CLIENT_CERTIFICATE_CODE.test(code)) return 'clientCertificate';
	if (CERTIFICATE_CODE.test(code)) return 'certificate';
	return TLS_CODE.test(code) ? 'tls' : 'closed';
}
