/** Where reading the feeds of the Events API goes on, from the rows that a table holds of them. */

import type { PastRows } from '../core/audit/auditSource';
import type { EventsFeed } from '../core/events/eventsFeed';
import { SeenEvents } from '../core/events/seenEvents';
import { parseEventsCursor, type EventsCursor, type FeedCursor } from './eventsCursor';
import { OVERLAP_MS } from './feedReader';

/** Apps report usages late, and 1Password itself reports audit events at once: a day of these would be too much for every run. */
const SHORT_OVERLAP_MS = 3_600_000;

/** Rows among which the middle one tells the time: single ones may have come late. */
const ROWS_THAT_TELL = 9;

/** @param now milliseconds since the epoch: no row counts as later. */
export function resumeFeeds({ rows, start, startTime, isCut }: PastRows, feeds: readonly EventsFeed[], now: number): EventsCursor {
	const begin = parseEventsCursor(start);
	// Older rows were told before, and would not be known again.
	const oldest = isCut ? middleTime(rows.slice(0, ROWS_THAT_TELL)) + 1 : -Infinity;
	const cursorOf = (feed: EventsFeed): FeedCursor => {
		const own = rows.filter(({ kind }) => kind === feed);
		const first = begin?.feeds[feed];
		if (own.length === 0 && first !== undefined) return first;
		// Of a feed that has brought nothing, all may be new since collecting began.
		const lastSeen = own.length > 0 ? own.reduce((latest, { time }) => Math.max(latest, Math.min(time, now)), -Infinity) : undefined;
		const since =
			lastSeen === undefined
				? Math.min(startTime ?? now, rows[0]?.time ?? Infinity)
				: lastSeen - (feed === 'auditEvent' ? SHORT_OVERLAP_MS : OVERLAP_MS);
		const seen = new SeenEvents(first?.seen);
		for (const { eventId } of own) seen.add(eventId);
		return {
			cursor: '',
			from: Math.max(since, oldest, first?.from ?? -Infinity),
			isResumed: true,
			...(lastSeen !== undefined && { lastSeen }),
			seen: seen.toText(),
		};
	};
	return { source: 'events', version: 1, feeds: Object.fromEntries(feeds.map((feed) => [feed, cursorOf(feed)])) };
}

function middleTime(rows: PastRows['rows']): number {
	return rows.map(({ time }) => time).sort((one, other) => one - other)[Math.floor(rows.length / 2)] ?? -Infinity;
}
