/** Connect's activity log as a source of audit rows. */

import { toAuditRow } from '../../core/audit/rows/activityRow';
import type { AuditRow } from '../../core/audit/rows/auditRow';
import type { AuditBatch, AuditLimits, AuditSource } from '../../core/audit/auditSource';
import { KnownRows } from '../../core/changes/knownRows';
import { cursorAfter, parseCursor, runsAsKnown, unreadOf, type ActivityCursor } from './activityCursor';
import { resumeActivity } from './resumeActivity';
import { readActivity, type LogReading } from './activityReader';
import { FIRST_PAGE_ROWS } from './agedLog';
import { ROWS_THAT_STOP } from './descendLog';
import type { Activity, LogEntry } from './logEntry';
import { LATE_MS } from './logOrder';

/**
 * @param now milliseconds since the epoch.
 * @param counts which rows count toward the size of a batch; the others are included as well. Default: all.
 */
export function connectActivitySource(activity: Activity, now: () => number, counts?: Counts): AuditSource<ActivityCursor> {
	return {
		parseCursor,
		resume: (past) => resumeActivity(past, now()),
		async readNew(cursor, { maxRows, deadline, rowsForGap, from }) {
			if (cursor === undefined && from === undefined) return await startNow(activity, now());
			// Rows from shortly before the start are not new for the next run.
			const start = cursor ?? { watermark: Math.min((from ?? 0) + LATE_MS, now()), known: '' };
			const limits = { maxRows, deadline, rowsForGap, ...(cursor === undefined && { asked: from }) };
			return await readSince({ activity, now, ...(counts && { counts }) }, start, limits);
		},
		async readRange({ from, to }, { maxRows, deadline }) {
			const inRange = ({ time }: LogEntry): boolean => time >= from && time < to;
			const reading = await readActivity(activity, {
				from,
				isEnough: (read) => now() >= deadline || isPast(read, to) || read.filter(inRange).length >= maxRows,
			});
			const { entries, reachesNewest } = reading;
			const found = entries.filter(inRange);
			const told = found.slice(0, maxRows);
			const left = new Set(found.slice(told.length));
			return {
				rows: toRows(told),
				cursor: cursorAfter({ watermark: from + LATE_MS, known: '' }, reading, left, now()),
				hasMore: left.size > 0 || (!reachesNewest && !isPast(entries, to)),
				...startAfter(from, reading, now()),
			};
		},
	};
}

type Counts = (row: AuditRow) => boolean;

interface Reader {
	readonly activity: Activity;
	readonly now: () => number;
	readonly counts?: Counts;
}

/** Existing rows count as emitted. */
async function startNow(activity: Activity, now: number): Promise<AuditBatch<ActivityCursor>> {
	const begin = { watermark: 0, known: '' };
	const newest = await readActivity(activity, { from: Infinity });
	// An empty log says nothing about the server's clock.
	const { watermark, order } = cursorAfter(begin, newest, new Set(), now);
	const reading = await readActivity(activity, { from: watermark - LATE_MS, ...(order && { order }) });
	return { rows: [], cursor: cursorAfter(begin, reading, new Set(), now), hasMore: false };
}

async function readSince(
	{ activity, now, counts }: Reader,
	cursor: ActivityCursor,
	{ maxRows, deadline, rowsForGap = 0, asked }: AuditLimits & { readonly asked?: number },
): Promise<AuditBatch<ActivityCursor>> {
	const known = new KnownRows(cursor.known);
	const { order, closed } = cursor;
	// n8n's clock may have been ahead and has been corrected.
	const since = Math.min(cursor.watermark, now()) - LATE_MS;
	const from = asked ?? since;
	const reading = await readActivity(activity, {
		from: since,
		known,
		...(order && { order }),
		...(closed && { closed }),
		isEnough: (entries) => {
			if (known.size > 0 && !entries.some(({ key }) => known.has(key))) return false;
			const fresh = unreadOf(entries, { known, from, isClosed: closed === 'asKnown' ? runsAsKnown(entries, known) : closed !== undefined });
			return countRows(fresh, counts) >= maxRows || (fresh.length > 0 && now() >= deadline);
		},
	});
	const isClosed = closed === 'asKnown' ? runsAsKnown(reading.entries, known) : closed === reading.order;
	const unread = unreadOf(reading.entries, { known, from, isClosed });
	const hasGap = isCutOff(cursor, known, reading);
	const told = takeRows(unread, hasGap ? Math.max(1, maxRows - rowsForGap) : maxRows, counts);
	const left = new Set(unread.slice(told.length));
	return {
		rows: toRows(told),
		cursor: cursorAfter(cursor, reading, left, now(), known),
		hasMore: left.size > 0 || !reading.reachesNewest,
		...(hasGap && { hasGap }),
		...(asked !== undefined && startAfter(asked, reading, now())),
	};
}

/** An empty log begins now. A log with an assumed order shows its beginning only if all of it was read. */
function startAfter(asked: number, { entries, isSure, reachesNewest, reachesOldest }: LogReading, now: number): { logStart?: number } {
	const logStart = entries.reduce((least, { time }) => Math.min(least, time), now);
	return reachesOldest && (isSure || reachesNewest) && logStart > asked ? { logStart } : {};
}

/** @returns whether rows may have been added and dropped since the last run. */
function isCutOff({ watermark }: ActivityCursor, known: KnownRows, { entries, reachesNewest }: LogReading): boolean {
	if (known.size > 0) return !entries.some(({ key }) => known.has(key));
	// The log was empty at the last run, so nothing shows whether all rows added since then are still there.
	return watermark === 0 && (entries.length > FIRST_PAGE_ROWS || !reachesNewest);
}

/** Without a filter, no row has to be built just to be counted. */
function countRows(entries: readonly LogEntry[], counts: Counts | undefined): number {
	return counts === undefined ? entries.length : toRows(entries).filter(counts).length;
}

/** @returns the entries before the first counting row that exceeds the limit. */
function takeRows(entries: readonly LogEntry[], maxRows: number, counts: Counts | undefined): readonly LogEntry[] {
	if (counts === undefined) return entries.slice(0, maxRows);
	let room = maxRows;
	const end = toRows(entries).findIndex((row) => counts(row) && room-- <= 0);
	return end < 0 ? entries : entries.slice(0, end);
}

/** @returns whether no more rows from before `to` can follow. */
function isPast(entries: readonly LogEntry[], to: number): boolean {
	const newest = entries.slice(-ROWS_THAT_STOP);
	return newest.length > 0 && newest.every(({ time }) => time >= to + LATE_MS);
}

export function toRows(entries: readonly LogEntry[]): AuditBatch<ActivityCursor>['rows'] {
	return entries.map(({ request, time }) => toAuditRow(request, time));
}
