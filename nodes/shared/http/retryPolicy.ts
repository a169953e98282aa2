/**
 * Decides whether a request is sent again, and when. Pure: the loop around it is in `sendWithRetry`.
 *
 * There are two policies. A fault (a lost connection, an overloaded server) is gone soon or stays: few retries, with waits
 * that double. A conflict means that another writer came first: the server did nothing, and the same request succeeds once
 * nobody else is writing. That is a matter of turns, so it has a budget of time and no count. The waits do not double:
 * whoever lost before would then be slower than whoever has just won, and lose again.
 */

import type { AnswerResult, AttemptResult } from './attemptResult';
import type { Conflict } from './service';
import { isRead, type Method } from './transport';

export const RETRY_POLICY = {
	/** Faults after which it is sent again; conflicts have their own policy. */
	maxRetries: 3,
	baseDelayMs: 300,
	maxDelayMs: 8_000,
	/** A server that asks for a longer wait gets none: the caller is told instead. */
	maxRetryAfterMs: 60_000,
	/** No retry after a fault starts later than this; waits that the server asked for come on top. */
	budgetMs: 30_000,
	/** A spurious refusal is gone a moment later. */
	spuriousDelayMs: 100,
} as const;

export const CONFLICT_POLICY = {
	/** No retry after a conflict starts later than this, unless attempts take long. */
	budgetMs: 60_000,
	/** Turns that a slow server leaves time for: the budget is at least this many times the last attempt. */
	budgetAttempts: 60,
	maxBudgetMs: 180_000,
	/** What may as well be a server that broke down must not take a minute to be reported. */
	possibleBudgetMs: 20_000,
	/** The longest wait grows by this much with each conflict: a quick server is asked less and less often. */
	stepMs: 100,
	maxStepMs: 1_000,
	/** Beside it, the longest wait is this share of the last attempt, so that two writers get out of step. */
	latencyShare: 0.25,
	maxLatencyMs: 10_000,
} as const;

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
	readonly result: AttemptResult;
}

export type Decision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number; readonly askedFor: boolean };

const GIVE_UP: Decision = { retry: false };

/** Answers after which any request may be repeated: the server says that it did not act. */
const NOT_ACTED = new Set([429]);

/** Answers after which a request without side effects, or one that may be done twice, is repeated. */
const TRANSIENT = new Set([408, 409, 429, 500, 502, 503, 504]);

/** @param random returns a number in [0, 1). */
export function decideRetry(attempt: Attempt, random: () => number): Decision {
	const { result } = attempt;
	if (isConflict(result)) return decideAfterConflict(attempt, result, random);
	if (attempt.attempt > RETRY_POLICY.maxRetries || !isRetriable(attempt)) return GIVE_UP;
	const askedForMs = result.kind === 'answer' ? result.retryAfterMs : undefined;
	if (askedForMs !== undefined) {
		return askedForMs <= RETRY_POLICY.maxRetryAfterMs ? { retry: true, delayMs: askedForMs, askedFor: true } : GIVE_UP;
	}
	const delayMs =
		result.kind === 'answer' && result.isSpurious
			? RETRY_POLICY.spuriousDelayMs
			: random() * Math.min(RETRY_POLICY.baseDelayMs * 2 ** (attempt.attempt - 1), RETRY_POLICY.maxDelayMs);
	return attempt.elapsedMs + delayMs > RETRY_POLICY.budgetMs ? GIVE_UP : { retry: true, delayMs, askedFor: false };
}

type ConflictResult = AnswerResult & { readonly conflict: Conflict };

/** @returns whether another writer was in the way. */
export function isConflict(result: AttemptResult): result is ConflictResult {
	return result.kind === 'answer' && result.conflict !== undefined;
}

function decideAfterConflict(
	{ attempt, elapsedMs, latencyMs = 0 }: Attempt,
	{ conflict, retryAfterMs = 0 }: ConflictResult,
	random: () => number,
): Decision {
	const { stepMs, maxStepMs, latencyShare, maxLatencyMs } = CONFLICT_POLICY;
	const longestMs = Math.min(stepMs * attempt, maxStepMs) + latencyShare * Math.min(latencyMs, maxLatencyMs);
	const delayMs = Math.max(random() * longestMs, retryAfterMs);
	return elapsedMs + delayMs > conflictBudgetMs(conflict, latencyMs) ? GIVE_UP : { retry: true, delayMs, askedFor: false };
}

function conflictBudgetMs(conflict: Conflict, latencyMs: number): number {
	const { budgetMs, budgetAttempts, maxBudgetMs, possibleBudgetMs } = CONFLICT_POLICY;
	return conflict === 'possible' ? possibleBudgetMs : Math.min(Math.max(budgetMs, budgetAttempts * latencyMs), maxBudgetMs);
}

function isRetriable({ method, repeatable, result }: Attempt): boolean {
	const mayRepeat = isRead({ method, repeatable }) || method === 'DELETE';
	if (result.kind === 'failure') return !result.isLasting && (mayRepeat || !result.mayHaveBeenSent);
	if (result.isSpurious) return true;
	if (result.isFromBetween) return mayRepeat;
	return (mayRepeat ? TRANSIENT : NOT_ACTED).has(result.status);
}
