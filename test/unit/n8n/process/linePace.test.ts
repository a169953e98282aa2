import { expect, it } from '@jest/globals';

import { LinePace } from '../../../../nodes/shared/n8n/process/linePace';

it('equal lines come ten seconds apart, and say how many were left out', () => {
	let nowMs = 0;
	const pace = new LinePace(() => nowMs);
	const admitted = [0, 1, 9_999, 10_000, 10_001, 30_000].map((ms) => {
		nowMs = ms;
		return pace.admit('a');
	});
	expect(admitted).toEqual([0, undefined, undefined, 2, undefined, 1]);
});

it('different lines do not wait for each other', () => {
	const pace = new LinePace(() => 0);
	expect([pace.admit('a'), pace.admit('b'), pace.admit('a')]).toEqual([0, 0, undefined]);
});

it('a clock that is set back holds no line back', () => {
	let nowMs = 1_000_000;
	const pace = new LinePace(() => nowMs);
	pace.admit('a');
	nowMs = 0;
	expect(pace.admit('a')).toBe(0);
});

it('keeps no more than 200 kinds in memory', () => {
	const pace = new LinePace(() => 0);
	for (let kind = 0; kind <= 200; kind++) pace.admit(String(kind));
	expect([pace.admit('200'), pace.admit('0')]).toEqual([undefined, 0]);
});
