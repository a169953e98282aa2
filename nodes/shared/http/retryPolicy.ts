/**
 * Decides whether a request is sent again, and when. Pure: the loop around it is in `sendWithRetry`.
 *
 * There are two policies. A fault (a lost connection, an overloaded server) is gone soon or stays: few retries, with waits
 * that double. A conflict means that another writer is in the vault at this moment: the server did nothing, and the same
 * request succeeds once it finds the vault free. That is a matter of turns, so it has a budget of time and no count. The
 * waits do not double: whoever lost before would then be slower than whoever has just won, and lose again.
 */

import type { Method } from './transport';

export const RETRY_POLICY = {
	/** Faults after which it is sent again; conflicts have their own policy. */
	maxRetries: 3,
	baseDelayMs: 300,
	maxDelayMs: 8_000,
	/** A server that asks for a longer wait gets none: the caller is told instead. */
	maxRetryAfterMs: 60_000,
	/** No retry after a fault starts later than this; waits that the server asked for come on top. */
	budgetMs: 30_000,
	/** Connect's spurious 403 is gone a moment later. */
	forbiddenDelayMs: 100,
} as const;

export const CONFLICT_POLICY = {
	/** No retry after a conflict starts later than this, unless attempts take long. */
	budgetMs: 60_000,
	/** Turns that a slow server leaves time for: the budget is at least this many times the last attempt. */
	budgetAttempts: 60,
	maxBudgetMs: 180_000,
	/** A refused DELETE looks like a server that broke down, which must not take a minute to be reported. */
	unclearBudgetMs: 20_000,
	/** The longest wait grows by this much with each conflict: a quick server is asked less and less often. */
	stepMs: 100,
	maxStepMs: 1_000,
	/** Beside it, the longest wait is this share of the last attempt, so that two writers get out of step. */
	latencyShare: 0.25,
	maxLatencyMs: 10_000,
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
	/** Faults so far or, where this is a conflict, conflicts so far; 1 for the first. */
	readonly attempt: number;
	/** Spent on faults, without the waits that the server asked for, or on conflicts: attempts and the waits after them. */
	readonly elapsedMs: number;
	/** Milliseconds that this attempt took. Default 0. */
	readonly latencyMs?: number;
	readonly outcome: Outcome;
}

export type Decision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number; readonly askedFor: boolean };

const GIVE_UP: Decision = { retry: false };

/** Answers after which any request may be repeated: the server says that it did not act. */
const NOT_ACTED = new Set([429]);

/** Answers after which a request without side effects, or one that may be done twice, is repeated. */
const TRANSIENT = new Set([408, 409, 429, 500, 502, 503, 504]);

/** @param random returns a number in [0, 1). */
export function decideRetry(attempt: Attempt, random: () => number): Decision {
	if (isConflict(attempt)) return decideAfterConflict(attempt, random);
	if (attempt.attempt > RETRY_POLICY.maxRetries || !isRetriable(attempt)) return GIVE_UP;
	const { outcome } = attempt;
	const askedForMs = askedFor(outcome);
	if (askedForMs !== undefined) {
		return askedForMs <= RETRY_POLICY.maxRetryAfterMs ? { retry: true, delayMs: askedForMs, askedFor: true } : GIVE_UP;
	}
	const delayMs = isSpuriousForbidden(outcome)
		? RETRY_POLICY.forbiddenDelayMs
		: random() * Math.min(RETRY_POLICY.baseDelayMs * 2 ** (attempt.attempt - 1), RETRY_POLICY.maxDelayMs);
	return attempt.elapsedMs + delayMs > RETRY_POLICY.budgetMs ? GIVE_UP : { retry: true, delayMs, askedFor: false };
}

/** @returns whether another writer was in the vault. Connect refuses a DELETE then with the status of a breakdown. */
export function isConflict({ method, repeatable, outcome }: Pick<Attempt, 'method' | 'repeatable' | 'outcome'>): boolean {
	if (outcome.kind !== 'answer' || outcome.isFromBetween || method === 'GET' || repeatable === true) return false;
	return outcome.status === 409 || (outcome.status === 500 && method === 'DELETE');
}

function decideAfterConflict({ attempt, elapsedMs, latencyMs = 0, outcome }: Attempt, random: () => number): Decision {
	const { stepMs, maxStepMs, latencyShare, maxLatencyMs } = CONFLICT_POLICY;
	const longestMs = Math.min(stepMs * attempt, maxStepMs) + latencyShare * Math.min(latencyMs, maxLatencyMs);
	const delayMs = Math.max(random() * longestMs, askedFor(outcome) ?? 0);
	return elapsedMs + delayMs > conflictBudgetMs(outcome, latencyMs) ? GIVE_UP : { retry: true, delayMs, askedFor: false };
}

function conflictBudgetMs(outcome: Outcome, latencyMs: number): number {
	const { budgetMs, budgetAttempts, maxBudgetMs, unclearBudgetMs } = CONFLICT_POLICY;
	if (outcome.kind === 'answer' && outcome.status !== 409) return unclearBudgetMs;
	return Math.min(Math.max(budgetMs, budgetAttempts * latencyMs), maxBudgetMs);
}

function askedFor(outcome: Outcome): number | undefined {
	return outcome.kind === 'answer' ? outcome.retryAfterMs : undefined;
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
	return outcome.kind === 'answer' && outcome.status === 403 && /^Authorization\b/.test(outcome.message) && !/permission/i.test(outcome.message);
}
