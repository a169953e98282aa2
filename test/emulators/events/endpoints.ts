import type { Behaviour, Feed, StoredEvent } from './emulator';
import { Cursors, type Position } from './cursors';
import type { Entry, EventList } from './eventList';
import { failure } from './failure';
import { readCursorBody } from './requestBody';
import type { Grant } from './tokens';

const DAY_MS = 86_400_000;

/** What version 2 of the API added. */
const MEMBERS_OF_V2 = ['account_uuid', 'actor_type', 'actor_account_uuid'];
const USER_MEMBERS_OF_V2 = ['user_type', 'user_account_uuid'];

export type ApiVersion = 'v1' | 'v2';

export function introspect({ uuid, features, issuedAt }: Grant, version: ApiVersion): object {
	const issued = new Date(issuedAt).toISOString();
	if (version === 'v1') return { UUID: uuid, IssuedAt: issued, Features: features };
	return { uuid, issued_at: issued, features, account_uuid: 'EMULATEDACCOUNT' };
}

/** The three feeds. */
export class Collections {
	readonly cursors = new Cursors();
	private pages = 0;

	constructor(
		private readonly list: EventList,
		private readonly behaviour: Behaviour,
	) {}

	/** @throws EventsFailure 400, and 401 for a token without this feed. */
	read(feed: Feed, version: ApiVersion, body: unknown, grant: Grant, nowMs: number): object {
		if (!grant.features.includes(feed)) throw failure.unauthorized();
		const position = this.positionOf(feed, body, nowMs);
		const { overlap, emptyPageEvery, fullPageHasMore } = this.behaviour;
		this.pages += 1;
		if (emptyPageEvery > 0 && this.pages % emptyPageEvery === 0) return this.page(position, true, [], version, nowMs);
		const fits = (entry: Entry, index: number): boolean => this.isIn(position, entry, index, nowMs);
		const again = this.before(position, Math.min(overlap, position.limit - 1), fits);
		const fresh: StoredEvent[] = [];
		let next = position.next;
		while (next < this.list.entries.length && again.length + fresh.length < position.limit) {
			const entry = this.list.entries[next];
			if (entry !== undefined && fits(entry, next)) fresh.push(entry.event);
			next += 1;
		}
		const isFull = fresh.length > 0 && again.length + fresh.length >= position.limit;
		const rest = this.list.entries.some((entry, index) => index >= next && fits(entry, index));
		return this.page({ ...position, next }, rest || (isFull && fullPageHasMore), [...again, ...fresh], version, nowMs);
	}

	private positionOf(feed: Feed, body: unknown, nowMs: number): Position {
		const asked = readCursorBody(body, nowMs);
		if ('cursor' in asked) return this.cursors.decode(asked.cursor, feed, nowMs, this.behaviour.cursorLifeMs);
		const { limit, start, end } = asked;
		return { feed, next: 0, limit, start, known: this.list.entries.length, ...(end !== undefined && { end }) };
	}

	private isIn({ feed, start, known, end }: Position, entry: Entry, index: number, nowMs: number): boolean {
		const { startIncluded, endIncluded, retentionDays } = this.behaviour;
		const time = Date.parse(entry.event.timestamp);
		const isBeforeEnd = end === undefined || time < end || (endIncluded && time === end);
		if (entry.feed !== feed || !isBeforeEnd) return false;
		const isAfterStart = time > start || (startIncluded && time === start);
		return index >= known || (isAfterStart && time >= nowMs - retentionDays * DAY_MS);
	}

	/** The last entries before the position. */
	private before({ next }: Position, count: number, fits: (entry: Entry, index: number) => boolean): StoredEvent[] {
		const earlier = this.list.entries.filter((entry, index) => index < next && fits(entry, index));
		return earlier.slice(earlier.length - Math.min(count, earlier.length)).map(({ event }) => event);
	}

	private page(position: Position, hasMore: boolean, events: readonly StoredEvent[], version: ApiVersion, nowMs: number): object {
		return {
			cursor: this.cursors.encode(position, nowMs),
			has_more: hasMore,
			items: version === 'v2' ? events : events.map(toVersion1),
		};
	}
}

function toVersion1(event: StoredEvent): object {
	const known = Object.fromEntries(Object.entries(event).filter(([member]) => !MEMBERS_OF_V2.includes(member)));
	for (const person of ['user', 'target_user'] as const) {
		const value = known[person];
		if (typeof value !== 'object' || value === null) continue;
		known[person] = Object.fromEntries(Object.entries(value).filter(([member]) => !USER_MEMBERS_OF_V2.includes(member)));
	}
	return known;
}
