/** Reads a stretch of the activity log without reading the whole log. */

import type { KnownRows } from '../../core/changes/knownRows';
import { OnePasswordError } from '../../core/errors/onePasswordError';
import { FIRST_PAGE_ROWS, LogMoved, PAGE_ROWS, openLog, type AgedLog } from './agedLog';
import { ROWS_THAT_STOP, descend, isOlder, type Goal } from './descendLog';
import { timesOf, withTimes, type Activity, type LogEntry } from './logEntry';
import { LATE_MS, leanOf, medianOf, otherOrder, type LogOrder } from './logOrder';

export interface Stretch {
	/** Milliseconds since the epoch: every row from then on is wanted, oldest first. */
	readonly from: number;
	/** Rows that the stretch has to reach back to, regardless of times. Default: none. */
	readonly known?: KnownRows;
	/**
	 * The order in which nothing older than the last of them is wanted. `asKnown`: the order in which they follow each other.
	 */
	readonly closed?: LogOrder | 'asKnown';
	/** Found by an earlier reading. */
	readonly order?: LogOrder;
	/** @returns whether enough has been read. Default: at the newest row. */
	readonly isEnough?: (entries: readonly LogEntry[]) => boolean;
}

export interface LogReading {
	/** Oldest first; the first ones may be older than `from`. */
	readonly entries: readonly LogEntry[];
	/** Whether they include the log's newest row. */
	readonly reachesNewest: boolean;
	/** Whether they include the log's oldest row. */
	readonly reachesOldest: boolean;
	/** False if the log's order is only assumed; there may then be gaps. */
	readonly isSure: boolean;
	readonly order: LogOrder;
}

/** Number of rows read without first searching for the beginning of the stretch. */
const NEAR_ROWS = FIRST_PAGE_ROWS + 5 * PAGE_ROWS;

/** Number of rows read at once from a long stretch. */
const BLOCK_ROWS = 4 * PAGE_ROWS;

/** Number of rows searched for known ones if their times don't lead there. */
const MAX_SEARCH_ROWS = 20 * PAGE_ROWS;

/** Number of rows used to determine the time of a position. */
const PROBE_ROWS = 5;

const MAX_ATTEMPTS = 5;

/** @throws OnePasswordError */
export async function readActivity(activity: Activity, stretch: Stretch): Promise<LogReading> {
	for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
		const reading = await readOnce(activity, stretch, attempt).catch(unlessMoved);
		if (reading !== undefined) return { ...reading, entries: withTimes(reading.entries) };
	}
	throw new OnePasswordError({
		code: 'UNAVAILABLE',
		message: `The activity log changed unexpectedly during ${MAX_ATTEMPTS} attempts to read it.`,
		advice: 'Run the node again. Behind a load balancer, use the address of a single Connect server.',
		route: 'GET /v1/activity',
	});
}

function unlessMoved(error: unknown): undefined {
	if (!(error instanceof LogMoved)) throw error;
}

/**
 * Rows emitted before show whether the log was read in the right direction. If they are not found in sequence, the log may
 * have the opposite order, a clock may have been corrected, or the rows are gone.
 */
async function readOnce(activity: Activity, stretch: Stretch, attempt: number): Promise<LogReading> {
	const { known, order, from } = stretch;
	const log = await openLog(activity, { attempt, ...(order && { order }) });
	const reading = await readStretch(log, stretch);
	if (known === undefined || known.size === 0 || meets(reading, stretch)) return reading;
	// A clock set back is no reason to doubt the order.
	const found = order && isBehind(reading, from) ? await search(log, known) : undefined;
	if (found !== undefined && meets(found, stretch)) return found;
	// Read in the wrong direction, a growing log seems to move.
	const turned = await openLog(activity, { order: otherOrder(log.order), attempt })
		.then(async (other) => await readStretch(other, stretch))
		.catch(unlessMoved);
	if (turned !== undefined && meets(turned, stretch)) return turned;
	const shown = await openLog(activity, { attempt });
	const likely = { ...(shown.order === log.order || turned === undefined ? reading : turned), isSure: shown.isSure };
	if (!isBehind(likely, from)) return likely;
	const last = await search(shown, known);
	return meets(last, stretch) ? last : likely;
}

function isBehind({ entries }: LogReading, from: number): boolean {
	return isOlder(entries.slice(0, ROWS_THAT_STOP), from);
}

/** @returns the newest rows up to the known ones, regardless of times. */
async function search(log: AgedLog, known: KnownRows): Promise<LogReading> {
	const { entries, end } = await descend(log, 0, { known, maxRows: MAX_SEARCH_ROWS });
	return toReading(log, entries.reverse(), { reachesNewest: true, reachesOldest: end === 'oldest' });
}

/** Known rows keep their order, regardless of clocks. This says nothing about an order that was only assumed. */
function meets({ entries }: LogReading, { known, order }: Stretch): boolean {
	const places = entries.flatMap(({ key }) => known?.placeOf(key) ?? []);
	return places.length > 0 && (order === undefined || leanOf(places) !== 'newestFirst');
}

async function readStretch(log: AgedLog, { from, known, closed, isEnough = () => false }: Stretch): Promise<LogReading> {
	// Rows this late can be between rows that are older than `from`.
	const stop = from - LATE_MS;
	// If the order is only assumed, new rows may follow where known ones seem to end.
	const goal: Goal = { stop, ...(known && log.isSure && (closed === 'asKnown' || log.order === closed) && { known }) };
	const near = await descend(log, 0, { ...goal, maxRows: NEAR_ROWS });
	if (near.end !== 'maxRows') {
		return toReading(log, near.entries.reverse(), { reachesNewest: true, reachesOldest: near.end === 'oldest' });
	}
	let position = Math.max(0, (await locate(log, stop)) - BLOCK_ROWS);
	const oldest = await descend(log, position, goal);
	let entries = oldest.entries.reverse();
	while (position > 0 && !isEnough(entries)) {
		position = Math.max(0, position - BLOCK_ROWS);
		const newer = await descend(log, position, { until: entries[entries.length - 1]?.key });
		entries = entries.concat(newer.entries.reverse());
	}
	return toReading(log, entries, { reachesNewest: position === 0, reachesOldest: oldest.end === 'oldest' });
}

function toReading({ isSure, order }: AgedLog, entries: LogEntry[], reach: Pick<LogReading, 'reachesNewest' | 'reachesOldest'>): LogReading {
	return { entries, ...reach, isSure, order };
}

/** @returns a position shortly after the newest row older than `stop`, or the number of rows. */
async function locate(log: AgedLog, stop: number): Promise<number> {
	const isBehind = async (position: number): Promise<boolean> => {
		const rows = await log.page(position, PROBE_ROWS);
		return rows.length === 0 || medianOf(timesOf(rows)) < stop;
	};
	let newer = NEAR_ROWS;
	const { stated = 0 } = log;
	let older = stated > newer && stated < Number.MAX_SAFE_INTEGER ? stated : 2 * newer;
	for (; !(await isBehind(older)); older *= 2) newer = older;
	while (older - newer > PAGE_ROWS) {
		const middle = Math.floor((newer + older) / 2);
		if (await isBehind(middle)) older = middle;
		else newer = middle;
	}
	return older;
}
