/** Where the rows of the activity log end. What Content-Range says about that is a hint, and never believed unseen. */

import type { ActivityRows, LogEntry } from './logEntry';

export interface LogEnd {
	/** Number of rows in the log. */
	readonly total: number;
	/** The last ones of them, in the order of the log. */
	readonly rows: readonly LogEntry[];
}

/** No log is longer. */
const MAX_ROWS = 2 ** 40;

/** Tries of the whole, since the log may grow or be cut meanwhile. */
const MAX_TRIES = 3;

/**
 * @param first the first page of the log, from which the server has shown how many rows it gives at least.
 * @param stated what Content-Range said.
 * @returns `undefined` where the log does not hold still.
 */
export async function readEnd(read: ActivityRows, first: readonly LogEntry[], stated?: number): Promise<LogEnd | undefined> {
	const isMore = isBelievable(stated, first.length) && stated > first.length;
	if (!isMore && (await read(first.length, 1)).length === 0) return { total: first.length, rows: first };
	let hint = isMore ? stated : await findEnd(read, first.length + 1);
	let isFound = !isMore;
	for (let tries = 1; tries <= MAX_TRIES; tries++) {
		// Shorter than what the server gives at once, so that only the end of the log can cut the page off.
		const offset = Math.max(0, hint - Math.max(1, Math.floor(first.length * 0.8)));
		const rows = await read(offset, first.length);
		const total = offset + rows.length;
		// What came into the log since its end was found is for the next run.
		const isEnd = rows.length < first.length || isFound || (await read(total, 1)).length === 0;
		if (rows.length > 0 && isEnd) return { total, rows };
		hint = rows.length > 0 ? await findEnd(read, total) : await findEnd(read, Math.min(first.length, offset), offset);
		isFound = true;
	}
	return undefined;
}

function isBelievable(stated: number | undefined, seen: number): stated is number {
	return stated !== undefined && stated >= seen && stated < MAX_ROWS;
}

/** @returns how many rows there are, found by trying. @param below rows that are there. @param above none is there. */
async function findEnd(read: ActivityRows, below: number, above?: number): Promise<number> {
	const exists = async (offset: number): Promise<boolean> => (await read(offset, 1)).length > 0;
	let [low, high] = [below, above ?? Math.max(1, below)];
	if (above === undefined) for (; high < MAX_ROWS && (await exists(high)); high *= 2) low = high + 1;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if (await exists(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}
