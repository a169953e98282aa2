/** Reads a stretch of the activity log, without reading the whole log for it. */

import type { KnownRows } from '../../core/changes/knownRows';
import { OnePasswordError } from '../../core/errors/onePasswordError';
import { FIRST_PAGE_ROWS, LogMoved, PAGE_ROWS, openLog, type AgedLog } from './agedLog';
import { ROWS_THAT_STOP, descend, isOlder, type Goal } from './descendLog';
import { timesOf, withTimes, type Activity, type LogEntry } from './logEntry';
import { LATE_MS, leanOf, medianOf, otherOrder, type LogOrder } from './logOrder';

export interface Stretch {
	/** Milliseconds since the epoch: every row from then on is wanted, from the oldest one on. */
	readonly from: number;
	/** Rows that the stretch has to reach back to, whatever the times say. Default none. */
	readonly known?: KnownRows;
	/** The order in which nothing is wanted that is older than the last of them. `asKnown`: the one in which they follow each other. */
	readonly closed?: LogOrder | 'asKnown';
	/** Found by an earlier reading. */
	readonly order?: LogOrder;
	/** @returns whether enough is read. Default: at the newest row. */
	readonly isEnough?: (entries: readonly LogEntry[]) => boolean;
}

export interface Reading {
	/** Oldest first; the oldest ones may be from before `from`. */
	readonly entries: readonly LogEntry[];
	/** Whether the newest row of the log is among them. */
	readonly reachesNewest: boolean;
	/** Whether the oldest row of the log is among them. */
	readonly reachesOldest: boolean;
	/** False for a log whose order is only supposed: then there may be holes. */
	readonly isSure: boolean;
	readonly order: LogOrder;
}

/** Rows that are read without looking for the beginning of the stretch first. */
const NEAR_ROWS = FIRST_PAGE_ROWS + 5 * PAGE_ROWS;

/** Rows that are read at once of a long stretch. */
const BLOCK_ROWS = 4 * PAGE_ROWS;

/** Rows that are searched for known ones where the times do not lead to them. */
const MAX_SEARCH_ROWS = 20 * PAGE_ROWS;

/** Rows among which the time of a place is looked for. */
const PROBE_ROWS = 5;

const MAX_ATTEMPTS = 5;

/** @throws OnePasswordError */
export async function readActivity(activity: Activity, stretch: Stretch): Promise<Reading> {
	for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
		const reading = await readOnce(activity, stretch, attempt).catch(unlessMoved);
		if (reading !== undefined) return { ...reading, entries: withTimes(reading.entries) };
	}
	throw new OnePasswordError({
		code: 'UNAVAILABLE',
		message: `The activity log changed in an unforeseen way during ${MAX_ATTEMPTS} attempts to read it.`,
		advice: 'Run the node again. Behind a load balancer, give it the address of one Connect server.',
		route: 'GET /v1/activity',
	});
}

function unlessMoved(error: unknown): undefined {
	if (!(error instanceof LogMoved)) throw error;
}

/**
 * What was told before shows whether the reading went the right way: where it did not meet those rows as they follow each
 * other, the log may be the other way round, a clock may have been put right, or the rows are gone.
 */
async function readOnce(activity: Activity, stretch: Stretch, attempt: number): Promise<Reading> {
	const { known, order, from } = stretch;
	const log = await openLog(activity, { attempt, ...(order && { order }) });
	const reading = await readStretch(log, stretch);
	if (known === undefined || known.size === 0 || meets(reading, stretch)) return reading;
	// A clock that was put back is no reason to doubt the order.
	const found = order && isBehind(reading, from) ? await search(log, known) : undefined;
	if (found !== undefined && meets(found, stretch)) return found;
	// Read the wrong way round, a log that grows seems to move.
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

function isBehind({ entries }: Reading, from: number): boolean {
	return isOlder(entries.slice(0, ROWS_THAT_STOP), from);
}

/** @returns the newest rows up to the known ones, whatever the times say. */
async function search(log: AgedLog, known: KnownRows): Promise<Reading> {
	const { entries, end } = await descend(log, 0, { known, maxRows: MAX_SEARCH_ROWS });
	return toReading(log, entries.reverse(), { reachesNewest: true, reachesOldest: end === 'oldest' });
}

/** Known rows keep their order, whatever the clocks do; of an order that was only supposed it tells nothing. */
function meets({ entries }: Reading, { known, order }: Stretch): boolean {
	const places = entries.flatMap(({ key }) => known?.placeOf(key) ?? []);
	return places.length > 0 && (order === undefined || leanOf(places) !== 'newestFirst');
}

async function readStretch(log: AgedLog, { from, known, closed, isEnough = () => false }: Stretch): Promise<Reading> {
	// Rows up to this late are between rows that are older than `from`.
	const stop = from - LATE_MS;
	// In an order that is only supposed, new rows may follow where known ones seem to end.
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

function toReading({ isSure, order }: AgedLog, entries: LogEntry[], reach: Pick<Reading, 'reachesNewest' | 'reachesOldest'>): Reading {
	return { entries, ...reach, isSure, order };
}

/** @returns a position not far behind the newest row that is older than `stop`, or the number of rows. */
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
