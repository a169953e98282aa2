/** Which end of the activity log is the newest one, as far as the times of its rows show it. Single ones may be wrong. */

export type LogOrder = 'newestFirst' | 'oldestFirst';

/** Milliseconds by which a row may be older than one that came into the log before it. */
export const LATE_MS = 120_000;

/** Fewer rows may all stem from one moment at which a clock was wrong. */
const ROWS_THAT_TELL = 8;

/**
 * @param times of neighbouring rows, as milliseconds since the epoch.
 * @returns `undefined` where the rows are too few or too close in time, or where their ends and their steps disagree, as after
 * a clock was put right.
 */
export function orderOf(times: readonly number[]): LogOrder | undefined {
	if (times.length < ROWS_THAT_TELL) return undefined;
	const third = Math.floor(times.length / 3);
	const order = orderBetween(times.slice(0, third), times.slice(-third));
	return order === leanOf(times) ? order : undefined;
}

/** @returns the order of two places of the log that lie far apart. */
export function orderBetween(first: readonly number[], later: readonly number[]): LogOrder | undefined {
	const slope = medianOf(later) - medianOf(first);
	if (!(Math.abs(slope) > LATE_MS)) return undefined;
	return slope > 0 ? 'oldestFirst' : 'newestFirst';
}

/** @returns what most steps from row to row show, however small they are. */
export function leanOf(times: readonly number[]): LogOrder | undefined {
	const lean = times.reduce((sum, time, index) => sum + Math.sign(time - (times[index - 1] ?? time)), 0);
	if (lean === 0) return undefined;
	return lean > 0 ? 'oldestFirst' : 'newestFirst';
}

export function otherOrder(order: LogOrder): LogOrder {
	return order === 'newestFirst' ? 'oldestFirst' : 'newestFirst';
}

/** @returns NaN for none. */
export function medianOf(times: readonly number[]): number {
	return times.slice().sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}
