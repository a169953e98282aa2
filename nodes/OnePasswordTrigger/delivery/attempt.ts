/** A poll with what it has to hand over: what is new, and batches that have to come again. Stores nothing. */

import type { IPollFunctions } from 'n8n-workflow';

import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { PROCESS_ID } from '../../shared/n8n/process/processState';
import { openWatch } from '../watch/openWatch';
import { poll } from '../poll/poll';
import type { PollState } from '../state/pollState';
import { findLostState } from '../start/lostState';
import { endOf, firstPollAt } from '../state/processState';
import { isDurable } from '../state/stateStore';
import type { Watch } from '../watch/watch';
import { capBatches, takeBatches } from './batchLimits';
import { sortBatches, type SortedBatches } from './batches';
import type { Batch } from '../state/batch';
import { canConfirm, type HandOver } from './handOver';
import { completeBatches, merge, postpone, prepare } from './prepare';

export interface Attempt {
	readonly watch: Watch;
	readonly handOvers: readonly HandOver[];
	readonly state: PollState;
	readonly failure?: OnePasswordError;
	/** Batches that are handed over again. */
	readonly repeated: readonly Batch[];
	readonly sorted: SortedBatches;
}

/** @param key of the node. @throws OnePasswordError */
export async function attempt(context: IPollFunctions, key: string, stored: PollState | undefined): Promise<Attempt> {
	const watch = await watchFrom(context, stored);
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

async function watchFrom(context: IPollFunctions, stored: PollState | undefined): Promise<Watch> {
	const watch = await openWatch(context, stored !== undefined);
	const lost = stored === undefined ? await findLostState(context, watch) : undefined;
	return { ...watch, ...(lost && { lost }) };
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
