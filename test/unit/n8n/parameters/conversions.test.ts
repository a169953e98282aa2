import { describe, expect, it } from '@jest/globals';

import type { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { requireText, toRows, toText, toTexts, toWholeNumber } from '../../../../nodes/shared/n8n/parameters/conversions';

const INVALID = expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as OnePasswordError;

describe('a text', () => {
	it.each<[unknown, string]>([
		['x', 'x'],
		[' x ', ' x '],
		[7, '7'],
		[0, '0'],
		[false, 'false'],
		[undefined, ''],
		[null, ''],
		['', ''],
	])('of %j is %j', (value, text) => {
		expect(toText(value, 'Title')).toBe(text);
	});

	it.each([[{}], [[]], [['x']], [new Date(0)]])('is not %j', (value) => {
		expect(() => toText(value, 'Title')).toThrow(INVALID);
	});

	it('that is wanted must not be empty, and the error names the parameter as the editor does', () => {
		for (const value of ['', undefined, null]) expect(() => requireText(value, 'Item Title')).toThrow("'Item Title' is empty.");
		expect(requireText(0, 'Item Title')).toBe('0');
	});
});

describe('a whole number', () => {
	it.each<[unknown, number | undefined]>([
		[5, 5],
		['5', 5],
		[1, 1],
		[undefined, undefined],
		[null, undefined],
		['', undefined],
	])('of %j is %p', (value, number) => {
		expect(toWholeNumber(value, 'Limit', 1)).toBe(number);
	});

	it.each([[0], [-1], [1.5], ['x'], ['1.5'], [Number.NaN], [Infinity], [true], [[5]], [{}], [' '], ['\t']])('is not %j', (value) => {
		expect(() => toWholeNumber(value, 'Limit', 1)).toThrow(INVALID);
	});

	it.each([[' '], ['\n']])('is not %j, not even 0', (value) => {
		expect(() => toWholeNumber(value, 'Wait for Sync', 0)).toThrow(INVALID);
	});
});

describe('a list of texts', () => {
	it.each<[unknown, string[]]>([
		['a, b,,c ', ['a', 'b', 'c']],
		[
			['a', ' b ', ''],
			['a', 'b'],
		],
		[['a,b'], ['a,b']],
		[
			[1, 2],
			['1', '2'],
		],
		['', []],
		[undefined, []],
		[7, ['7']],
	])('of %j is %j', (value, texts) => {
		expect(toTexts(value, 'Tags')).toEqual(texts);
	});

	it.each([[{}], [[{}]], [[['a']]]])('is not %j', (value) => {
		expect(() => toTexts(value, 'Tags')).toThrow(INVALID);
	});
});

describe('rows', () => {
	it.each<[unknown, unknown[]]>([
		[{ values: [{ a: 1 }, { b: 2 }] }, [{ a: 1 }, { b: 2 }]],
		[{}, []],
		[undefined, []],
		[null, []],
		[[], []],
		['x', []],
		[{ values: 'x' }, []],
		[{ values: [null, 'x', { a: 1 }] }, [{}, {}, { a: 1 }]],
	])('of %j are %j', (value, rows) => {
		expect(toRows(value)).toEqual(rows);
	});
});
