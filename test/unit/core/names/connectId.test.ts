import { expect, it } from '@jest/globals';

import { looksLikeId } from '../../../../nodes/shared/core/names/connectId';

it.each([
	['a'.repeat(26), true],
	['0123456789abcdefghijklmnop', true],
	['a'.repeat(25), false],
	['a'.repeat(27), false],
	['A'.repeat(26), false],
	[`${'a'.repeat(25)}-`, false],
	[`${'a'.repeat(26)}\n`, false],
	[` ${'a'.repeat(26)}`, false],
	['', false],
])('%j looks like an ID: %s', (text, expected) => {
	expect(looksLikeId(text)).toBe(expected);
});
