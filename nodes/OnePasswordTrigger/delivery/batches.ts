/**
 * Batches of events that were handed over to n8n and may not have reached the workflow. Each stays in the state until its
 * execution has ended well; those of an earlier process of n8n, and those whose execution was lost, are handed over again.
 */

import type { Batch } from '../state/batch';
import type { RunEnd } from '../state/runEnd';

/** A batch that ends the process that runs it must not do so for ever. */
export const MAX_LOST = 10;

/** Milliseconds after which a batch of another main process, which may still run beside this one, counts as lost. */
export const FOREIGN_MS = 180_000;

export interface Surroundings {
	readonly process: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** When this process first polled the node. */
	readonly begunAt: number;
	/** Whether n8n tells how an execution ends. */
	readonly confirms: boolean;
	/** Whether n8n's durable scheduler polls: then several main processes may take turns. */
	readonly takesTurns: boolean;
	/** How often a batch is repeated because a node failed. */
	readonly repeatFailed: number;
	readonly endOf: (batchId: number) => RunEnd | undefined;
}

export interface SortedBatches {
	/** On their way. */
	readonly open: readonly Batch[];
	/** To be handed over again. */
	readonly due: readonly Batch[];
	/** Given up, as every execution of them was lost. */
	readonly givenUp: readonly Batch[];
	/** Whether a worker has run one of those that are through. */
	readonly ranOnWorker: boolean;
}

type Place = 'open' | 'due' | 'givenUp' | 'done';

export function sortBatches(batches: readonly Batch[], around: Surroundings): SortedBatches {
	const placed = batches.map((batch) => ({ place: placeOf(batch, around), batch }));
	const at = (place: Place): Batch[] => placed.filter((one) => one.place === place).map(({ batch }) => batch);
	const own = batches.filter(({ process }) => process === around.process);
	return {
		open: at('open'),
		due: at('due').map((batch) => counted(batch, around)),
		givenUp: at('givenUp'),
		ranOnWorker: own.some(({ id }) => around.endOf(id)?.onWorker === true),
	};
}

function placeOf(batch: Batch, around: Surroundings): Place {
	if (batch.process === '') return 'due';
	if (batch.process !== around.process) {
		if (around.takesTurns && isRecent(batch, around)) return 'open';
		return (batch.lost ?? 0) < MAX_LOST ? 'due' : 'givenUp';
	}
	const end = around.endOf(batch.id);
	// Without an answer of n8n a batch is through once the process has lived to poll again.
	if (end === undefined) return around.confirms ? 'open' : 'done';
	if (end.verdict === 'notStarted') return 'due';
	if (end.verdict === 'lost') return (batch.lost ?? 0) < MAX_LOST ? 'due' : 'givenUp';
	return end.verdict === 'failed' && (batch.failed ?? 0) < around.repeatFailed ? 'due' : 'done';
}

/** A clock that was put back makes nothing recent. */
function isRecent({ at }: Batch, { now, begunAt }: Surroundings): boolean {
	const age = now - Math.max(at, begunAt);
	return age >= 0 && age < FOREIGN_MS;
}

/** @returns the batch with what its last execution came to. */
function counted(batch: Batch, { process, endOf }: Surroundings): Batch {
	if (batch.process === '') return batch;
	const verdict = batch.process === process ? endOf(batch.id)?.verdict : 'lost';
	if (verdict === 'lost') return { ...batch, lost: (batch.lost ?? 0) + 1 };
	return verdict === 'failed' ? { ...batch, failed: (batch.failed ?? 0) + 1 } : batch;
}
