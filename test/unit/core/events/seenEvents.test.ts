import { describe, expect, it } from '@jest/globals';

import { MAX_SEEN_EVENTS, SeenEvents, isSeenText } from '../../../../nodes/shared/core/events/seenEvents';

function seen(...ids: string[]): SeenEvents {
	const events = new SeenEvents();
	for (const id of ids) events.add(id);
	return events;
}

describe('seen events', () => {
	it('are recognized from their text, which reveals no ID', () => {
		const text = seen('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'b').toText();
		const again = new SeenEvents(text);
		expect([again.has('ABCDEFGHIJKLMNOPQRSTUVWXYZ'), again.has('b'), again.has('c')]).toEqual([true, true, false]);
		expect(text).not.toContain('ABCDEF');
		expect(again.toText()).toBe(text);
	});

	it('are the newest ones, with limited size', () => {
		const events = seen(...Array.from({ length: MAX_SEEN_EVENTS }, (_, index) => `event ${index}`));
		// Seen again, it is new again.
		for (const id of ['event 0', 'another', 'one more']) events.add(id);
		const text = events.toText();
		expect(text).toHaveLength(MAX_SEEN_EVENTS * 12);
		expect(isSeenText(text)).toBe(true);
		const known = ['event 0', 'event 1', 'event 2', 'event 3', 'another', 'one more'].filter((id) => events.has(id));
		expect(known).toEqual(['event 0', 'event 3', 'another', 'one more']);
	});

	it.each([['x'], ['*'.repeat(12)], [7], [undefined], ['a'.repeat(12 * (MAX_SEEN_EVENTS + 1))]])("can't be read from %j", (text) => {
		expect(isSeenText(text)).toBe(false);
		expect(new SeenEvents(text as string).toText()).toBe('');
	});
});
