/**
 * What the trigger remembers for as long as this process of n8n lives. Triggers are polled by the main process only, so in
 * queue mode workers have none of it. Several mains each have their own: what one of them has handed over is for the
 * others a batch of a stranger. A restart forgets everything; the state that n8n stores says the rest.
 */

import { BATCH_ENDS, FIRST_POLLS, TRIGGER_STATES } from '../../shared/n8n/process/processState';
import type { RunEnd } from './runEnd';
import type { PollState } from './pollState';

export function noteEnd(batchId: number, end: RunEnd): void {
	BATCH_ENDS.set(String(batchId), end);
}

/** @returns how the execution of a batch ended; `undefined` while it is on its way. */
export function endOf(batchId: number): RunEnd | undefined {
	return BATCH_ENDS.get(String(batchId)) as RunEnd | undefined;
}

/** @param key of the node. */
export function rememberState(key: string, state: PollState): void {
	TRIGGER_STATES.set(key, state);
}

/** @returns the state that this process has stored last, which n8n's database may lack: a worker can have replaced it. */
export function rememberedState(key: string): PollState | undefined {
	return TRIGGER_STATES.get(key) as PollState | undefined;
}

/** @returns when this process first polled the node: milliseconds since the epoch. */
export function firstPollAt(key: string, now: number): number {
	const at = FIRST_POLLS.get(key) ?? now;
	FIRST_POLLS.set(key, at);
	return at;
}
