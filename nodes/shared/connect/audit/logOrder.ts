/** Determines which end of the activity log is newest, as far as the row times show it. Single times may be wrong. */

export type LogOrder = 'newestFirst' | 'oldestFirst';

/** Milliseconds by which a row may be older than one added before it. */
export const LATE_MS = 120_000;

/** Fewer rows could all come from one moment with a wrong clock. */
const ROWS_THAT_TELL = 8;

/**
 * @param times of neighboring rows, in milliseconds since the epoch.
 * @returns `undefined` if the rows are too few or too close in time, or if their ends and their steps disagree, such as
 * after a clock correction.
 */
export function orderOf(times: readonly number[]): LogOrder | undefined {
	if (times.length < ROWS_THAT_TELL) return undefined;
	const third = Math.floor(times.length / 3);
	const order = orderBetween(times.slice(0, third), times.slice(-third));
	return order === leanOf(times) ? order : undefined;
}

/** @returns the order of two distant parts of the log. */
export function orderBetween(first: readonly number[], later: readonly number[]): LogOrder | undefined {
	const slope = medianOf(later) - medianOf(first);
	if (!(Math.abs(slope) > LATE_MS)) return undefined;
	return slope > 0 ? 'oldestFirst' : 'newestFirst';
}

/** @returns the order shown by most steps from row to row, however small. */
export function leanOf(times: readonly number[]): LogOrder | undefined {
	const lean = times.reduce((sum, time, index) => sum + Math.sign(time - (times[index - 1] ?? time)), 0);
	if (lean === 0) return undefined;
	return lean > 0 ? 'oldestFirst' : 'newestFirst';
}

export function otherOrder(order: LogOrder): LogOrder {
	return order === 'newestFirst' ? 'oldestFirst' : 'newestFirst';
}

/** @returns NaN for an empty list. */
export function medianOf(times: readonly number[]): number {
	return times.slice().sort((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}
