/** Determines where to continue in the activity log from the rows stored in a table. */

import type { PastRows } from '../../core/audit/auditSource';
import { MAX_KNOWN_ROWS, joinKnown, markKnown } from '../../core/changes/knownRows';
import { ROWS_OF_WATERMARK, parseCursor, type ActivityCursor } from './activityCursor';
import { ROWS_THAT_STOP } from './descendLog';
import { LATE_MS, medianOf } from './logOrder';

/** @param now milliseconds since the epoch. */
export function resumeActivity({ rows, start, startTime, isCut }: PastRows, now: number): ActivityCursor {
	const begin = parseCursor(start);
	if (rows.length === 0 && begin !== undefined) return begin;
	const newest = rows.length > 0 ? medianOf(rows.slice(-ROWS_OF_WATERMARK).map(({ time }) => time)) : (startTime ?? now);
	const watermark = Math.min(now, newest);
	const oldest = rows.slice(0, ROWS_THAT_STOP);
	const reachesBack = oldest.length > 0 && oldest.every(({ time }) => time < watermark - LATE_MS);
	const isClosed = isCut || reachesBack || rows.length >= MAX_KNOWN_ROWS || begin?.closed !== undefined;
	return {
		watermark,
		known: joinKnown(begin?.known ?? '', markKnown(rows.map(({ eventId }) => eventId))),
		...(isClosed && { closed: 'asKnown' }),
	};
}
