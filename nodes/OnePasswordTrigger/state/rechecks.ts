/**
 * Polls that list a vault once more, because a list did not account for everything that its version says has happened. They
 * count only where there is time between them: a server that lags behind does not catch up faster when it is asked more often.
 */

import type { VaultState } from './pollState';

const MAX_RECHECK_POLLS = 2;

/** Milliseconds between two polls that count. */
const STEP_MS = 30_000;

export interface Countdown {
	/** How many more polls are to list the vault; 0 = this list counts. */
	readonly left: number;
	/** Whether enough time has passed since the list before that one counted. */
	readonly hasStepped: boolean;
	/** For the state: milliseconds since the epoch. */
	readonly at: number;
}

/** A clock that was put back does not keep a doubt open. */
export function countDown(before: VaultState | undefined, now: number): Countdown {
	const age = now - (before?.doubtAt ?? now - STEP_MS);
	const hasStepped = age < 0 || age >= STEP_MS;
	const recheckPolls = before?.doubts ?? MAX_RECHECK_POLLS + 1;
	const isNew = before?.doubts === undefined;
	return { left: hasStepped || isNew ? recheckPolls - 1 : recheckPolls, hasStepped, at: hasStepped || isNew ? now : (before.doubtAt ?? now) };
}
