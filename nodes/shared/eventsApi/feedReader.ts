/** Reads one feed page by page, and knows at any moment where to go on. */

import type { AuditRow } from '../core/audit/rows/auditRow';
import type { EventsFeed } from '../core/events/eventsFeed';
import { auditEventId, eventTimeOf, isNoise, toAuditRow } from '../core/events/eventsRow';
import { OnePasswordError } from '../core/errors/onePasswordError';
import { MAX_SEEN_EVENTS, SeenEvents } from '../core/events/seenEvents';
import type { EventsClient, EventsPage, PageStart } from './eventsClient';
import type { FeedCursor } from './eventsCursor';

const DAY_MS = 86_400_000;

/** The API keeps events for so long. */
export const RETENTION_MS = 120 * DAY_MS;

/** How far a new beginning goes back behind the newest event: apps report usages late. */
export const OVERLAP_MS = DAY_MS;

/** Nobody says whether a start time includes its own moment. */
const START_MARGIN_MS = 1_000;

export interface FeedReaderOptions {
	readonly client: EventsClient;
	readonly feed: EventsFeed;
	readonly cursor: FeedCursor;
	/** Events of a page at most, where reading begins by time. */
	readonly pageSize: number;
	readonly withNoise: boolean;
	readonly now: () => number;
}

export class FeedReader {
	/** Whether there is, or may be, more to read. */
	hasMore = true;

	/** Whether events may be gone that came after the ones read last. */
	hasGap = false;

	private cursor: string;
	private lastSeen: number | undefined;
	private readonly seen: SeenEvents;
	/** As it was when reading began again: what is read since then must not displace what is still to come. */
	private seenBefore: SeenEvents | undefined;

	constructor(private readonly options: FeedReaderOptions) {
		this.cursor = options.cursor.cursor;
		this.lastSeen = options.cursor.lastSeen;
		this.seen = new SeenEvents(options.cursor.seen);
	}

	get feed(): EventsFeed {
		return this.options.feed;
	}

	/** Up to when it has read; the feed that lags most is read first. */
	get position(): number {
		return this.lastSeen ?? this.options.cursor.from;
	}

	/**
	 * Reads the next page, which may bring nothing. Of a page that brings more than `room`, the rest comes next time, unless it
	 * is longer than any page that was asked for.
	 * @throws OnePasswordError
	 */
	async readPage(room: number, deadline: number): Promise<AuditRow[]> {
		const isBeginning = this.cursor === '';
		const page = await this.nextPage(deadline);
		if (page === undefined) return [];
		// Of a page that is too long to be remembered, nothing may be left.
		const most = page.events.length > MAX_SEEN_EVENTS / 2 ? Infinity : room;
		const rows: AuditRow[] = [];
		for (const event of page.events) {
			if (this.isUnwanted(event, isBeginning)) continue;
			const id = auditEventId(event);
			const isKnown = this.seen.has(id) || (this.seenBefore?.has(id) ?? false);
			// The page is read again from its beginning: what was delivered of it is known by then.
			if (!isKnown && rows.length >= most) return rows;
			this.seen.add(id);
			if (!isKnown) rows.push(toAuditRow(this.options.feed, event, this.options.now()));
		}
		this.advance(page);
		return rows;
	}

	toCursor(): FeedCursor {
		const { from, to, isResumed } = this.options.cursor;
		return {
			cursor: this.cursor,
			from,
			...(isResumed && { isResumed }),
			...(to !== undefined && { to }),
			...(this.lastSeen !== undefined && { lastSeen: this.lastSeen }),
			seen: this.seen.toText(),
		};
	}

	/** @returns `undefined` where the API no longer takes the cursor: the next call begins again, a bit earlier. */
	private async nextPage(deadline: number): Promise<EventsPage | undefined> {
		const { client, feed } = this.options;
		const start = this.cursor === '' ? this.beginning() : { cursor: this.cursor };
		return await client.page(feed, start, deadline).catch((error: unknown) => {
			const isRefused = error instanceof OnePasswordError && error.code === 'INVALID_INPUT' && error.details.status === 400;
			const isExpired = isRefused && this.cursor !== '';
			if (!isExpired || this.seenBefore !== undefined) throw error;
			this.seenBefore = new SeenEvents(this.seen.toText());
			this.cursor = '';
			return undefined;
		});
	}

	private beginning(): PageStart {
		const { cursor, pageSize, now } = this.options;
		const { from, to } = cursor;
		const first = from - START_MARGIN_MS;
		const again = this.lastSeen === undefined ? first : Math.min(this.lastSeen, now()) - OVERLAP_MS;
		const oldest = now() - RETENTION_MS;
		const wanted = Math.max(first, again);
		this.hasGap ||= this.seenBefore !== undefined && wanted < oldest;
		return {
			startTime: Math.max(wanted, oldest),
			...(to !== undefined && { endTime: to }),
			limit: pageSize,
		};
	}

	private isUnwanted(event: unknown, isBeginning: boolean): boolean {
		const { feed, withNoise, cursor } = this.options;
		if (!withNoise && isNoise(feed, event)) return true;
		const time = eventTimeOf(event);
		if (time === undefined) return false;
		if (cursor.to !== undefined) return time < cursor.from || time >= cursor.to;
		// Once reading has begun nothing is too old: an event may be reported long after it happened.
		return (isBeginning || cursor.isResumed === true) && time < cursor.from;
	}

	private advance(page: EventsPage): void {
		const isEmpty = page.events.length === 0;
		const isStuck = isEmpty && page.cursor === this.cursor;
		this.hasMore = page.hasMore && !isStuck;
		// As 1Password's own clients do: an empty last page leaves the cursor as it was.
		if (page.cursor !== '' && !(isEmpty && !page.hasMore && this.cursor !== '')) this.cursor = page.cursor;
		// A device whose clock is ahead must not make anybody skip what is between.
		const now = this.options.now();
		for (const event of page.events) {
			this.lastSeen = Math.max(this.lastSeen ?? -Infinity, Math.min(eventTimeOf(event) ?? -Infinity, now));
		}
		if (this.lastSeen === -Infinity) this.lastSeen = undefined;
	}
}
