/**
 * What the trigger remembers for as long as this process of n8n lives. Triggers are polled by the main process only, so in
 * queue mode workers have none of it. Several mains each have their own: what one of them has handed over is for the
 * others a batch of a stranger. A restart forgets everything; the state that n8n stores says the rest.
 */

import { Recent } from '../../shared/core/recent';
import type { RunEnd } from './runEnd';
import type { PollState } from './pollState';

/** More than there are batches that wait for their end. */
const MAX_ENDS = 1_000;

const MAX_NODES = 1_000;

const ends = new Recent<RunEnd>(MAX_ENDS);
const states = new Recent<PollState>(MAX_NODES);
const begun = new Recent<number>(MAX_NODES);
let lastBatch = 0;

/** @returns a number that no other batch of this process has. */
export function nextBatchId(): number {
	lastBatch += 1;
	return lastBatch;
}

export function noteEnd(batchId: number, end: RunEnd): void {
	ends.set(String(batchId), end);
}

/** @returns how the execution of a batch ended; `undefined` while it is on its way. */
export function endOf(batchId: number): RunEnd | undefined {
	return ends.get(String(batchId));
}

/** @param key of the node. */
export function rememberState(key: string, state: PollState): void {
	states.set(key, state);
}

/** @returns the state that this process has stored last, which n8n's database may lack: a worker can have replaced it. */
export function rememberedState(key: string): PollState | undefined {
	return states.get(key);
}

/** @returns when this process first polled the node: milliseconds since the epoch. */
export function firstPollAt(key: string, now: number): number {
	const at = begun.get(key) ?? now;
	begun.set(key, at);
	return at;
}
