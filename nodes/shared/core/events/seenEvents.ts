/** Remembers the newest events that were delivered, so that a page which comes again brings none of them twice. */

import { createHash } from 'node:crypto';

/** 72 bits: two of a few thousand events are never taken for one. */
const MARK_CHARACTERS = 12;

/** Ten pages of 500 events: what comes again after a cursor expired is at most that of a day. */
export const MAX_SEEN_EVENTS = 5_000;

const TEXT = new RegExp(`^([\\w-]{${MARK_CHARACTERS}}){0,${MAX_SEEN_EVENTS}}$`);

export class SeenEvents {
	/** Oldest first. */
	private readonly marks: Set<string>;

	/** @param text of `toText`; one that is none counts as empty. */
	constructor(text = '') {
		this.marks = new Set(isSeenText(text) ? (text.match(/.{12}/g) ?? []) : []);
	}

	has(eventId: string): boolean {
		return this.marks.has(markOf(eventId));
	}

	/** Makes it the newest; the oldest ones give way. */
	add(eventId: string): void {
		const mark = markOf(eventId);
		this.marks.delete(mark);
		this.marks.add(mark);
		for (const oldest of this.marks) {
			if (this.marks.size <= MAX_SEEN_EVENTS) return;
			this.marks.delete(oldest);
		}
	}

	/** @returns 60,000 characters at most; no id can be read from them. */
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
