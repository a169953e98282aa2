/**
 * Reads from newer to older rows of the activity log while rows are added and dropped. Rows move toward the part that is
 * read next, and each page starts from the last row of the previous one.
 */

import type { KnownRows } from '../../core/changes/knownRows';
import { FIRST_PAGE_ROWS, LogMoved, PAGE_ROWS, type AgedLog } from './agedLog';
import type { LogEntry } from './logEntry';
import { LATE_MS } from './logOrder';

/** Number of rows that two pages share. */
const OVERLAP_ROWS = 20;

export interface Descent {
	/** Newest first. */
	readonly entries: LogEntry[];
	readonly end: 'known' | 'stop' | 'until' | 'oldest' | 'maxRows';
}

export interface Goal {
	/** Milliseconds since the epoch: stops at older rows. */
	readonly stop?: number;
	/** Stops when all of them have been found. */
	readonly known?: KnownRows;
	/** Stops before the row with this key. */
	readonly until?: string;
	readonly maxRows?: number;
}

/** Single rows with a wrong time must not end the descent. */
export const ROWS_THAT_STOP = 5;

/** @throws LogMoved if there may be a gap in the rows read. */
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
			// If only rows from before the last one are left, that row was dropped along with all older ones.
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
