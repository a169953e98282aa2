import type { Feed } from './emulator';
import { failure } from './failure';

/** What a cursor represents. */
export interface Position {
	readonly feed: Feed;
	/** Index of the next entry of the list to look at. */
	readonly next: number;
	readonly limit: number;
	/** Milliseconds since 1970; for entries that were there when reading began. */
	readonly start: number;
	/** Length of the list when reading began: anything later is new, regardless of its time. */
	readonly known: number;
	/** Milliseconds since 1970. */
	readonly end?: number;
}

/** Issues cursors and reads them back. Clients must not parse them. */
export class Cursors {
	private expiredBefore = -1;
	private issued = 0;

	encode(position: Position, nowMs: number): string {
		// Numbered, so that two cursors for one position differ.
		return Buffer.from(JSON.stringify({ ...position, number: this.issued++, nowMs })).toString('base64');
	}

	/** @throws EventsFailure 400 */
	decode(cursor: string, feed: Feed, nowMs: number, lifeMs: number): Position {
		const content = parse(cursor);
		if (content?.feed !== feed) throw failure.badCursor();
		if (content.number <= this.expiredBefore || nowMs - content.nowMs >= lifeMs) throw failure.badCursor();
		return content;
	}

	expireAll(): void {
		this.expiredBefore = this.issued - 1;
	}
}

function parse(cursor: string): (Position & { number: number; nowMs: number }) | undefined {
	try {
		return JSON.parse(Buffer.from(cursor, 'base64').toString('utf8')) as Position & { number: number; nowMs: number };
	} catch {
		return undefined;
	}
}
