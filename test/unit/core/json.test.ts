import { expect, it } from '@jest/globals';

import { isObject, toObject } from '../../../nodes/shared/core/json';

it('an object is neither an array nor null', () => {
	expect([{}, { a: 1 }, [], null, 'x', 1, undefined].map(isObject)).toEqual([true, true, false, false, false, false, false]);
});

it('anything else counts as an empty object', () => {
	expect([{ a: 1 }, ['b'], null, 'x', undefined].map(toObject)).toEqual([{ a: 1 }, {}, {}, {}, {}]);
});
