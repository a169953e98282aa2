/** Searches the activity log from its newest row, without reading the whole log. */

import { toAuditRow } from '../../core/audit/rows/activityRow';
import type { AuditRow } from '../../core/audit/rows/auditRow';
import { FIRST_PAGE_ROWS, LogMoved, openLog } from './agedLog';
import { descend } from './descendLog';
import type { Activity } from './logEntry';

/** Number of rows searched if the first page contains none. */
const MAX_ROWS = 5_000;

const MAX_ATTEMPTS = 3;

/**
 * @returns matching rows, newest first: those on the first page if it has some, otherwise those among the newest 5,000 rows.
 */
export async function newestRows(activity: Activity, isWanted: (row: AuditRow) => boolean): Promise<AuditRow[]> {
	for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
		const found = await lookThrough(activity, attempt, isWanted).catch(unlessMoved);
		if (found !== undefined) return found;
	}
	return [];
}

async function lookThrough(activity: Activity, attempt: number, isWanted: (row: AuditRow) => boolean): Promise<AuditRow[]> {
	for (const maxRows of [FIRST_PAGE_ROWS, MAX_ROWS]) {
		const log = await openLog(activity, { attempt });
		const { entries, end } = await descend(log, 0, { maxRows });
		const found = entries.map(({ request, time }) => toAuditRow(request, time)).filter(isWanted);
		// The order of a short log may only be assumed.
		if (found.length > 0 || end !== 'maxRows') return found.sort((a, b) => b.timestamp.localeCompare(a.timestamp));
	}
	return [];
}

function unlessMoved(error: unknown): undefined {
	if (!(error instanceof LogMoved)) throw error;
}
