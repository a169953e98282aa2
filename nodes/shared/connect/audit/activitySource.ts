/** Connect's activity log as a source of audit rows. */

import { toAuditRow } from '../../core/audit/activityRow';
import type { AuditRow } from '../../core/audit/auditRow';
import type { AuditBatch, AuditLimits, AuditSource } from '../../core/audit/auditSource';
import { markKnown, recallKnown } from '../../core/changes/knownRows';
import { readActivity } from './activityReader';
import { LATE_MS, type Activity, type LogEntry } from './agedLog';
import { isObject } from '../serverMessage';

/** Plain JSON; ids only as short codes. */
export interface ActivityCursor {
	/** Milliseconds since the epoch: the newest row that was told. */
	readonly watermark: number;
	/** Rows told of since two minutes before the watermark, by `markKnown`. */
	readonly known: readonly string[];
}

/**
 * @param now milliseconds since the epoch.
 * @param counts which rows count for the size of a batch of new ones; the others come with them. Default: all.
 */
export function connectActivitySource(
	activity: Activity,
	now: () => number,
	counts: Counts = () => true,
): AuditSource<ActivityCursor> {
	return {
		parseCursor,
		async readNew(cursor, { maxRows, deadline, from }) {
			if (cursor === undefined && from === undefined) return await startNow(activity, now());
			const start = cursor ?? { watermark: (from ?? 0) + LATE_MS, known: [] };
			return await readSince({ activity, now, counts }, start, { maxRows, deadline });
		},
		async readRange({ from, to }, { maxRows, deadline }) {
			const inRange = ({ time }: LogEntry): boolean => time >= from && time < to;
			const { entries, reachesNewest, isSure } = await readActivity(activity, {
				from,
				isEnough: (read) =>
					now() >= deadline || isPast(read, to) || read.filter(inRange).length >= maxRows,
			});
			const found = entries.filter(inRange);
			const told = found.slice(0, maxRows);
			return {
				rows: toRows(told),
				cursor: advance({ watermark: from + LATE_MS, known: [] }, found, told, now(), isSure),
				hasMore: found.length > told.length || (!reachesNewest && !isPast(entries, to)),
			};
		},
	};
}

function parseCursor(stored: unknown): ActivityCursor | undefined {
	if (!isObject(stored) || !Number.isFinite(stored.watermark) || !Array.isArray(stored.known)) return undefined;
	if (!stored.known.every((mark) => typeof mark === 'string')) return undefined;
	return { watermark: stored.watermark as number, known: [...(stored.known as string[])] };
}

type Counts = (row: AuditRow) => boolean;

interface Reader {
	readonly activity: Activity;
	readonly now: () => number;
	readonly counts: Counts;
}

/** What is there already is taken for told. */
async function startNow(activity: Activity, now: number): Promise<AuditBatch<ActivityCursor>> {
	const { entries: newest, isSure } = await readActivity(activity, { from: Infinity });
	// An empty log says nothing of the server's clock.
	const watermark = isSure ? Math.min(now, newestOf(newest)) : 0;
	const { entries } = await readActivity(activity, { from: watermark - LATE_MS });
	return { rows: [], cursor: advance({ watermark, known: [] }, entries, entries, now, isSure), hasMore: false };
}

async function readSince(
	{ activity, now, counts }: Reader,
	cursor: ActivityCursor,
	{ maxRows, deadline }: AuditLimits,
): Promise<AuditBatch<ActivityCursor>> {
	const from = cursor.watermark - LATE_MS;
	const unreadOf = (entries: readonly LogEntry[]): { stretch: LogEntry[]; known: Set<string> } => {
		const stretch = entries.filter(({ time }) => time >= from);
		return { stretch, known: recallKnown(keysOf(stretch), cursor.known) };
	};
	const { entries, reachesBack, reachesNewest, isSure } = await readActivity(activity, {
		from,
		isEnough: (read) => {
			const { stretch, known } = unreadOf(read);
			const fresh = stretch.filter(({ key }) => !known.has(key));
			return countRows(fresh, counts) >= maxRows || (fresh.length > 0 && now() >= deadline);
		},
	});
	const { stretch, known } = unreadOf(entries);
	const unread = stretch.filter(({ key }) => !known.has(key));
	const told = takeRows(unread, maxRows, counts);
	const isCutOff = !reachesBack && entries.every(({ time }) => time > cursor.watermark);
	const hasGap = isCutOff && cursor.known.length > 0 && known.size === 0;
	const isTold = new Set([...known, ...keysOf(told)]);
	return {
		rows: toRows(told),
		cursor: advance(cursor, stretch, stretch.filter(({ key }) => isTold.has(key)), now(), isSure),
		hasMore: unread.length > told.length || !reachesNewest,
		...(hasGap && { hasGap }),
	};
}

/**
 * A server's clock that is ahead for a while must not make later rows look old, and where the order of the log is not sure,
 * nor are holes excluded, it is read once more from the same place.
 */
function advance(
	{ watermark }: ActivityCursor,
	stretch: readonly LogEntry[],
	told: readonly LogEntry[],
	now: number,
	isSure: boolean,
): ActivityCursor {
	const next = isSure ? Math.max(watermark, Math.min(now, newestOf(told))) : watermark;
	const isRecent = ({ time }: LogEntry): boolean => time >= next - LATE_MS;
	return { watermark: next, known: markKnown(keysOf(stretch.filter(isRecent)), new Set(keysOf(told.filter(isRecent)))) };
}

function countRows(entries: readonly LogEntry[], counts: Counts): number {
	return toRows(entries).filter(counts).length;
}

/** @returns what comes before the first row that counts and is too many. */
function takeRows(entries: readonly LogEntry[], maxRows: number, counts: Counts): readonly LogEntry[] {
	let room = maxRows;
	const end = toRows(entries).findIndex((row) => counts(row) && room-- <= 0);
	return end < 0 ? entries : entries.slice(0, end);
}

/** @returns whether rows from before `to` can't follow any more. */
function isPast(entries: readonly LogEntry[], to: number): boolean {
	return (entries[entries.length - 1]?.time ?? -Infinity) >= to + LATE_MS;
}

function newestOf(entries: readonly LogEntry[]): number {
	return entries.reduce((newest, { time }) => Math.max(newest, time), -Infinity);
}

function keysOf(entries: readonly LogEntry[]): string[] {
	return entries.map(({ key }) => key);
}

export function toRows(entries: readonly LogEntry[]): AuditBatch<ActivityCursor>['rows'] {
	return entries.map(({ request, time }) => toAuditRow(request, time));
}
