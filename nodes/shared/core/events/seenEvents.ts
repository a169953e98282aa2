/** Remembers the newest delivered events, so that a page that is returned again doesn't repeat them. */

import { createHash } from 'node:crypto';

/** 72 bits: enough that a few thousand events never collide. */
const MARK_CHARACTERS = 12;

/** Ten pages of 500 events. After a cursor has expired, at most a day's events are returned again. */
export const MAX_SEEN_EVENTS = 5_000;

const TEXT = new RegExp(`^([\\w-]{${MARK_CHARACTERS}}){0,${MAX_SEEN_EVENTS}}$`);

export class SeenEvents {
	/** Oldest first. */
	private readonly marks: Set<string>;

	/** @param text output of `toText`; anything else counts as empty. */
	constructor(text = '') {
		this.marks = new Set(isSeenText(text) ? (text.match(/.{12}/g) ?? []) : []);
	}

	has(eventId: string): boolean {
		return this.marks.has(markOf(eventId));
	}

	/** Adds it as the newest and drops the oldest ones. */
	add(eventId: string): void {
		const mark = markOf(eventId);
		this.marks.delete(mark);
		this.marks.add(mark);
		for (const oldest of this.marks) {
			if (this.marks.size <= MAX_SEEN_EVENTS) return;
			this.marks.delete(oldest);
		}
	}

	/** @returns at most 60,000 characters, from which no ID can be recovered. */
	toText(): string {
		return [...this.marks].join('');
	}
}

export function isSeenText(text: unknown): text is string {
	return typeof text === 'string' && TEXT.test(text);
}

function markOf(eventId: string): string {
	return createHash('sha256').update(eventId).digest('base64url').slice(0, MARK_CHARACTERS);
}
