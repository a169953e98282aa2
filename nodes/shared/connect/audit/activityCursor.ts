/**
 * The position in the activity log. Reading continues after known rows, not from a time, because clocks can be set forward
 * and back. Times only determine how many rows to remember.
 */

import { KnownRows, MAX_KNOWN_ROWS, isKnownText, markKnown } from '../../core/changes/knownRows';
import { isObject } from '../../core/json';
import type { LogReading } from './activityReader';
import { ROWS_THAT_STOP, isOlder } from './descendLog';
import { timesOf, type LogEntry } from './logEntry';
import { LATE_MS, leanOf, medianOf, type LogOrder } from './logOrder';

/** Plain JSON; IDs only as short codes. */
export interface ActivityCursor {
	/** Milliseconds since the epoch: roughly the time of the newest emitted row; 0 = unknown. */
	readonly watermark: number;
	/** Known rows from two minutes before the watermark on, and a few older ones, as codes from `markKnown`. */
	readonly known: string;
	/** Of the log, once it is certain. */
	readonly order?: LogOrder;
	/**
	 * The order in which everything before these rows is known, too; `asKnown` = the order in which they follow each other.
	 * Not set if the log had no rows that old.
	 */
	readonly closed?: LogOrder | 'asKnown';
}

/** Uses their median time, so that single rows with a wrong time don't matter. */
export const ROWS_OF_WATERMARK = 9;

export function parseCursor(stored: unknown): ActivityCursor | undefined {
	if (!isObject(stored) || !Number.isFinite(stored.watermark) || !isKnownText(stored.known)) return undefined;
	const { order, closed, known } = stored;
	const watermark = stored.watermark as number;
	return { watermark, known, ...(isOrder(order) && { order }), ...((isOrder(closed) || closed === 'asKnown') && { closed }) };
}

function isOrder(value: unknown): value is LogOrder {
	return value === 'newestFirst' || value === 'oldestFirst';
}

/**
 * @param left entries of the reading that will be emitted later: the newest ones, if the order is certain.
 * @param now milliseconds since the epoch.
 * @param told of the previous cursor.
 */
export function cursorAfter(
	{ watermark: before, closed }: ActivityCursor,
	{ entries, isSure, order }: LogReading,
	left: ReadonlySet<LogEntry>,
	now: number,
	told = new KnownRows(''),
): ActivityCursor {
	// Rows emitted in an order that later proved wrong may precede others that were not emitted.
	const end = entries.findIndex((entry) => left.has(entry));
	const passed = end < 0 ? entries : entries.slice(0, end);
	const ahead = end < 0 ? [] : entries.slice(end).filter((entry) => !left.has(entry));
	const newest = medianOf(timesOf(passed.slice(-ROWS_OF_WATERMARK)));
	// While the log's order is uncertain, there may be gaps, so it is read again from the same position.
	const watermark = isSure && Number.isFinite(newest) ? Math.min(now, newest) : before;
	const from = watermark - LATE_MS;
	const kept = (isSure ? tailOf(passed, from) : passed.filter(({ time }) => time >= from)).concat(ahead);
	// If there are too many rows to remember, their time doesn't distinguish forgotten ones from new ones. A clock set back
	// must not move the watermark back, or older rows would be emitted again.
	const isStillClosed = (closed === order || closed === 'asKnown') && told.size > 0 && countKnown(entries, told) >= told.size;
	const isClosed = kept.length >= MAX_KNOWN_ROWS || (isSure && (isStillClosed || isOlder(kept.slice(0, ROWS_THAT_STOP), from)));
	const known = markKnown(kept.map(({ key }) => key));
	return { watermark, known, ...(isSure && { order }), ...(isClosed && { closed: order }) };
}

function countKnown(entries: readonly LogEntry[], known: KnownRows): number {
	return entries.filter(({ key }) => known.has(key)).length;
}

/** @returns the entries from slightly before that time on: a stretch without gaps that later runs have to reach. */
function tailOf(entries: readonly LogEntry[], from: number): readonly LogEntry[] {
	let start = entries.length;
	while (start > 0 && !(entries.length - start >= ROWS_THAT_STOP && isOlder(entries.slice(start, start + ROWS_THAT_STOP), from))) {
		start -= 1;
	}
	return entries.slice(start);
}

/** @returns whether the known rows follow each other in the order in which they were emitted. */
export function runsAsKnown(entries: readonly LogEntry[], known: KnownRows): boolean {
	return leanOf(entries.flatMap(({ key }) => known.placeOf(key) ?? [])) !== 'newestFirst';
}

export interface Place {
	/** Of the cursor. */
	readonly known: KnownRows;
	/** Milliseconds since the epoch: used if the known rows are not enough to decide. */
	readonly from: number;
	/** Whether everything before known rows is known, too. */
	readonly isClosed: boolean;
}

/** @param entries oldest first. @returns those not emitted yet: everything after known rows, regardless of its time. */
export function unreadOf(entries: readonly LogEntry[], { known, from, isClosed }: Place): LogEntry[] {
	const isKnown = entries.map(({ key }) => known.has(key));
	const first = isKnown.indexOf(true);
	// If the log dropped the oldest known rows, late rows may precede the remaining ones.
	const isBehind = isClosed && (known.size >= MAX_KNOWN_ROWS || countKnown(entries, known) >= known.size);
	const isNew = ({ time }: LogEntry, index: number): boolean => (first >= 0 && index > first) || (time >= from && !(first >= 0 && isBehind));
	return entries.filter((entry, index) => !isKnown[index] && isNew(entry, index));
}
