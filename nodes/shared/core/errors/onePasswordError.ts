/**
 * The one error type of the package. Every failure has a stable code to branch on, a sentence that says what happened, and
 * one that says what to do. It never contains a value, a token, a request, or the original error.
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

/** The code that logs and messages show for a failure without one: a bug, or an error of n8n itself. */
export const UNEXPECTED = 'UNEXPECTED';

/**
 * @returns the code as it appears in messages and log lines, with a prefix that sets it apart from other programs' codes.
 */
export function logCodeOf(code: ErrorCode | typeof UNEXPECTED): string {
	return `ONEPASSWORD_${code}`;
}

/** @returns the message with the code at the end, because n8n's logs show only an error's message. */
export function withLogCode(message: string, code: ErrorCode): string {
	return `${message} [${logCodeOf(code)}]`;
}

/** One of several things that a name could refer to. */
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
	/**
	 * Method and route template, such as `GET /v1/vaults/{vaultId}/items`. Never the URL, because its filter contains titles.
	 */
	readonly route?: string;
	/** HTTP status of the response, if there was one. */
	readonly status?: number;
	/** How many times the request was sent. */
	readonly attempts?: number;
	readonly candidates?: readonly Candidate[];
	/** The secret reference that failed, if there is one. */
	readonly reference?: string;
	/** Milliseconds the server asked to wait. */
	readonly retryAfterMs?: number;
	/** True if the server may have carried out a write without confirming it. */
	readonly outcomeUnknown?: boolean;
	/** True if the execution was canceled, so nothing more can be checked. */
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

/** @returns the error for invalid user input, thrown before anything is sent. */
export function invalidInput(message: string, advice: string): OnePasswordError {
	return new OnePasswordError({ code: 'INVALID_INPUT', message, advice });
}
