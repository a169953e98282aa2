import type { Clock } from '../connect/clock';
import { seededIds } from '../connect/ids';
import type { EventDraft, Feed, SeedEvent, StoredEvent } from './emulator';

export interface Entry {
	readonly feed: Feed;
	readonly event: StoredEvent;
}

/** The server's events, in the order in which they were received. One list for all feeds. */
export class EventList {
	readonly entries: Entry[] = [];
	private readonly ids = seededIds(7);

	constructor(
		private readonly clock: Clock,
		seed: readonly SeedEvent[],
	) {
		for (const { feed, event } of seed) this.add(feed, event);
	}

	add(feed: Feed, draft: EventDraft = {}): StoredEvent {
		const event: StoredEvent = {
			uuid: this.ids.next().toUpperCase(),
			timestamp: new Date(this.clock.now()).toISOString(),
			...draft,
		};
		this.entries.push({ feed, event });
		return structuredClone(event);
	}

	of(feed: Feed): StoredEvent[] {
		return this.entries.filter((entry) => entry.feed === feed).map(({ event }) => structuredClone(event));
	}
}
