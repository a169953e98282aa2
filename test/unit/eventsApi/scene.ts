/** An emulated Events API, and the client and the source over it. Tests reach it by their own transport, never by a setting. */

import type { AuditLimits, AuditSource } from '../../../nodes/shared/core/audit/auditSource';
import { EVENTS_FEEDS, type EventsFeed } from '../../../nodes/shared/core/events/eventsFeed';
import { EventsClient } from '../../../nodes/shared/eventsApi/eventsClient';
import type { EventsCursor } from '../../../nodes/shared/eventsApi/eventsCursor';
import { EventsSource } from '../../../nodes/shared/eventsApi/eventsSource';
import type { Effects } from '../../../nodes/shared/http/sendWithRetry';
import { manualClock, type ManualClock } from '../../emulators/connect/clock';
import { startEventsEmulator, type EventsEmulator, type EventsEmulatorOptions } from '../../emulators/events';
import { makeAxiosTransport } from '../../support/axiosTransport';

export interface Scene {
	readonly clock: ManualClock;
	readonly emulator: EventsEmulator;
	readonly effects: Effects;
	/** What the client waited, milliseconds. */
	readonly waits: number[];
	client(token?: string, timeoutMs?: number): EventsClient;
	source(options?: SourceOptions): AuditSource<EventsCursor>;
	/** Without limits that matter. */
	limits(more?: Partial<AuditLimits>): AuditLimits;
	/** Bodies of the requests for a feed, in order. */
	bodies(feed?: string): unknown[];
}

export interface SourceOptions {
	readonly feeds?: readonly EventsFeed[];
	readonly withNoise?: boolean;
	readonly token?: string;
}

export async function openScene(options: EventsEmulatorOptions = {}): Promise<Scene> {
	const clock = manualClock();
	const emulator = await startEventsEmulator({ clock, ...options });
	const waits: number[] = [];
	const effects: Effects = {
		now: clock.now,
		random: () => 0.5,
		sleep: async (ms) => {
			waits.push(ms);
			await clock.sleep(ms);
		},
	};
	const client = (token = emulator.token, timeoutMs?: number): EventsClient =>
		new EventsClient(makeAxiosTransport({ serverUrl: emulator.url, token, ...(timeoutMs && { timeoutMs }) }), effects);
	return {
		...{ clock, emulator, effects, waits, client },
		source: ({ feeds = EVENTS_FEEDS, withNoise, token } = {}) =>
			new EventsSource(client(token), { feeds, now: clock.now, ...(withNoise !== undefined && { withNoise }) }),
		limits: (more = {}) => ({ maxRows: 10_000, deadline: Infinity, ...more }),
		bodies: (feed = '') => emulator.requests.filter(({ path }) => path.endsWith(feed)).map(({ body }) => body),
	};
}

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const iso = (ms: number): string => new Date(ms).toISOString();
