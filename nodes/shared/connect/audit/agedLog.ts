/**
 * The activity log from its newest row to its oldest. Connect documents neither the log's order, nor its largest page, nor
 * how long it keeps rows. Positions are counted from the newest row at the start of a run, which hides the order. New rows
 * and dropped old ones can only move a row to a higher position.
 */

import { readEnd } from './logEnd';
import { timesOf, toEntries, type Activity, type ActivityRows, type LogEntry } from './logEntry';
import { leanOf, orderBetween, orderOf, otherOrder, type LogOrder } from './logOrder';

export interface AgedLog {
	readonly order: LogOrder;
	/** False if the order is only assumed because the rows don't show it. */
	readonly isSure: boolean;
	/** @returns at most `limit` rows, newest first, starting at a position; empty after the oldest one. */
	page(position: number, limit: number): Promise<readonly LogEntry[]>;
	/** The number of rows according to Content-Range. */
	readonly stated?: number;
	/** Whether the first page is certain to be the whole log. */
	readonly isShort: boolean;
}

/** Most polls find fewer new rows than this. */
export const FIRST_PAGE_ROWS = 500;
export const PAGE_ROWS = 1_000;

/** Connect's default page size: no server returns shorter pages unless the log ends. */
const UNCUT_ROWS = 50;

/** The log was shortened or started over while it was read. */
export class LogMoved extends Error {}

export interface OpenOptions {
	/** Found by an earlier reading. Default: determined from the rows. */
	readonly order?: LogOrder;
	/** If nothing shows the order, every other attempt assumes the opposite one. */
	readonly attempt: number;
}

/** @throws LogMoved, which `page` throws as well. */
export async function openLog(activity: Activity, { order, attempt }: OpenOptions): Promise<AgedLog> {
	const { rows, total: stated } = await activity.activity({ limit: FIRST_PAGE_ROWS, offset: 0 });
	const read: ActivityRows = async (offset, limit) => toEntries((await activity.activity({ limit, offset })).rows);
	const first = toEntries(rows);
	if (first.length === 0) {
		return { order: 'newestFirst', isSure: false, isShort: true, page: async () => await Promise.resolve([]) };
	}
	const isShort = first.length < UNCUT_ROWS && stated === first.length;
	const start = { read, first, isShort, ...(stated !== undefined && { stated }) };
	const found = order ?? orderOf(timesOf(first)) ?? (isShort ? undefined : await probe(start));
	const log = await openInOrder(start, found ?? supposedOrder(first, attempt));
	return { ...log, isSure: found !== undefined };
}

interface Start {
	readonly read: ActivityRows;
	/** The first page, in the order of the log. */
	readonly first: readonly LogEntry[];
	readonly isShort: boolean;
	readonly stated?: number;
}

async function openInOrder(start: Start, order: LogOrder): Promise<Omit<AgedLog, 'isSure'>> {
	const page = order === 'newestFirst' ? newestFirst(start) : await oldestFirst(start);
	return { order, page, isShort: start.isShort, ...(start.stated !== undefined && { stated: start.stated }) };
}

function newestFirst({ read, first }: Start): AgedLog['page'] {
	let start: readonly LogEntry[] | undefined = first;
	return async (position, limit) => {
		const page = position === 0 && start !== undefined ? start : await read(position, limit);
		start = undefined;
		return page;
	};
}

async function oldestFirst({ read, first, stated, isShort }: Start): Promise<AgedLog['page']> {
	const end = isShort ? { total: first.length, rows: first } : await readEnd(read, first, stated);
	if (end === undefined) throw new LogMoved();
	let start: readonly LogEntry[] | undefined = end.rows.slice().reverse();
	// A server that shortens a page keeps the first rows, which are the older ones.
	let [least, largest] = [first.length, first.length < FIRST_PAGE_ROWS ? first.length : PAGE_ROWS];
	return async (position, limit) => {
		const newest = position === 0 ? start : undefined;
		start = undefined;
		if (newest !== undefined) return newest;
		for (;;) {
			const after = end.total - position;
			if (after <= 0) return [];
			const offset = Math.max(0, after - Math.min(limit, largest));
			const rows = await read(offset, after - offset);
			if (rows.length >= after - offset) return rows.slice().reverse();
			// The server has returned longer pages before, so this one is shorter because the log ends.
			if (rows.length < least) throw new LogMoved();
			least = largest = rows.length;
		}
	};
}

/** Compares the first rows with those at the end of the log. */
async function probe({ read, first, stated }: Start): Promise<LogOrder | undefined> {
	const [next] = await read(first.length, 1);
	// Rows added in the meantime have moved others there, or that was the whole log.
	if (next === undefined || first.some(({ key }) => key === next.key)) return undefined;
	const end = await readEnd(read, first, stated);
	if (end === undefined || end.total <= first.length) return undefined;
	const far = timesOf(end.rows);
	const order = orderBetween(timesOf(first), far);
	if (order !== 'oldestFirst') return order;
	// A log that begins with its newest row seems reversed if it grew a lot in the meantime.
	return orderBetween(timesOf(await read(0, first.length)), far);
}

function supposedOrder(first: readonly LogEntry[], attempt: number): LogOrder {
	const order = leanOf(timesOf(first)) ?? 'newestFirst';
	return attempt % 2 === 0 ? otherOrder(order) : order;
}
