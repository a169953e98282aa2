import { describe, expect, it } from '@jest/globals';

import type { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { oneOf } from '../../../../nodes/shared/n8n/parameters/conversions';
import { NodeParameters } from '../../../../nodes/shared/n8n/parameters/nodeParameters';
import { changedFields } from '../../../../nodes/shared/n8n/properties/fieldRows';
import { urlsParameter } from '../../../../nodes/shared/n8n/properties/itemContent';
import { readReveal } from '../../../../nodes/shared/n8n/properties/output';
import { fakeNode } from '../fakeNode';

function refusing(code: string): OnePasswordError {
	return expect.objectContaining({ code }) as unknown as OnePasswordError;
}

function parameters(values: Record<string, unknown>): NodeParameters {
	return new NodeParameters(fakeNode({ inputs: [values] }), 0);
}

function changeOf(row: Record<string, unknown>): unknown {
	return changedFields.read(parameters({ fields: { values: [row] } }))[0];
}

describe('a field to change', () => {
	it.each<[Record<string, unknown>, object]>([
		[
			{ field: 'key', value: 'x' },
			{ field: 'key', action: 'set', type: 'CONCEALED', value: 'x' },
		],
		[
			{ field: 'key', mode: 'set', value: 7, type: 'STRING' },
			{ field: 'key', action: 'set', type: 'STRING', value: '7' },
		],
		[
			{ field: 'key', value: 0 },
			{ field: 'key', action: 'set', type: 'CONCEALED', value: '0' },
		],
		[
			{ field: 'key', value: false },
			{ field: 'key', action: 'set', type: 'CONCEALED', value: 'false' },
		],
		[
			{ field: 'key', value: ' x ' },
			{ field: 'key', action: 'set', type: 'CONCEALED', value: ' x ' },
		],
		[
			{ field: 123, value: 'x' },
			{ field: '123', action: 'set', type: 'CONCEALED', value: 'x' },
		],
		[
			{ field: 'key', section: 'Prod', value: 'x' },
			{ field: 'key', action: 'set', type: 'CONCEALED', section: 'Prod', value: 'x' },
		],
		[
			{ field: 'key', section: '', mode: 'clear', value: 'left over' },
			{ field: 'key', action: 'clear', type: 'CONCEALED' },
		],
		[
			{ field: 'key', mode: 'remove' },
			{ field: 'key', action: 'remove', type: 'CONCEALED' },
		],
		[
			{ field: 'key', mode: 'generate' },
			{ field: 'key', action: 'generate', type: 'CONCEALED', recipe: { length: 34, characterSets: ['LETTERS', 'DIGITS'] } },
		],
		[
			{ field: 'key', mode: 'generate', length: '20', characterSets: ['DIGITS'], excludeCharacters: '0O0l1' },
			{ field: 'key', action: 'generate', type: 'CONCEALED', recipe: { length: 20, characterSets: ['DIGITS'], excludeCharacters: '0Ol1' } },
		],
	])('%j', (row, change) => {
		expect(changeOf(row)).toEqual(change);
	});

	it.each<[string, Record<string, unknown>]>([
		['no name', { value: 'x' }],
		['an empty name', { field: '', value: 'x' }],
		['a name that is no text', { field: {}, value: 'x' }],
		['no value', { field: 'key' }],
		['an empty value, as of an expression that finds nothing', { field: 'key', value: '' }],
		['null', { field: 'key', value: null }],
		['an object', { field: 'key', value: { secret: 1 } }],
		['a list', { field: 'key', value: ['x'] }],
		['an unknown action', { field: 'key', mode: 'wipe' }],
		['an unknown type', { field: 'key', value: 'x', type: 'SSHKEY' }],
		['a length of 0', { field: 'key', mode: 'generate', length: 0 }],
		['a length of 65', { field: 'key', mode: 'generate', length: 65 }],
		['half a character', { field: 'key', mode: 'generate', length: 1.5 }],
		['no character set', { field: 'key', mode: 'generate', characterSets: [] }],
		['an unknown character set', { field: 'key', mode: 'generate', characterSets: ['EMOJI'] }],
	])('is refused with %s', (_what, row) => {
		expect(() => changeOf(row)).toThrow(refusing('INVALID_INPUT'));
	});

	it('is refused without its value', () => {
		for (const row of [
			{ field: 'key', value: ['hunter2'] },
			{ field: 'key', value: 'hunter2', type: 'x' },
			{ field: 'key', value: 'hunter2', mode: 'x' },
		]) {
			expect(() => changeOf(row)).toThrow(/^(?!.*hunter2)/);
		}
	});
});

describe('what to reveal', () => {
	it.each<[Record<string, unknown>, unknown]>([
		[{}, 'none'],
		[{ reveal: 'none', revealFields: ['key'] }, 'none'],
		[{ reveal: 'all' }, 'all'],
		[{ reveal: 'selected', revealFields: ['key', ' Prod.token '] }, { fields: ['key', 'Prod.token'] }],
		[{ reveal: 'selected', revealFields: 'key, token' }, { fields: ['key', 'token'] }],
	])('%j', (values, reveal) => {
		expect(readReveal(parameters(values), false)).toEqual(reveal);
	});

	it.each([
		{ reveal: 'selected' },
		{ reveal: 'selected', revealFields: [] },
		{ reveal: 'selected', revealFields: [''] },
		{ reveal: 'some' },
		{ reveal: true },
		{ reveal: {} },
	])('is refused: %j', (values) => {
		expect(() => readReveal(parameters(values), false)).toThrow(refusing('INVALID_INPUT'));
	});

	it('is nothing for an AI agent, whatever it asks for', () => {
		expect(readReveal(parameters({ reveal: 'none' }), true)).toBe('none');
		for (const reveal of ['selected', 'all']) {
			expect(() => readReveal(parameters({ reveal, revealFields: ['key'] }), true)).toThrow(refusing('REVEAL_REFUSED'));
		}
	});
});

describe('addresses', () => {
	const urls = urlsParameter({ displayName: 'URLs', name: 'urls', description: '' });
	const readUrls = (values: readonly object[]): unknown => urls.read(parameters({ urls: { values } }));

	it('have what was filled in', () => {
		expect(readUrls([{ href: 'h' }, { href: 'i', label: 'l', primary: true }, { href: 'j', label: '', primary: false }])).toEqual([
			{ href: 'h' },
			{ href: 'i', label: 'l', primary: true },
			{ href: 'j' },
		]);
	});

	it('are not empty', () => {
		expect(() => readUrls([{ label: 'l' }])).toThrow(refusing('INVALID_INPUT'));
	});
});

it('one of several is one of them, or refused with them', () => {
	expect(oneOf('b', ['a', 'b'], 'Mode')).toBe('b');
	expect(() => oneOf('c', ['a', 'b'], 'Mode')).toThrow(refusing('INVALID_INPUT'));
	expect(() => oneOf(['a'], ['a', 'b'], 'Mode')).toThrow("'Mode' has an unknown value.");
});
