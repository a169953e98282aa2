import type { Clock } from '../connect/clock';
import type { FaultScript } from '../connect/faults';

/** Names of the feeds in paths and in tokens. */
export const FEEDS = ['itemusages', 'signinattempts', 'auditevents'] as const;

export type Feed = (typeof FEEDS)[number];

/** Members as on the wire. `uuid` and `timestamp` are filled in where they are missing. */
export type EventDraft = Readonly<Record<string, unknown>>;

export interface StoredEvent {
	readonly uuid: string;
	/** RFC 3339. */
	readonly timestamp: string;
	readonly [member: string]: unknown;
}

export interface SeedEvent {
	readonly feed: Feed;
	readonly event: EventDraft;
}

/** How the server behaves where real ones differ, or are not known. Live: changes count from the next request on. */
export interface Behaviour {
	/** Number of events from the previous page repeated at the beginning of a page. Default 0. */
	overlap: number;
	/** Every n-th page is empty and says that there is more. Default 0: none. */
	emptyPageEvery: number;
	/** Whether a full page says that there is more even if it is the last. Default true. */
	fullPageHasMore: boolean;
	/** Milliseconds until a cursor is refused with 400. Default: never. */
	cursorLifeMs: number;
	/** Requests of a token in any 60 seconds, and in any hour; more get 429. */
	perMinute: number;
	perHour: number;
	/** Whether a 429 says when to come back. Default false. */
	retryAfter: boolean;
	/** Older events are no longer found by time. Default 120. */
	retentionDays: number;
	/** Whether a start time, and an end time, includes its own moment. Default true and false. */
	startIncluded: boolean;
	endIncluded: boolean;
	/** `{"Error":{"Message"}}` as in the API description, or `{"status","message"}` as on the documentation pages. */
	errorBody: 'description' | 'pages';
	/** Milliseconds between the two halves of every body. Default 0. */
	bodyPauseMs: number;
}

export interface EventsEmulatorOptions {
	/** In the order in which the server received them. Default none. */
	readonly seed?: readonly SeedEvent[];
	/** Default the real one. */
	readonly clock?: Clock;
	/** Default 0: any free port. */
	readonly port?: number;
	/** Default '127.0.0.1'. */
	readonly host?: string;
	/** PEM texts; serves https. Default: http. */
	readonly tls?: { readonly key: string; readonly cert: string };
	readonly behaviour?: Partial<Behaviour>;
}

export interface TokenGrant {
	/** Default: all feeds. `null`: a token that does not say. */
	readonly features?: readonly string[] | null;
	/** Claim `aud`. Default `['events.1password.com']`. */
	readonly audience?: unknown;
	/** Milliseconds since 1970. Default: never. */
	readonly expiresAt?: number;
}

export interface RecordedRequest {
	/** Milliseconds since 1970. */
	readonly at: number;
	readonly method: string;
	readonly path: string;
	/** Of the answer; 0 where the connection was broken before one. */
	readonly status: number;
	/** Parsed JSON, where there was any. */
	readonly body?: unknown;
	readonly authorization?: string;
	readonly userAgent?: string;
}

export interface EventsEmulator {
	/** Base address without a slash at its end. */
	readonly url: string;
	/** May read all feeds. */
	readonly token: string;
	issueToken(grant?: TokenGrant): string;
	/** From now on the token gets 401. */
	revokeToken(token: string): void;
	/** Something happened, or is reported only now where `timestamp` is earlier. A second event may have the same `uuid`. */
	add(feed: Feed, event?: EventDraft): StoredEvent;
	/** In the order in which the server learnt of them. */
	events(feed: Feed): readonly StoredEvent[];
	/** All cursors given out so far are refused from now on. */
	expireCursors(): void;
	readonly behaviour: Behaviour;
	readonly faults: FaultScript;
	/** Every request in order of its answer; a live list. */
	readonly requests: readonly RecordedRequest[];
	/** Breaks all connections at once. */
	close(): Promise<void>;
}
