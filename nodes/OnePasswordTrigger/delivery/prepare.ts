/** Makes batches of what is new, and of what has to come again. */

import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { EFFECTS } from '../../shared/n8n/process/effects';
import { PROCESS_ID, nextBatchId } from '../../shared/n8n/process/processState';
import type { ChangeEvent } from '../events/changeEvent';
import type { PollResult } from '../poll/pollResult';
import type { Watch } from '../watch/watch';
import type { Batch } from '../state/batch';
import { completeEvents } from './completeEvents';

export interface Prepared {
	/** What the state keeps. */
	readonly batch: Batch;
	readonly output: readonly ChangeEvent[];
}

export function prepare({ events }: PollResult): Prepared {
	return {
		batch: makeBatch(events.map(({ event }) => event)),
		output: events.map(({ event, shown }) => (shown ? { ...event, item: shown } : event)),
	};
}

function makeBatch(events: readonly ChangeEvent[], counts: Pick<Batch, 'failed' | 'lost'> = {}): Batch {
	const { lost, failed } = counts;
	return { id: nextBatchId(), process: PROCESS_ID, at: EFFECTS.now(), events, ...(lost && { lost }), ...(failed && { failed }) };
}

/** A batch without process is handed over as soon as there is room. */
export function postpone(batch: Batch): Batch {
	return { ...batch, process: '' };
}

interface CompletedBatches {
	readonly ready: readonly Prepared[];
	/** Whose items could not be read at present. */
	readonly waiting: readonly Batch[];
	readonly failure?: OnePasswordError;
}

export async function completeBatches(watch: Watch, batches: readonly Batch[]): Promise<CompletedBatches> {
	const ready: Prepared[] = [];
	const waiting: Batch[] = [];
	let failure: OnePasswordError | undefined;
	for (const batch of batches) {
		const done = await completeEvents(
			watch,
			batch.events.map((event) => ({ ...event, redelivered: true })),
		);
		ready.push({ batch: makeBatch(done.events, batch), output: done.output });
		waiting.push(postpone({ ...batch, events: done.waiting }));
		failure ??= done.failure;
	}
	return { ready, waiting, ...(failure && { failure }) };
}

/** Where a poll returns its events, they start one execution. */
export function merge(ready: readonly Prepared[]): readonly Prepared[] {
	if (ready.length < 2) return ready;
	const lost = Math.max(...ready.map(({ batch }) => batch.lost ?? 0));
	return [
		{
			batch: makeBatch(
				ready.flatMap(({ batch }) => batch.events),
				{ lost },
			),
			output: ready.flatMap(({ output }) => output),
		},
	];
}
