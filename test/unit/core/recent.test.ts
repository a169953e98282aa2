import { describe, expect, it } from '@jest/globals';

import { Recent } from '../../../nodes/shared/core/recent';

describe('the most recent entries', () => {
	it('are kept up to a fixed number, and an updated one is the newest', () => {
		const recent = new Recent<number>(2);
		recent.set('one', 1);
		recent.set('two', 2);
		recent.set('one', 3);
		recent.set('three', 4);
		expect(['one', 'two', 'three'].map((key) => recent.get(key))).toEqual([3, undefined, 4]);
		expect(recent.toJSON()).toEqual([
			['one', 3],
			['three', 4],
		]);
	});

	it('are the last ones of stored entries', () => {
		expect(
			new Recent<number>(1, [
				['one', 1],
				['two', 2],
			]).toJSON(),
		).toEqual([['two', 2]]);
	});
});
