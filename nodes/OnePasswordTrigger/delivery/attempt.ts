/** A poll with what it has to hand over: what is new, and batches that have to come again. Stores nothing. */

import type { IPollFunctions } from 'n8n-workflow';

import type { OnePasswordError } from '../../shared/core/onePasswordError';
import { EFFECTS } from '../../shared/n8n/effects';
import { PROCESS_ID } from '../../shared/n8n/processId';
import type { ChangeEvent } from '../changeEvent';
import { openWatch } from '../openWatch';
import { poll, type PollResult } from '../poll';
import type { PollState } from '../pollState';
import { endOf, firstPollAt, nextBatchId } from '../state/processState';
import { isDurable } from '../stateStore';
import type { Watch } from '../watch';
import { capBatches, takeBatches } from './batchLimits';
import { sortBatches, type Batch, type SortedBatches } from './batches';
import { completeEvents } from './completeEvents';
import { canConfirm, type HandOver } from './handOver';

export interface Attempt {
	readonly watch: Watch;
	readonly handOvers: readonly HandOver[];
	readonly state: PollState;
	readonly failure?: OnePasswordError;
	/** Batches that are handed over again. */
	readonly repeated: readonly Batch[];
	readonly sorted: SortedBatches;
}

interface Prepared {
	/** What the state keeps; `again` does not stand in the way of a batch that has nothing to hand over. */
	readonly batch: Batch;
	readonly output: readonly ChangeEvent[];
}

/** @param key of the node. @throws OnePasswordError */
export async function attempt(context: IPollFunctions, key: string, stored: PollState | undefined): Promise<Attempt> {
	const watch = await openWatch(context);
	const { atLeastOnce, maxEvents } = watch.settings;
	const sorted = sortBatches(atLeastOnce ? (stored?.batches ?? []) : [], surroundings(context, key, watch));
	const repeated = takeBatches(sorted.due, maxEvents);
	const count = repeated.reduce((sum, { events }) => sum + events.length, 0);
	const result = await poll(watch, stored, Math.max(0, maxEvents - count));
	const again = await completeBatches(watch, repeated);
	const ready = [...again.ready, prepare(result)].filter(({ output }) => output.length > 0);
	const postponed = sorted.due.filter((batch) => !repeated.includes(batch)).map(postpone);
	const handed = canConfirm(context) ? ready : merge(ready);
	const isKept = atLeastOnce && (canConfirm(context) || !isDurable(context));
	const batches = capBatches([...postponed, ...again.waiting, ...sorted.open, ...(isKept ? handed.map(({ batch }) => batch) : [])]);
	const { batches: _former, ...state } = result.state;
	return {
		watch,
		handOvers: handed.map(({ batch, output }) => ({ batchId: batch.id, output })),
		state: { ...state, ...(batches.length > 0 && { batches }) },
		failure: result.failure ?? again.failure,
		repeated,
		sorted,
	};
}

function surroundings(context: IPollFunctions, key: string, { startedAt, settings }: Watch): Parameters<typeof sortBatches>[1] {
	return {
		process: PROCESS_ID,
		now: startedAt,
		begunAt: firstPollAt(key, startedAt),
		confirms: canConfirm(context),
		takesTurns: isDurable(context),
		repeatFailed: settings.repeatFailed,
		endOf,
	};
}

function prepare({ events }: PollResult): Prepared {
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
function postpone(batch: Batch): Batch {
	return { ...batch, process: '' };
}

interface CompletedBatches {
	readonly ready: readonly Prepared[];
	/** Whose items could not be read at present. */
	readonly waiting: readonly Batch[];
	readonly failure?: OnePasswordError;
}

async function completeBatches(watch: Watch, batches: readonly Batch[]): Promise<CompletedBatches> {
	const ready: Prepared[] = [];
	const waiting: Batch[] = [];
	let failure: OnePasswordError | undefined;
	for (const batch of batches) {
		const done = await completeEvents(watch, batch.events.map((event) => ({ ...event, redelivered: true })));
		ready.push({ batch: makeBatch(done.events, batch), output: done.output });
		waiting.push(postpone({ ...batch, events: done.waiting }));
		failure ??= done.failure;
	}
	return { ready, waiting, ...(failure && { failure }) };
}

/** Where a poll returns its events, they start one execution. */
function merge(ready: readonly Prepared[]): readonly Prepared[] {
	if (ready.length < 2) return ready;
	const lost = Math.max(...ready.map(({ batch }) => batch.lost ?? 0));
	return [{ batch: makeBatch(ready.flatMap(({ batch }) => batch.events), { lost }), output: ready.flatMap(({ output }) => output) }];
}
