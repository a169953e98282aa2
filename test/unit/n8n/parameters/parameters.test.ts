import { describe, expect, it } from '@jest/globals';

import type { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { choiceParameter, choicesParameter, switchParameter } from '../../../../nodes/shared/n8n/parameters/choices';
import { collectionParameter, rowsParameter } from '../../../../nodes/shared/n8n/parameters/collections';
import { NodeParameters, membersOf } from '../../../../nodes/shared/n8n/parameters/nodeParameters';
import { numberParameter } from '../../../../nodes/shared/n8n/parameters/numbers';
import { added, type Parameter, type ParameterValues } from '../../../../nodes/shared/n8n/parameters/parameter';
import { addedText, requiredText, textParameter, textsParameter } from '../../../../nodes/shared/n8n/parameters/texts';
import { addedTime, optionalTime } from '../../../../nodes/shared/n8n/parameters/times';
import { dryRunOption } from '../../../../nodes/shared/n8n/properties/options';
import { readLimit } from '../../../../nodes/shared/n8n/properties/paging';
import { fakeNode } from '../fakeNode';

const INVALID = expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as OnePasswordError;

const NAME = { name: 'it', displayName: 'The Thing' };

function parameters(values: Record<string, unknown>): NodeParameters {
	return new NodeParameters(fakeNode({ inputs: [values] }), 0);
}

/** A node whose parameters are all filled in with an expression that finds nothing. */
const FINDS_NOTHING = new NodeParameters(
	{
		getNodeParameter: ((_name: string, _index: number, _fallback: unknown, options?: { rawExpressions?: boolean }) =>
			options?.rawExpressions ? '={{ $json.nothing }}' : undefined) as never,
	},
	0,
);

const one = numberParameter({ ...NAME, default: 7, minimum: 2, maximum: 9 });
const flag = switchParameter({ ...NAME, default: true });
const choice = choiceParameter({ ...NAME, default: 'a', options: ['a', 'b'].map((value) => ({ name: value, value })) });
const choices = choicesParameter({ ...NAME, default: ['a'], options: ['a', 'b'].map((value) => ({ name: value, value })) });
const rows = rowsParameter({ ...NAME, row: 'Row', members: [textParameter(NAME)], readRow: (row) => textParameter(NAME).read(row) });
const collection = collectionParameter({ ...NAME, members: [] });

describe('the parameters of an input item', () => {
	const title = requiredText({ name: 'title', displayName: 'Title' });

	it('are those of its own index', () => {
		const node = fakeNode({ inputs: [{ title: 'one' }, { title: 'two' }] });
		expect([0, 1].map((index) => title.read(new NodeParameters(node, index)))).toEqual(['one', 'two']);
	});

	it('that are wanted must not be missing', () => {
		expect(() => title.read(parameters({}))).toThrow("'Title' is empty.");
	});

	it('are read inside a collection one by one', () => {
		const inside = parameters({ options: { timeout: 5 } }).inside('options');
		expect([inside.value('timeout'), inside.value('none')]).toEqual([5, undefined]);
		expect(FINDS_NOTHING.inside('options').isGiven('timeout')).toBe(true);
	});
});

describe('a parameter', () => {
	it.each<[string, Parameter<unknown>, unknown, unknown]>([
		['a number', one, 5, 5],
		['a number as text', one, '5', 5],
		['no number', one, undefined, 7],
		['a switch that is on', flag, true, true],
		['a switch that is off', flag, 'false', false],
		['no switch', flag, undefined, true],
		['a choice', choice, 'b', 'b'],
		['no choice', choice, undefined, 'a'],
		['choices', choices, ['b'], ['b']],
		['no choices at all', choices, [], []],
		['choices nobody has made', choices, undefined, ['a']],
		['a text', textParameter({ ...NAME, default: 'x' }), '', ''],
		['no text', textParameter({ ...NAME, default: 'x' }), undefined, 'x'],
		['texts', textsParameter({ ...NAME, default: '' }), 'a, b', ['a', 'b']],
		['rows', rows, { values: [{ it: 'a' }, { it: 'b' }] }, ['a', 'b']],
		['no rows', rows, undefined, []],
	])('is read: %s', (_what, parameter, value, expected) => {
		expect(parameter.read(parameters({ it: value }))).toEqual(expected);
	});

	it.each<[string, Parameter<unknown>, unknown]>([
		['a number below its range', one, 1],
		['a number above its range', one, 10],
		['an empty number', one, ''],
		['a switch that is neither on nor off', flag, 1],
		['an empty switch', flag, ''],
		['a choice that is not offered', choice, 'c'],
		['choices one of which is not offered', choices, ['a', 'c']],
		['no texts where some are wanted', textsParameter({ ...NAME, default: '', ifNone: 'Add some.' }), ' , '],
		['a collection that is a list', collection, []],
		['a collection that is a text', collection, 'x'],
	])('is refused, by the name that the editor shows: %s', (_what, parameter, value) => {
		expect(() => parameter.read(parameters({ it: value }))).toThrow(INVALID);
		expect(() => parameter.read(parameters({ it: value }))).toThrow(/^'The Thing' /);
	});

	it.each<[string, Parameter<unknown>]>([
		['a number', one],
		['a switch', flag],
		['a choice', choice],
		['choices', choices],
		['rows', rows],
		['a collection', collection],
		['an option', dryRunOption],
	])('does not fall back to its default where its expression finds nothing: %s', (_what, parameter) => {
		expect(() => parameter.read(FINDS_NOTHING)).toThrow(INVALID);
	});

	it.each<[string, Parameter<unknown>]>([
		['a number', added(one)],
		['a choice', added(choice)],
		['a text', addedText(NAME)],
		['a switch', added(flag)],
	])('of a collection must not be empty once it was added: %s', (_what, parameter) => {
		expect(parameter.read(membersOf({}))).toBeUndefined();
		for (const it of [undefined, null, '']) expect(() => parameter.read(membersOf({ it }))).toThrow(INVALID);
	});

	it('is text that consists of more than white space once it was added', () => {
		expect(addedText(NAME).read(membersOf({ it: ' x ' }))).toBe(' x ');
		expect(() => addedText(NAME).read(membersOf({ it: ' ' }))).toThrow("'The Thing' is empty.");
	});

	it('is on where the editor shows it so, unless something else counts for one that was not added', () => {
		const off = switchParameter({ ...NAME, default: true, absent: false });
		expect([flag.read(membersOf({})), off.read(membersOf({})), off.read(membersOf({ it: true }))]).toEqual([true, false, true]);
	});
});

describe('a time', () => {
	const NEW_YEAR = '2026-01-01T00:00';

	it('without a zone is meant in the zone of the workflow', () => {
		expect(optionalTime(NAME).read(parameters({ it: NEW_YEAR }), 'Europe/Zurich')).toBe(Date.UTC(2025, 11, 31, 23));
	});

	it('may be left empty where it is optional', () => {
		for (const it of [undefined, '', ' ']) expect(optionalTime(NAME).read(parameters({ it }), 'UTC')).toBeUndefined();
	});

	it('of a collection must not be empty once it was added', () => {
		expect(addedTime(NAME).read(membersOf({}), 'UTC')).toBeUndefined();
		for (const it of [undefined, null, '', 'soon']) expect(() => addedTime(NAME).read(membersOf({ it }), 'UTC')).toThrow(INVALID);
	});
});

describe('the limit of the results', () => {
	it.each<[Record<string, unknown>, number | undefined]>([
		[{ returnAll: true, limit: 5 }, undefined],
		[{ returnAll: false, limit: 5 }, 5],
		[{}, 50],
	])('is read: %j', (values, limit) => {
		expect(readLimit(parameters(values))).toBe(limit);
	});

	it('is refused where it is none', () => {
		expect(() => readLimit(parameters({ limit: 0 }))).toThrow(INVALID);
	});

	it('is refused where it is empty, which would mean all', () => {
		expect(() => readLimit(parameters({ limit: '' }))).toThrow(INVALID);
	});
});

it.each<[string, { read(values: ParameterValues, timeZone: string): unknown }, unknown]>([
	['switch', flag, true],
	['number', one, 5],
	['choice', choice, 'a'],
	['choices', choices, ['a']],
	['rows', rows, { values: [{ it: 'x' }] }],
	['collection', collection, { it: 'x' }],
	['time', optionalTime(NAME), '2026-01-01'],
])('a %s is read once: each read evaluates its expression', (_kind, parameter, value) => {
	const asked: string[] = [];
	const read = (name: string): unknown => {
		asked.push(name);
		return value;
	};
	parameter.read({ value: read, isGiven: () => true }, 'UTC');
	expect(asked).toEqual(['it']);
});
