/** What an audit run reads from, whichever log it is. */

import type { OnePasswordError } from '../errors/onePasswordError';
import type { AuditRow } from './rows/auditRow';

export interface AuditBatch<Cursor> {
	/** Oldest first; none of them was in an earlier batch, as far as the cursor remembers. */
	readonly rows: readonly AuditRow[];
	/** Where the next batch goes on. Plain JSON without titles and values, of bounded size. */
	readonly cursor: Cursor;
	/** Whether more is known to be there already. */
	readonly hasMore: boolean;
	/** Whether the log no longer reaches back to the batch before, so that rows may be missing. Default false. */
	readonly hasGap?: boolean;
	/** Milliseconds since the epoch at which the log begins, where that is later than the time from which on was asked. */
	readonly logStart?: number;
	/** Why a part of the log was left out: it was refused, and the others were not. */
	readonly refusal?: OnePasswordError;
}

export interface AuditLimits {
	/** Rows of a batch at most. */
	readonly maxRows: number;
	/** Rows fewer, but for one, of a batch that has a gap: telling of the gap takes their place. Default 0. */
	readonly rowsForGap?: number;
	/** Milliseconds since the epoch after which no further request starts. */
	readonly deadline: number;
}

/** What was told already, as the table shows it. */
export interface PastRows {
	/** In the order in which they were told. */
	readonly rows: ReadonlyArray<{ readonly eventId: string; readonly time: number; readonly kind: string }>;
	/** The cursor with which collecting began, where it is known. */
	readonly start?: unknown;
	/** Milliseconds since the epoch. */
	readonly startTime?: number;
	/** Whether other rows were told before these ones. */
	readonly isCut: boolean;
}

export interface AuditSource<Cursor> {
	/** @param cursor of the batch before; `undefined` = begin at `from`, or where that is not given with what happens from now on. */
	readNew(cursor: Cursor | undefined, limits: AuditLimits & { readonly from?: number }): Promise<AuditBatch<Cursor>>;
	/** @param from @param to milliseconds since the epoch; `from` inclusive, `to` exclusive. */
	readRange(range: { readonly from: number; readonly to: number }, limits: AuditLimits): Promise<AuditBatch<Cursor>>;
	/** @returns the cursor, if it is one of this source. */
	parseCursor(stored: unknown): Cursor | undefined;
	/** @returns a cursor that goes on behind these rows. There is at least one row or a start. */
	resume(past: PastRows): Cursor;
}
