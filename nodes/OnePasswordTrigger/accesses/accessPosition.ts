/** What the state keeps for the events of the activity log: how far it was read, and which items matched until a moment ago. */

import { parseCursor, type ActivityCursor } from '../../shared/connect/audit/activityCursor';
import { LATE_MS } from '../../shared/connect/audit/logOrder';
import { isObject } from '../../shared/core/json';
import type { SelectedChange } from '../changes/selectChanges';
import type { PollState } from '../state/pollState';
import type { Watch } from '../watch/watch';

export interface AccessPosition {
	/** Absent where the log was not read yet. */
	readonly cursor?: ActivityCursor;
	/** When the log was last read up to its newest row: milliseconds since the epoch, by n8n's clock. */
	readonly readAt?: number;
	/**
	 * When items were seen to have stopped fitting the filters, milliseconds since the epoch by `vaultId/itemId`: the row of a
	 * read from before that may still be to come.
	 */
	readonly droppedOut: Readonly<Record<string, number>>;
}

/** The latest ones count: they take 23,000 characters. */
const MAX_DROPPED_OUT = 500;

/** @returns what is readable of what was stored. */
export function parsePosition(stored: unknown): AccessPosition {
	const { readAt, droppedOut } = isObject(stored) ? stored : { readAt: undefined, droppedOut: undefined };
	const times = Object.entries(isObject(droppedOut) ? droppedOut : {});
	const cursor = parseCursor(stored);
	return {
		...(cursor && { cursor }),
		...(typeof readAt === 'number' && isTime(readAt) && { readAt }),
		droppedOut: Object.fromEntries(times.filter((entry): entry is [string, number] => Number.isFinite(entry[1]))),
	};
}

function isTime(ms: number): boolean {
	return !Number.isNaN(new Date(ms).getTime());
}

/**
 * @param position of this poll; `undefined` where no access is an event.
 * @param settled changes of this poll; what is known of their items must be as before the poll.
 */
export function storePosition(
	{ matches, startedAt }: Watch,
	position: AccessPosition | undefined,
	settled: readonly SelectedChange[],
): Pick<PollState, 'accesses'> {
	if (position?.cursor === undefined) return {};
	const { cursor, readAt } = position;
	const dropped = settled.flatMap(({ inspection, change: { row, vaultId, itemId } }) => {
		const matched = inspection.known.get(itemId)?.watched === true;
		return matched && row !== undefined && !matches(row) ? [[`${vaultId}/${itemId}`, startedAt] as const] : [];
	});
	// Rows come into the log up to two minutes late.
	const isNeeded = ([, at]: readonly [string, number]): boolean => readAt === undefined || at > readAt - LATE_MS;
	const droppedOut = [...Object.entries(position.droppedOut), ...dropped].filter(isNeeded).slice(-MAX_DROPPED_OUT);
	return {
		accesses: {
			...cursor,
			...(readAt !== undefined && { readAt }),
			...(droppedOut.length > 0 && { droppedOut: Object.fromEntries(droppedOut) }),
		},
	};
}
