/** Decides whether a request is sent again, and when. Pure: the loop around it is in `sendWithRetry`. */

import type { Method } from './transport';

export const RETRY_POLICY = {
	/** Sent at most this often again. */
	maxRetries: 3,
	baseDelayMs: 300,
	maxDelayMs: 8_000,
	/** A server that asks for a longer wait gets none: the caller is told instead. */
	maxRetryAfterMs: 60_000,
	/** No retry starts later than this after the first try; waits that the server asked for come on top. */
	budgetMs: 30_000,
	/** Connect's spurious 403 is gone a moment later. */
	forbiddenDelayMs: 100,
} as const;

export type Outcome =
	| {
			readonly kind: 'answer';
			readonly status: number;
			readonly message: string;
			readonly retryAfterMs?: number;
			/** Whether something between n8n and the server gave it. Default false. */
			readonly isFromBetween?: boolean;
	  }
	| { readonly kind: 'failure'; readonly mayHaveBeenSent: boolean; readonly isLasting: boolean };

export interface Attempt {
	readonly method: Method;
	/** A read, whatever its method. Default false. */
	readonly repeatable?: boolean;
	/** 1 for the first try. */
	readonly attempt: number;
	/** Since the first try, without the waits that the server asked for. */
	readonly elapsedMs: number;
	readonly outcome: Outcome;
}

export type Decision =
	| { readonly retry: false }
	| { readonly retry: true; readonly delayMs: number; readonly askedFor: boolean };

const GIVE_UP: Decision = { retry: false };

/** Answers after which any request may be repeated: the server says that it did not act. */
const NOT_ACTED = new Set([409, 429]);

/** Answers after which a request without side effects, or one that may be done twice, is repeated. */
const TRANSIENT = new Set([408, 409, 429, 500, 502, 503, 504]);

/** @param random returns a number in [0, 1). */
export function decideRetry(attempt: Attempt, random: () => number): Decision {
	if (attempt.attempt > RETRY_POLICY.maxRetries || !isRetriable(attempt)) return GIVE_UP;
	const { outcome } = attempt;
	if (outcome.kind === 'answer' && outcome.retryAfterMs !== undefined) {
		return outcome.retryAfterMs <= RETRY_POLICY.maxRetryAfterMs
			? { retry: true, delayMs: outcome.retryAfterMs, askedFor: true }
			: GIVE_UP;
	}
	const delayMs = isSpuriousForbidden(outcome)
		? RETRY_POLICY.forbiddenDelayMs
		: random() * Math.min(RETRY_POLICY.baseDelayMs * 2 ** (attempt.attempt - 1), RETRY_POLICY.maxDelayMs);
	return attempt.elapsedMs + delayMs > RETRY_POLICY.budgetMs
		? GIVE_UP
		: { retry: true, delayMs, askedFor: false };
}

function isRetriable({ method, repeatable, outcome }: Attempt): boolean {
	const mayRepeat = repeatable === true || method === 'GET' || method === 'DELETE';
	if (outcome.kind === 'failure') {
		return !outcome.isLasting && (mayRepeat || !outcome.mayHaveBeenSent);
	}
	if (isSpuriousForbidden(outcome)) return true;
	if (outcome.isFromBetween) return mayRepeat;
	return (mayRepeat ? TRANSIENT : NOT_ACTED).has(outcome.status);
}

/**
 * Connect before 1.8.1 now and then refuses a token that is in scope (1Password/connect#82). A token without the
 * permission for this kind of write gets another text, and no retry.
 */
function isSpuriousForbidden(outcome: Outcome): boolean {
	return (
		outcome.kind === 'answer' &&
		outcome.status === 403 &&
		/^Authorization\b/.test(outcome.message) &&
		!/permission/i.test(outcome.message)
	);
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * @param header seconds, or an HTTP date.
 * @param now milliseconds since the epoch.
 * @returns milliseconds to wait, or `undefined` where the header is absent or malformed.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
	// Date.parse alone would take "retry 5" for a day of 2001.
	const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
