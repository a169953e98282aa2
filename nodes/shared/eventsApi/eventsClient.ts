/** The 1Password Events API, version 2. Every method rejects with a `OnePasswordError` only. */

import { FEATURE_OF_FEED, type EventsFeed } from '../core/events/eventsFeed';
import { isObject } from '../core/json';
import { ApiClient } from '../http/apiClient';
import { parseJson } from '../http/responseBody';
import type { Effects } from '../http/sendWithRetry';
import type { HttpRequest, Transport } from '../http/transport';
import { EVENTS_API } from './eventsService';

/** Where a page begins: at a time, or where the page before ended. The API refuses both at once. */
export type PageStart =
	| {
			/** Milliseconds since the epoch. */
			readonly startTime: number;
			readonly endTime?: number;
			/** Events of a page at most, 1 to 1000; it stays with the cursor. */
			readonly limit: number;
	  }
	| { readonly cursor: string };

export interface EventsPage {
	/** Where the next page begins; may be empty on the last one. */
	readonly cursor: string;
	/** Whether there is a next page already; that one may be empty. */
	readonly hasMore: boolean;
	/** In no order; the same event may come twice. */
	readonly events: readonly unknown[];
}

/** The API allows 600 requests a minute and 30,000 an hour: a longer run keeps below both. */
const REQUEST_GAP_MS = 120;

/** Requests of a client before it keeps the distance. */
const UNPACED_REQUESTS = 10;

/** A cursor is kept in n8n's database. */
const MAX_CURSOR_CHARACTERS = 4_096;

export class EventsClient {
	private sent = 0;
	private readonly api: ApiClient;

	constructor(
		transport: Transport,
		private readonly effects: Effects,
	) {
		this.api = new ApiClient({ service: EVENTS_API, transport, effects });
	}

	/** @param deadline milliseconds since the epoch after which the request is not sent again. */
	async page(feed: EventsFeed, start: PageStart, deadline: number): Promise<EventsPage> {
		if (this.sent++ >= UNPACED_REQUESTS) await this.effects.sleep(REQUEST_GAP_MS);
		const route = `/api/v2/${FEATURE_OF_FEED[feed]}`;
		// A read in spite of its method.
		const request: HttpRequest = { method: 'POST', route, path: route, body: toBody(start), repeatable: true };
		const answer = await this.api.send(request, { deadline, accept: ({ status }) => status === 200 });
		const page = toPage(parseJson(answer.response));
		if (page === undefined) throw this.api.unreadable(request, answer);
		return page;
	}
}

function toBody(start: PageStart): object {
	if ('cursor' in start) return { cursor: start.cursor };
	return {
		limit: start.limit,
		start_time: new Date(start.startTime).toISOString(),
		...(start.endTime !== undefined && { end_time: new Date(start.endTime).toISOString() }),
	};
}

function toPage(body: unknown): EventsPage | undefined {
	if (!isObject(body)) return undefined;
	const { has_more: hasMore } = body;
	const cursor: unknown = body.cursor ?? '';
	const events: unknown = body.items ?? [];
	if (typeof cursor !== 'string' || cursor.length > MAX_CURSOR_CHARACTERS) return undefined;
	if (typeof hasMore !== 'boolean' || !Array.isArray(events) || !events.every(isObject)) return undefined;
	// Without a cursor there would be no way to what is said to follow.
	return hasMore && cursor === '' ? undefined : { cursor, hasMore, events };
}
