/** How many batches a poll hands over, and how many the state holds. */

import type { Batch } from '../state/batch';

/** More executions than that are hardly under way at once; the oldest ones then count as delivered. */
export const MAX_BATCHES = 50;

/** They take about 600 characters each. */
export const MAX_BATCH_EVENTS = 2_000;

/** @returns the batches, the oldest first, that are to be handed over now: at least one, and otherwise `limit` events. */
export function takeBatches(due: readonly Batch[], limit: number): Batch[] {
	let count = 0;
	return due.filter(({ events }, index) => {
		count += events.length;
		return index === 0 || count <= limit;
	});
}

/** @returns the newest ones, as many as the state can hold. */
export function capBatches(batches: readonly Batch[]): readonly Batch[] {
	let count = 0;
	const newestFirst = batches.filter(({ events }) => events.length > 0).reverse();
	const end = newestFirst.findIndex(({ events }, index) => {
		count += events.length;
		return index > 0 && (index >= MAX_BATCHES || count > MAX_BATCH_EVENTS);
	});
	return (end < 0 ? newestFirst : newestFirst.slice(0, end)).reverse();
}
