/** Reads a stretch of the activity log, without reading the whole log for it. */

import { OnePasswordError } from '../../core/onePasswordError';
import {
	FIRST_PAGE_ROWS,
	LATE_MS,
	LogMoved,
	PAGE_ROWS,
	openLog,
	type Activity,
	type AgedLog,
	type LogEntry,
} from './agedLog';
import { descend } from './descendLog';

export interface Stretch {
	/** Milliseconds since the epoch: every row from then on is wanted, from the oldest one on. */
	readonly from: number;
	/** @returns whether enough is read. Default: at the newest row. */
	readonly isEnough?: (entries: readonly LogEntry[]) => boolean;
}

export interface Reading {
	/** Oldest first; the oldest ones may be from before `from`. */
	readonly entries: readonly LogEntry[];
	/** Whether the log still has rows from before `from`. */
	readonly reachesBack: boolean;
	/** Whether the newest row of the log is among them. */
	readonly reachesNewest: boolean;
	/** False for a log whose rows are so close in time that its order is only supposed: then there may be holes. */
	readonly isSure: boolean;
}

/** Rows that are read without looking for the beginning of the stretch first. */
const NEAR_ROWS = FIRST_PAGE_ROWS + 5 * PAGE_ROWS;

/** Rows that are read at once of a long stretch. */
const BLOCK_ROWS = 4 * PAGE_ROWS;

const MAX_ATTEMPTS = 5;

/** @throws OnePasswordError */
export async function readActivity(activity: Activity, stretch: Stretch): Promise<Reading> {
	for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
		const reading = await openLog(activity, attempt)
			.then(async (log) => ({ ...(await readStretch(log, stretch)), isSure: log.isSure }))
			.catch(unlessMoved);
		if (reading !== undefined) return reading;
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

async function readStretch(log: AgedLog, { from, isEnough = () => false }: Stretch): Promise<Omit<Reading, 'isSure'>> {
	// Rows up to this late are between rows that are older than `from`.
	const stop = from - LATE_MS;
	const near = await descend(log, 0, { stop, maxRows: NEAR_ROWS });
	if (near.end !== 'maxRows') {
		return { entries: near.entries.reverse(), reachesBack: near.end === 'stop', reachesNewest: true };
	}
	let position = Math.max(0, (await locate(log, stop)) - BLOCK_ROWS);
	const oldest = await descend(log, position, { stop });
	let entries = oldest.entries.reverse();
	while (position > 0 && !isEnough(entries)) {
		position = Math.max(0, position - BLOCK_ROWS);
		const newer = await descend(log, position, { until: entries[entries.length - 1]?.key });
		entries = entries.concat(newer.entries.reverse());
	}
	return { entries, reachesBack: oldest.end === 'stop', reachesNewest: position === 0 };
}

/** @returns a position not far behind the newest row that is older than `stop`, or the number of rows. */
async function locate(log: AgedLog, stop: number): Promise<number> {
	const isBehind = async (position: number): Promise<boolean> => {
		const [row] = await log.page(position, 1);
		return row === undefined || row.time < stop;
	};
	let newer = NEAR_ROWS;
	let older = log.total() ?? 2 * newer;
	if (log.total() === undefined) {
		for (; !(await isBehind(older)); older *= 2) newer = older;
	}
	while (older - newer > PAGE_ROWS) {
		const middle = Math.floor((newer + older) / 2);
		if (await isBehind(middle)) older = middle;
		else newer = middle;
	}
	return older;
}
