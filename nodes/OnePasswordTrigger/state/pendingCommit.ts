/**
 * n8n's durable scheduler commits the state of a poll with the execution it starts, after the poll has returned. Polls that
 * became due while n8n was down follow each other at once: one may begin with the state from before that commit, and would
 * tell everything a second time.
 */

import { PENDING_COMMITS } from '../../shared/n8n/process/processState';
import type { PollState } from './pollState';

/** Milliseconds after which a commit that has not shown counts as failed. */
const COMMIT_MS = 10_000;

/** To be called when events leave a node together with the state that counts them as emitted. */
export function expectCommit(key: string, serial: number, now: number): void {
	PENDING_COMMITS.set(key, { serial, at: now });
}

/** @returns whether the stored state is older than one that is on its way, so that the next poll has to be waited for. */
export function isCommitPending(key: string, stored: PollState | undefined, now: number): boolean {
	const expected = PENDING_COMMITS.get(key);
	if (expected === undefined || stored === undefined) return false;
	const age = now - expected.at;
	return stored.serial < expected.serial && age >= 0 && age < COMMIT_MS;
}
