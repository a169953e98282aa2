/** Finds the end of the activity log. Content-Range is only a hint and is always checked. */

import type { ActivityRows, LogEntry } from './logEntry';

export interface LogEnd {
	/** Number of rows in the log. */
	readonly total: number;
	/** The last rows, in the order of the log. */
	readonly rows: readonly LogEntry[];
}

/** No log is longer. */
const MAX_ROWS = 2 ** 40;

/** Attempts for the whole search, because the log may grow or be shortened in the meantime. */
const MAX_TRIES = 3;

/**
 * @param first the first page of the log, which shows how many rows the server returns at least.
 * @param stated the value of Content-Range.
 * @returns `undefined` if the log keeps changing.
 */
export async function readEnd(read: ActivityRows, first: readonly LogEntry[], stated?: number): Promise<LogEnd | undefined> {
	const isMore = isBelievable(stated, first.length) && stated > first.length;
	if (!isMore && (await read(first.length, 1)).length === 0) return { total: first.length, rows: first };
	let hint = isMore ? stated : await findEnd(read, first.length + 1);
	let isFound = !isMore;
	for (let tries = 1; tries <= MAX_TRIES; tries++) {
		// Shorter than the server's page size, so that only the end of the log can shorten the page.
		const offset = Math.max(0, hint - Math.max(1, Math.floor(first.length * 0.8)));
		const rows = await read(offset, first.length);
		const total = offset + rows.length;
		// Rows added since the end was found are left for the next run.
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

/**
 * @returns the number of rows, found by probing. @param below a number of rows known to exist. @param above a position known
 * to be past the end.
 */
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
