import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { equalsFilter } from '../../../../nodes/shared/core/names/filter';

describe('a filter', () => {
	it.each(['Payments API', "it's", "''", 'R&D #1+2%?/', ' leading', 'trailing ', '🔑', '日本語', 'title eq x', ''])('can express %j', (value) => {
		expect(equalsFilter('title', value)).toBe(`title eq "${value}"`);
	});

	it.each(['a"b', '"', 'a\\b', "'", 'a\nb', 'a\tb', '\u0000', '\u007f', '\ud83d', 'x\udd11y'])("can't express %j", (value) => {
		expect(equalsFilter('name', value)).toBeUndefined();
	});

	it('contains exactly one value, and can be percent-encoded', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (value) => {
				const filter = equalsFilter('tag', value);
				if (filter === undefined) return;
				expect(decodeURIComponent(encodeURIComponent(filter))).toBe(filter);
				expect(/^tag eq "([^"\\]*)"$/s.exec(filter)?.[1]).toBe(value);
			}),
			{ seed: 13, numRuns: 500 },
		);
	});
});
