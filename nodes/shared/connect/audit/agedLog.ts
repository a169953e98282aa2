/**
 * The activity log from its newest row to its oldest. Connect documents neither the order of the log nor its largest page
 * nor for how long it keeps rows. Counted from the newest row at the start of a run, positions hide the order, and hold one
 * thing for sure: new rows, and old ones that are dropped, only ever move a row to a higher position.
 */

import { activityIdOf, activityTimeOf } from '../../core/audit/activityRow';
import type { ApiRequest } from '../../core/wire';
import type { ConnectClient } from '../connectClient';

export type Activity = Pick<ConnectClient, 'activity'>;

export interface LogEntry {
	readonly key: string;
	/** Milliseconds since the epoch. */
	readonly time: number;
	readonly request: ApiRequest;
}

export interface AgedLog {
	/** @returns at most `limit` rows, newest first, from a position on; none past the oldest one. */
	page(position: number, limit: number): Promise<LogEntry[]>;
	/** Rows from the newest to the oldest, where that is known. */
	total(): number | undefined;
	/** False where the order is only supposed, as the rows of a page were too close in time to show it. */
	readonly isSure: boolean;
}

/** Milliseconds by which a row may be older than one that came into the log before it. */
export const LATE_MS = 120_000;

/** Most polls find fewer new rows than that. */
export const FIRST_PAGE_ROWS = 500;
export const PAGE_ROWS = 1_000;

/** The log was shortened or began anew while it was read. */
export class LogMoved extends Error {}

/**
 * @param attempt where nothing tells the order, every other attempt supposes the other one.
 * @throws LogMoved from `page`.
 */
export async function openLog(activity: Activity, attempt = 1): Promise<AgedLog> {
	const { rows, total: stated } = await activity.activity({ limit: FIRST_PAGE_ROWS, offset: 0 });
	const first = toEntries(rows);
	const total = believable(stated, first.length);
	if (first.length === 0) return { page: async () => await Promise.resolve([]), total: () => 0, isSure: false };
	const slope = steepness(first) ?? (await probe(activity, first, total));
	const guess = slope ?? (lean(first) || -1);
	const isOldestFirst = slope === undefined && attempt % 2 === 0 ? guess < 0 : guess > 0;
	const log = isOldestFirst
		? oldestFirst(activity, first, total ?? (await findEnd(activity, first.length)))
		: newestFirst(activity, first, total);
	return { ...log, isSure: slope !== undefined };
}

type OrderedLog = Omit<AgedLog, 'isSure'>;

function newestFirst(activity: Activity, first: LogEntry[], totalAtStart: number | undefined): OrderedLog {
	let start: LogEntry[] | undefined = first;
	let total = totalAtStart;
	return {
		total: () => total,
		async page(position, limit) {
			if (position === 0 && start !== undefined) return take(start, () => (start = undefined));
			const page = await activity.activity({ limit, offset: position });
			total = believable(page.total, position + page.rows.length);
			return toEntries(page.rows);
		},
	};
}

function oldestFirst(activity: Activity, first: LogEntry[], end: number): OrderedLog {
	let start: LogEntry[] | undefined = first.length >= end ? first.slice().reverse() : undefined;
	// A server that cuts a page keeps its first rows, which are the older ones.
	let largest = PAGE_ROWS;
	return {
		total: () => end,
		async page(position, limit) {
			if (position === 0 && start !== undefined) return take(start, () => (start = undefined));
			for (;;) {
				const after = end - position;
				const offset = Math.max(0, after - Math.min(limit, largest));
				if (after <= 0) return [];
				const { rows } = await activity.activity({ limit: after - offset, offset });
				if (rows.length === 0) throw new LogMoved();
				if (rows.length >= after - offset) return toEntries(rows).reverse();
				largest = rows.length;
			}
		},
	};
}

/** @returns the total of Content-Range, unless more rows than that were there. */
function believable(total: number | undefined, seen: number): number | undefined {
	return total !== undefined && total >= seen ? total : undefined;
}

function take(entries: LogEntry[], onTaken: () => void): LogEntry[] {
	onTaken();
	return entries;
}

/** @returns above 0 where the log begins with its oldest row; `undefined` where the rows are too close in time to tell. */
function steepness(entries: readonly LogEntry[]): number | undefined {
	const slope = (entries[entries.length - 1]?.time ?? 0) - (entries[0]?.time ?? 0);
	return Math.abs(slope) > LATE_MS ? slope : undefined;
}

/** Compares the first rows with the last one of the log, or with one far behind them. */
async function probe(activity: Activity, first: readonly LogEntry[], total: number | undefined): Promise<number | undefined> {
	const offset = total === undefined ? (await findEnd(activity, first.length)) - 1 : total - 1;
	if (offset < first.length) return undefined;
	const far = await readRow(activity, offset);
	const slope = steepness([...first.slice(0, 1), ...far]);
	// A log that begins with its newest row seems to be the other way round where it grew for long meanwhile.
	return slope === undefined || slope < 0 ? slope : steepness([...(await readRow(activity, 0)), ...far]);
}

async function readRow(activity: Activity, offset: number): Promise<LogEntry[]> {
	return toEntries((await activity.activity({ limit: 1, offset })).rows);
}

/** The order of neighbours, where no two rows are far apart. */
function lean(entries: readonly LogEntry[]): number {
	return entries.reduce((sum, { time }, index) => sum + Math.sign(time - (entries[index - 1]?.time ?? time)), 0);
}

/** @returns how many rows there are, found by trying. */
async function findEnd(activity: Activity, known: number): Promise<number> {
	const exists = async (offset: number): Promise<boolean> => (await readRow(activity, offset)).length > 0;
	let [below, above] = [known, known];
	for (; await exists(above); above *= 2) below = above + 1;
	while (below < above) {
		const middle = Math.floor((below + above) / 2);
		if (await exists(middle)) below = middle + 1;
		else above = middle;
	}
	return below;
}

/** A row without a usable time gets that of the row before it. */
function toEntries(rows: readonly ApiRequest[]): LogEntry[] {
	const times = rows.map(activityTimeOf);
	let latest = times.find((time) => time !== undefined) ?? 0;
	return rows.map((request, index) => {
		latest = times[index] ?? latest;
		return { key: activityIdOf(request), time: latest, request };
	});
}
