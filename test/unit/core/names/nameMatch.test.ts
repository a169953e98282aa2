import { describe, expect, it } from '@jest/globals';

import { foldName, matchByName, only } from '../../../../nodes/shared/core/names/nameMatch';

const match = (names: ReadonlyArray<string | undefined>, name: string): string => {
	const found = matchByName(
		names.map((text, index) => ({ text, index })),
		name,
		({ text }) => text,
	);
	if (found.kind === 'none') return 'none';
	return found.kind === 'one' ? String(found.found.index) : found.found.map(({ index }) => index).join('+');
};

describe('a name', () => {
	it.each([
		[['a', 'b'], 'b', '1'],
		[['a', 'b'], 'B', '1'],
		[['a', 'A'], 'A', '1'],
		[['A', 'a', 'a'], 'a', '1+2'],
		[['aB', 'Ab'], 'ab', '0+1'],
		[['é'], 'e\u0301', '0'],
		[['a'], 'a ', 'none'],
		[[], 'a', 'none'],
		[[undefined, 'undefined'], 'undefined', '1'],
	])('among %j, %j means %s', (names, name, expected) => {
		expect(match(names, name)).toBe(expected);
	});

	it('that is empty does not match a thing without a name', () => {
		expect(match([undefined, 'a'], '')).toBe('none');
	});

	it('is normalized to one form', () => {
		expect(foldName('ÄPFEL')).toBe(foldName('a\u0308pfel'));
	});
});

it('a match is unique only if there is no other', () => {
	expect([only([]), only([1]), only([1, 2])]).toEqual([{ kind: 'none' }, { kind: 'one', found: 1 }, { kind: 'many', found: [1, 2] }]);
});
