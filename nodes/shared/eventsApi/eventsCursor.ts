/** Where reading the feeds of the Events API continues. It contains no names, titles or values. */

import { EVENTS_FEEDS, type EventsFeed } from '../core/events/eventsFeed';
import { isSeenText } from '../core/events/seenEvents';
import { isObject } from '../core/json';

export interface FeedCursor {
	/** Of the API; '' = begin by time. */
	readonly cursor: string;
	/** Milliseconds since the epoch before which nothing is asked for. */
	readonly from: number;
	/** For a range only: milliseconds since the epoch, exclusive. */
	readonly to?: number;
	/** Whether what is older than `from` was told before, on whatever page it comes. Default false: only on the first one. */
	readonly isResumed?: true;
	/** Time of the newest event so far; for a new beginning should the API no longer take the cursor. */
	readonly lastSeen?: number;
	/** Of `SeenEvents`. */
	readonly seen: string;
}

export interface EventsCursor {
	readonly source: 'events';
	readonly version: 1;
	readonly feeds: Readonly<Partial<Record<EventsFeed, FeedCursor>>>;
}

const MAX_TIME = 8.64e15;

export function parseEventsCursor(stored: unknown): EventsCursor | undefined {
	if (!isObject(stored) || stored.source !== 'events' || stored.version !== 1 || !isObject(stored.feeds)) return undefined;
	const feeds: Partial<Record<EventsFeed, FeedCursor>> = {};
	for (const feed of EVENTS_FEEDS) {
		const cursor = stored.feeds[feed];
		if (cursor === undefined) continue;
		if (!isFeedCursor(cursor)) return undefined;
		feeds[feed] = cursor;
	}
	return { source: 'events', version: 1, feeds };
}

function isFeedCursor(value: unknown): value is FeedCursor {
	if (!isObject(value)) return false;
	const { cursor, from, to, lastSeen, seen, isResumed } = value;
	return (
		typeof cursor === 'string' &&
		isTime(from) &&
		(to === undefined || isTime(to)) &&
		(lastSeen === undefined || isTime(lastSeen)) &&
		(isResumed === undefined || isResumed === true) &&
		isSeenText(seen)
	);
}

function isTime(value: unknown): value is number {
	return typeof value === 'number' && Math.abs(value) <= MAX_TIME;
}
