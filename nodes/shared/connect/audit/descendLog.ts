/**
 * Reads from newer rows of the activity log to older ones while rows are added to it and dropped from it: rows move towards
 * what is read next, and a page counts from the last row of the one before it.
 */

import type { KnownRows } from '../../core/changes/knownRows';
import { FIRST_PAGE_ROWS, LogMoved, PAGE_ROWS, type AgedLog } from './agedLog';
import type { LogEntry } from './logEntry';
import { LATE_MS } from './logOrder';

/** Rows two pages share. */
const OVERLAP_ROWS = 20;

export interface Descent {
	/** Newest first. */
	readonly entries: LogEntry[];
	readonly end: 'known' | 'stop' | 'until' | 'oldest' | 'maxRows';
}

export interface Goal {
	/** Milliseconds since the epoch: ends where rows are older. */
	readonly stop?: number;
	/** Ends where all of them were met. */
	readonly known?: KnownRows;
	/** Ends before the row with this key. */
	readonly until?: string;
	readonly maxRows?: number;
}

/** Single rows with a wrong time must not end a descent. */
export const ROWS_THAT_STOP = 5;

/** @throws LogMoved where the rows that were read may have a hole. */
export async function descend(log: AgedLog, start: number, { stop = -Infinity, known, until, maxRows = Infinity }: Goal): Promise<Descent> {
	const entries: LogEntry[] = [];
	const keys = new Set<string>();
	let [largest, met] = [0, 0];
	for (let position = start; ;) {
		const limit = position === 0 ? FIRST_PAGE_ROWS : PAGE_ROWS;
		const page = await log.page(position, limit);
		const last = entries[entries.length - 1];
		const joint = last === undefined ? -1 : page.findIndex(({ key }) => key === last.key);
		const isJoined = last === undefined || joint >= 0;
		for (const entry of isJoined ? page.slice(joint + 1) : []) {
			if (entry.key === until) return { entries, end: 'until' };
			if (keys.has(entry.key)) continue;
			keys.add(entry.key);
			entries.push(entry);
			met += Number(known?.has(entry.key));
		}
		if (known !== undefined && known.size > 0 && met >= known.size) return { entries, end: 'known' };
		if (isJoined && isOlder(entries.slice(-ROWS_THAT_STOP), stop)) return { entries, end: 'stop' };
		if (page.length === 0 || page.length < Math.min(limit, largest) || (log.isShort && position === 0)) {
			// Where only rows from before the last one are left, that one was dropped, and all older ones with it.
			const isDropped = page.length === 0 || page.some(({ key }) => keys.has(key));
			if (until !== undefined || !(isJoined || isDropped)) throw new LogMoved();
			return { entries, end: 'oldest' };
		}
		largest = Math.max(largest, page.length);
		if (!isJoined && isOlder(page, last.time - LATE_MS)) throw new LogMoved();
		if (entries.length >= maxRows) return { entries, end: 'maxRows' };
		position += page.length - Math.min(OVERLAP_ROWS, Math.floor(page.length / 2));
	}
}

export function isOlder(entries: readonly LogEntry[], time: number): boolean {
	return entries.length > 0 && entries.every((entry) => entry.time < time);
}
