import { describe, expect, it } from '@jest/globals';

import { compileFilter, type ItemFilter } from '../../../../nodes/shared/core/changes/itemFilter';
import { markItem } from '../../../../nodes/shared/core/changes/titleMark';
import type { Item } from '../../../../nodes/shared/core/wire';
import { cpuMsOf } from '../../../support/cpuTime';

const item: Item = { id: 'i'.repeat(26), vault: { id: 'v'.repeat(26) }, category: 'LOGIN', title: 'Prod Database', tags: ['db', 'eu'] };

describe('a filter', () => {
	it.each<[ItemFilter, boolean]>([
		[{}, true],
		[{ title: 'data' }, true],
		[{ title: 'PROD' }, true],
		[{ title: 'staging' }, false],
		[{ title: 'prod*' }, true],
		[{ title: '*base' }, true],
		[{ title: 'prod' + '*'.repeat(5) + 'base' }, true],
		[{ title: 'data*' }, false],
		[{ title: 'prod?database' }, true],
		[{ title: 'prod?' }, false],
		[{ title: 'p*d*b?se' }, true],
		[{ title: '*' }, true],
		[{ tags: ['db'] }, true],
		[{ tags: ['DB'] }, false],
		[{ tags: ['us', 'eu'] }, true],
		[{ tags: [] }, true],
		[{ categories: ['LOGIN', 'SERVER'] }, true],
		[{ categories: ['SERVER'] }, false],
		[{ ignoreTag: 'eu' }, false],
		[{ ignoreTag: 'us' }, true],
		[{ tags: ['db'], ignoreTag: 'eu' }, false],
		[{ title: 'prod', tags: ['db'], categories: ['SERVER'] }, false],
	])('%j', (filter, expected) => {
		expect(compileFilter(filter)(item)).toBe(expected);
	});

	it('takes an item without title and tags', () => {
		const { title: _title, tags: _tags, ...bare } = item;
		expect([{}, { title: '*' }, { title: 'x' }, { tags: ['x'] }].map((filter) => compileFilter(filter)(bare))).toEqual([true, true, false, false]);
	});

	it('counts a character as one, whatever it takes', () => {
		expect(compileFilter({ title: 'a?b' })({ ...item, title: 'a😀b' })).toBe(true);
		expect(compileFilter({ title: 'ü*' })({ ...item, title: 'U\u0308ber' })).toBe(true);
	});

	it('ends soon, whatever the pattern', async () => {
		const match = (): void => expect(compileFilter({ title: 'a*'.repeat(500) + 'b' })({ ...item, title: 'a'.repeat(5_000) })).toBe(false);
		expect(await cpuMsOf(match)).toBeLessThan(1_000);
	});
});

describe('the mark of an item', () => {
	it('is the same for a copy, and differs by title and category', () => {
		expect(markItem({ ...item, id: 'j'.repeat(26), vault: { id: 'w'.repeat(26) } })).toBe(markItem(item));
		expect(markItem({ ...item, title: 'Other' })).not.toBe(markItem(item));
		expect(markItem({ ...item, category: 'SERVER' })).not.toBe(markItem(item));
	});

	it('has 24 bits and is never 0', () => {
		const marks = Array.from({ length: 500 }, (_, index) => markItem({ ...item, title: `${index}` }));
		expect(marks.every((mark) => Number.isInteger(mark) && mark > 0 && mark < 2 ** 24)).toBe(true);
	});
});
