/**
 * Where reading the activity log goes on: not at a time but behind rows that are known, since clocks are put forward and back.
 * Times only tell how many rows to remember.
 */

import { KnownRows, MAX_KNOWN_ROWS, isKnownText, markKnown } from '../../core/changes/knownRows';
import { isObject } from '../../core/json';
import type { Reading } from './activityReader';
import { ROWS_THAT_STOP, isOlder } from './descendLog';
import { timesOf, type LogEntry } from './logEntry';
import { LATE_MS, leanOf, medianOf, type LogOrder } from './logOrder';

/** Plain JSON; ids only as short codes. */
export interface ActivityCursor {
	/** Milliseconds since the epoch: about the time of the newest row that was told; 0 = not known. */
	readonly watermark: number;
	/** Rows that are behind since two minutes before the watermark, and a few older ones, by `markKnown`. */
	readonly known: string;
	/** Of the log, once it is sure. */
	readonly order?: LogOrder;
	/**
	 * The order in which whatever is in front of these rows is behind, too; `asKnown` = the one in which they follow each other.
	 * Not set where the log had none so old.
	 */
	readonly closed?: LogOrder | 'asKnown';
}

/** The time in the middle of them counts, so that single rows with a wrong one do not. */
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
 * @param left entries of the reading that are told later: the newest ones, where the order is sure.
 * @param now milliseconds since the epoch.
 * @param told of the cursor before.
 */
export function cursorAfter(
	{ watermark: before, closed }: ActivityCursor,
	{ entries, isSure, order }: Reading,
	left: ReadonlySet<LogEntry>,
	now: number,
	told = new KnownRows(''),
): ActivityCursor {
	// Rows that were told in another order than the one that has shown itself may be in front of others that were not.
	const end = entries.findIndex((entry) => left.has(entry));
	const passed = end < 0 ? entries : entries.slice(0, end);
	const ahead = end < 0 ? [] : entries.slice(end).filter((entry) => !left.has(entry));
	const newest = medianOf(timesOf(passed.slice(-ROWS_OF_WATERMARK)));
	// Where the order of the log is not sure, nor are holes excluded: it is read once more from the same place.
	const watermark = isSure && Number.isFinite(newest) ? Math.min(now, newest) : before;
	const from = watermark - LATE_MS;
	const kept = (isSure ? tailOf(passed, from) : passed.filter(({ time }) => time >= from)).concat(ahead);
	// Where rows are forgotten, as there are too many, their time does not tell them from new ones.
	// A clock that was put back opens nothing that was closed: older rows would come once more.
	const isStillClosed = (closed === order || closed === 'asKnown') && told.size > 0 && countKnown(entries, told) >= told.size;
	const isClosed = kept.length >= MAX_KNOWN_ROWS || (isSure && (isStillClosed || isOlder(kept.slice(0, ROWS_THAT_STOP), from)));
	const known = markKnown(kept.map(({ key }) => key));
	return { watermark, known, ...(isSure && { order }), ...(isClosed && { closed: order }) };
}

function countKnown(entries: readonly LogEntry[], known: KnownRows): number {
	return entries.filter(({ key }) => known.has(key)).length;
}

/** @returns the entries from a few before that time on: a stretch without holes, which later runs have to meet. */
function tailOf(entries: readonly LogEntry[], from: number): readonly LogEntry[] {
	let start = entries.length;
	while (start > 0 && !(entries.length - start >= ROWS_THAT_STOP && isOlder(entries.slice(start, start + ROWS_THAT_STOP), from))) {
		start -= 1;
	}
	return entries.slice(start);
}

/** @returns whether the known rows follow each other as they were told. */
export function runsAsKnown(entries: readonly LogEntry[], known: KnownRows): boolean {
	return leanOf(entries.flatMap(({ key }) => known.placeOf(key) ?? [])) !== 'newestFirst';
}

export interface Place {
	/** Of the cursor. */
	readonly known: KnownRows;
	/** Milliseconds since the epoch: counts where known rows do not tell. */
	readonly from: number;
	/** Whether whatever is in front of known rows is behind, too. */
	readonly isClosed: boolean;
}

/** @param entries oldest first. @returns those that were not told yet: what comes after known rows, whatever its time. */
export function unreadOf(entries: readonly LogEntry[], { known, from, isClosed }: Place): LogEntry[] {
	const isKnown = entries.map(({ key }) => known.has(key));
	const first = isKnown.indexOf(true);
	// Where the oldest known rows were dropped, late ones may be in front of those that are left.
	const isBehind = isClosed && (known.size >= MAX_KNOWN_ROWS || countKnown(entries, known) >= known.size);
	const isNew = ({ time }: LogEntry, index: number): boolean => (first >= 0 && index > first) || (time >= from && !(first >= 0 && isBehind));
	return entries.filter((entry, index) => !isKnown[index] && isNew(entry, index));
}
