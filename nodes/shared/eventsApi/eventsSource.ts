/**
 * The 1Password Events API as a source of audit rows, over all chosen feeds at once. Every event comes at least once; its
 * uuid is remembered for the newest ones, so that pages which come again, and a cursor that expired, repeat none of them.
 */

import type { AuditRow } from '../core/audit/rows/auditRow';
import type { AuditBatch, AuditLimits, AuditSource, PastRows } from '../core/audit/auditSource';
import type { EventsFeed } from '../core/events/eventsFeed';
import type { OnePasswordError } from '../core/errors/onePasswordError';
import type { EventsClient } from './eventsClient';
import { parseEventsCursor, type EventsCursor, type FeedCursor } from './eventsCursor';
import { isPassing, refusalOf } from './feedFailures';
import { FeedReader, RETENTION_MS } from './feedReader';
import { resumeFeeds } from './resumeFeeds';

export interface EventsSourceOptions {
	readonly feeds: readonly EventsFeed[];
	/** Whether to deliver audit events that nobody caused, too. Default false. */
	readonly withNoise?: boolean;
	/** Milliseconds since the epoch. */
	readonly now: () => number;
}

const MIN_PAGE_SIZE = 100;

/** The API gives up to 1000; the uuids of two pages and more are remembered. */
const MAX_PAGE_SIZE = 500;

/** A tenth of what the API allows in a minute. */
const MAX_PAGES_OF_BATCH = 60;

/** A million events; nothing goes on with a range by itself. */
const MAX_PAGES_OF_RANGE = 2_000;

export class EventsSource implements AuditSource<EventsCursor> {
	constructor(
		private readonly client: EventsClient,
		private readonly options: EventsSourceOptions,
	) {}

	/**
	 * Resolves with fewer rows where the API fails for a while after the first ones; `hasMore` is true then.
	 * @throws OnePasswordError
	 */
	async readNew(cursor: EventsCursor | undefined, limits: AuditLimits & { readonly from?: number }): Promise<AuditBatch<EventsCursor>> {
		const begin = { cursor: '', from: limits.from ?? this.options.now(), seen: '' };
		const batch = await this.read((feed) => cursor?.feeds[feed] ?? begin, limits, MAX_PAGES_OF_BATCH);
		return cursor === undefined ? { ...batch, ...this.startAfter(begin.from) } : batch;
	}

	/** A range of more than `maxRows` rows goes on with `readNew` and the cursor of its batch. @throws OnePasswordError */
	async readRange(range: { readonly from: number; readonly to: number }, limits: AuditLimits): Promise<AuditBatch<EventsCursor>> {
		const batch = await this.read(() => ({ cursor: '', ...range, seen: '' }), limits, MAX_PAGES_OF_RANGE);
		return { ...batch, ...this.startAfter(range.from) };
	}

	parseCursor(stored: unknown): EventsCursor | undefined {
		return parseEventsCursor(stored);
	}

	resume(past: PastRows): EventsCursor {
		return resumeFeeds(past, this.options.feeds, this.options.now());
	}

	private startAfter(asked: number): { logStart?: number } {
		const logStart = this.options.now() - RETENTION_MS;
		return logStart > asked ? { logStart } : {};
	}

	private async read(cursorOf: (feed: EventsFeed) => FeedCursor, limits: AuditLimits, maxPages: number): Promise<AuditBatch<EventsCursor>> {
		const { feeds, withNoise = false, now } = this.options;
		const pageSize = Math.min(Math.max(limits.maxRows, MIN_PAGE_SIZE), MAX_PAGE_SIZE);
		const readers = feeds.map((feed) => ({
			feed,
			reader: new FeedReader({ client: this.client, feed, cursor: cursorOf(feed), pageSize, withNoise, now }),
		}));
		const { rows, refusal } = await this.readPages(
			readers.map(({ reader }) => reader),
			limits,
			maxPages,
		);
		return {
			rows: rows.sort((one, other) => compare(one.timestamp, other.timestamp) || compare(one.eventId, other.eventId)),
			cursor: {
				source: 'events',
				version: 1,
				feeds: Object.fromEntries(readers.map(({ feed, reader }) => [feed, reader.toCursor()])),
			},
			hasMore: readers.some(({ reader }) => reader.hasMore),
			...(readers.some(({ reader }) => reader.hasGap) && { hasGap: true }),
			...(refusal && { refusal }),
		};
	}

	/** Takes turns, a page each, until nothing is left or a limit is reached. */
	private async readPages(readers: readonly FeedReader[], { maxRows, deadline }: AuditLimits, maxPages: number): Promise<Pages> {
		const rows: AuditRow[] = [];
		let failure: unknown;
		const refused = new Map<FeedReader, OnePasswordError>();
		const toPages = (): Pages => {
			const [refusal] = refused.values();
			return { rows, ...(refusal && { refusal }) };
		};
		let pages = 0;
		let open = [...readers].sort((one, other) => one.position - other.position);
		while (open.length > 0) {
			const failed = new Set<FeedReader>();
			for (const reader of open) {
				if (rows.length >= maxRows || pages >= maxPages || this.options.now() >= deadline) return toPages();
				pages += 1;
				const read = await reader.readPage(maxRows - rows.length, deadline).catch((error: unknown) => {
					const refusal = refusalOf(error, reader.feed);
					if (refusal !== undefined) refused.set(reader, refusal);
					else if (isPassing(error)) failure ??= error;
					else throw error;
					failed.add(reader);
					return [];
				});
				rows.push(...read);
			}
			open = open.filter((reader) => reader.hasMore && !failed.has(reader));
		}
		const { refusal } = toPages();
		if (refusal !== undefined && refused.size === readers.length) throw refusal;
		if (failure !== undefined && rows.length === 0) throw failure;
		return toPages();
	}
}

interface Pages {
	readonly rows: AuditRow[];
	/** Of one feed; the others were read. */
	readonly refusal?: OnePasswordError;
}

function compare(one: string, other: string): number {
	return one < other ? -1 : Number(one > other);
}
