/** Feeds with busy days, clocks that are ahead, and pages that are longer than asked for; answered without a server. */

import { describe, expect, it } from '@jest/globals';

import type { Transport } from '../../../nodes/shared/http/transport';
import { EventsClient } from '../../../nodes/shared/eventsApi/eventsClient';
import { parseEventsCursor, type EventsCursor } from '../../../nodes/shared/eventsApi/eventsCursor';
import { EventsSource } from '../../../nodes/shared/eventsApi/eventsSource';
import { DAY_MS, iso } from './scene';

interface Asked {
	readonly cursor?: string;
	readonly start_time?: string;
}

interface Answer {
	readonly status?: number;
	readonly cursor?: string;
	readonly has_more?: boolean;
	readonly items?: readonly object[];
}

class Feed {
	nowMs = Date.UTC(2026, 5, 1);
	readonly asked: Asked[] = [];
	readonly source: EventsSource;
	private cursor: EventsCursor | undefined;

	constructor(answer: (asked: Asked) => Answer) {
		const transport: Transport = async ({ body }) => {
			this.asked.push(body as Asked);
			const { status = 200, ...page } = answer(body as Asked);
			return await Promise.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify(page)) });
		};
		const effects = { now: () => this.nowMs, random: () => 0.5, sleep: async () => await Promise.resolve() };
		this.source = new EventsSource(new EventsClient(transport, effects), { feeds: ['itemUsage'], now: effects.now });
	}

	async read(maxRows = 100_000): Promise<{ ids: string[]; hasGap: boolean }> {
		const limits = { maxRows, deadline: Infinity, from: this.nowMs - DAY_MS };
		const { rows, cursor, hasGap = false } = await this.source.readNew(this.cursor, limits);
		this.cursor = parseEventsCursor(JSON.parse(JSON.stringify(cursor)));
		return { ids: rows.map(({ eventId }) => eventId), hasGap };
	}
}

const eventAt = (uuid: string, timeMs: number): object => ({ uuid, timestamp: iso(timeMs), action: 'reveal' });

const numbered = (count: number, startMs: number): object[] => Array.from({ length: count }, (_, n) => eventAt(`event-${n}`, startMs + n));

describe('an expired cursor', () => {
	it.each([3_000, 5_000])('repeats none of %d events of the last day', async (count) => {
		let isExpired = false;
		const feed: Feed = new Feed(({ cursor }) => {
			if (cursor !== undefined && isExpired) {
				isExpired = false;
				return { status: 400 };
			}
			const from = Number(cursor ?? 0);
			const items = events.slice(from, from + 500);
			return { cursor: String(from + items.length), has_more: from + items.length < events.length, items };
		});
		const events = numbered(count, feed.nowMs - DAY_MS / 2);
		expect((await feed.read()).ids).toHaveLength(count);
		isExpired = true;
		events.unshift(eventAt('late', feed.nowMs - DAY_MS / 2 - 1));
		expect((await feed.read()).ids).toEqual(['late']);
	});

	it('skips nothing although the clock of a device was a year ahead', async () => {
		let isExpired = false;
		const feed: Feed = new Feed(({ cursor }) => {
			if (cursor !== undefined && isExpired) return { status: 400 };
			return { cursor: 'next', has_more: false, items: isExpired ? [] : [eventAt('ahead', feed.nowMs + 365 * DAY_MS)] };
		});
		await feed.read();
		const lastReadMs = feed.nowMs;
		isExpired = true;
		feed.nowMs += 30 * DAY_MS;
		await feed.read();
		expect(Date.parse(feed.asked.at(-1)?.start_time ?? '')).toBeLessThanOrEqual(lastReadMs);
		feed.nowMs += 365 * DAY_MS;
		expect((await feed.read()).hasGap).toBe(true);
	});
});

it.each([5_000, 12_000])('a page of %d events, whatever was asked for, is told once', async (count) => {
	const feed = new Feed(() => ({ cursor: 'end', has_more: false, items: events }));
	const events = numbered(count, feed.nowMs - 20_000);
	expect((await feed.read(100)).ids).toHaveLength(count);
});
