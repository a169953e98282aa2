/**
 * The one error type of the package. Every failure carries a stable code to branch on, a sentence that says what
 * happened and one that says what to do. It never carries a value, a token, a request or the error it came from.
 */

export const ERROR_CODES = [
	'AUTH_FAILED',
	'FORBIDDEN',
	'VAULT_NOT_FOUND',
	'ITEM_NOT_FOUND',
	'FIELD_NOT_FOUND',
	'AMBIGUOUS',
	'INVALID_INPUT',
	'VERSION_CONFLICT',
	'RATE_LIMITED',
	'UNAVAILABLE',
	'NETWORK',
	'PROTOCOL',
	'REVEAL_REFUSED',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** What logs and messages call a failure without a code: a defect, or an error of n8n itself. */
export const UNEXPECTED = 'UNEXPECTED';

/** @returns the code as it appears in messages and log lines, where it must be found among those of other programs. */
export function logCodeOf(code: ErrorCode | typeof UNEXPECTED): string {
	return `ONEPASSWORD_${code}`;
}

/** @returns the message with the code at its end: n8n's logs show the message and nothing else of an error. */
export function withLogCode(message: string, code: ErrorCode): string {
	return `${message} [${logCodeOf(code)}]`;
}

/** One of several things that a name could have meant. */
export interface Candidate {
	readonly id: string;
	readonly vaultId?: string;
	readonly section?: string;
}

export interface ErrorDetails {
	readonly code: ErrorCode;
	/** What happened, as one sentence. */
	readonly message: string;
	/** What to do about it, as one sentence. */
	readonly advice: string;
	/** Method and route template, such as `GET /v1/vaults/{vaultId}/items`. Never the URL: its filter holds titles. */
	readonly route?: string;
	/** HTTP status of the answer, where there was one. */
	readonly status?: number;
	/** How often the request was sent. */
	readonly attempts?: number;
	readonly candidates?: readonly Candidate[];
	/** The secret reference that it is about, where there is one. */
	readonly reference?: string;
	/** Milliseconds the server asked to wait. */
	readonly retryAfterMs?: number;
	/** True where the server may have acted on a write although no answer says so. */
	readonly outcomeUnknown?: boolean;
	/** True where the execution was cancelled: nothing can be looked into any more. */
	readonly cancelled?: boolean;
}

export class OnePasswordError extends Error {
	override readonly name = 'OnePasswordError';
	readonly code: ErrorCode;
	readonly advice: string;
	readonly details: ErrorDetails;

	constructor(details: ErrorDetails) {
		super(details.message);
		this.code = details.code;
		this.advice = details.advice;
		this.details = details;
	}
}

/** @returns the error that refuses what the user entered, before anything is sent. */
export function invalidInput(message: string, advice: string): OnePasswordError {
	return new OnePasswordError({ code: 'INVALID_INPUT', message, advice });
}
