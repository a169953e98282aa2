import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { matchField, requireField, sectionLabel, type FieldSelector } from '../../../../nodes/shared/core/fields/fieldSelector';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import type { Field, FullItem } from '../../../../nodes/shared/core/wire';
import { arbitraryItem } from '../../../support/arbitraryItem';

const VALUE = 'canary-value';

function field(id: string, label?: string, section?: string): Field {
	return {
		id,
		type: 'CONCEALED',
		value: VALUE,
		...(label !== undefined && { label }),
		...(section !== undefined && { section: { id: section } }),
	};
}

const item: FullItem = {
	id: 'i',
	vault: { id: 'v' },
	category: 'LOGIN',
	sections: [{ id: 's1', label: 'Prod' }, { id: 's2', label: 'v1.2' }, { id: 's3', label: 'v1' }, { id: 'add more' }],
	fields: [
		field('username', 'login name'),
		field('f1', 'username'),
		field('f2', 'token', 's1'),
		field('f3', 'token', 's2'),
		field('f4', 'Ключ 🔑'),
		field('f5', 'api.key', 's1'),
		field('f6', '2.x', 's3'),
		field('f7', 'x', 's2'),
		field('f8', 'Case'),
		field('f9', 'CASE'),
		field('f10', undefined, 'add more'),
		field('f11', 'a/b ~c'),
		field('f12', 'Größe'),
		field('f13', 'top.level'),
	],
};

function find(selector: FieldSelector): string {
	const match = matchField(item, selector);
	if (match.kind === 'none') return 'none';
	return match.kind === 'one' ? match.found.id : match.found.map(({ id }) => id).join('+');
}

describe('selecting a field', () => {
	it.each([
		['login name', 'username'],
		['LOGIN NAME', 'username'],
		['f1', 'f1'],
		['username', 'username'],
		['Ключ 🔑', 'f4'],
		['ключ 🔑', 'f4'],
		['token', 'f2+f3'],
		['Prod.token', 'f2'],
		['prod.TOKEN', 'f2'],
		['s1.token', 'f2'],
		['v1.2.token', 'f3'],
		['Prod.api.key', 'f5'],
		['Prod.f2', 'f2'],
		['api.key', 'f5'],
		['v1.2.x', 'f6+f7'],
		['Case', 'f8'],
		['CASE', 'f9'],
		['case', 'f8+f9'],
		['f10', 'f10'],
		['add more.f10', 'f10'],
		['a/b ~c', 'f11'],
		['gro\u0308ße', 'f12'],
		['top.level', 'f13'],
		['gone', 'none'],
		['Prod.gone', 'none'],
		['.token', 'none'],
		['Prod.', 'none'],
		['', 'none'],
		['add more.', 'none'],
	])('named %j is %s', (name, ids) => {
		expect(find({ field: name })).toBe(ids);
	});

	it.each([
		['Prod', 'token', 'f2'],
		['prod', 'Token', 'f2'],
		['s2', 'token', 'f3'],
		['v1.2', 'x', 'f7'],
		['v1', '2.x', 'f6'],
		['Prod', 'username', 'none'],
		['', 'username', 'username'],
		['Gone', 'token', 'none'],
	])('in section %j named %j is %s', (section, name, ids) => {
		expect(find({ section, field: name })).toBe(ids);
	});

	it('is refused with all matches if there are several', () => {
		const error = refusal({ field: 'token' });
		expect(error.details).toMatchObject({
			code: 'AMBIGUOUS',
			candidates: [
				{ id: 'f2', section: 'Prod' },
				{ id: 'f3', section: 'v1.2' },
			],
		});
		expect(error.advice).toContain('"Prod.token" (f2)');
		expect(JSON.stringify(error.details)).not.toContain(VALUE);
	});

	it('is refused with the existing fields if it is missing', () => {
		const error = refusal({ field: 'gone', section: 'Prod' });
		expect([error.code, error.message]).toEqual(['FIELD_NOT_FOUND', 'The item has no field "gone" in section "Prod".']);
		expect(error.advice).toContain('"v1.2.token" (f3)');
		expect(error.advice).not.toContain(VALUE);
		expect(refusal({ field: 'x' }, { ...item, fields: undefined }).advice).toBe('It has no fields at all.');
	});

	it('is refused without listing the parts of a rotation if it is missing', () => {
		const section = { id: 'r', label: 'Rotation' };
		const parts = ['rotation state', 'Pending Value', 'period'].map((label, index) => ({ ...field(`r${index}`, label), section }));
		expect(refusal({ field: 'x' }, { ...item, fields: [field('f1', 'key'), ...parts] }).advice).toBe(
			'Its fields are: "key" (f1), "Rotation.period" (r2).',
		);
		expect(refusal({ field: 'x' }, { ...item, fields: parts.slice(0, 2) }).advice).toBe('It has no fields except those of its rotation.');
	});

	it("uses the section's label from the item or from the field", () => {
		expect(sectionLabel(item, field('x', 'x', 's1'))).toBe('Prod');
		expect(sectionLabel(item, { ...field('x'), section: { id: 'elsewhere', label: 'Own' } })).toBe('Own');
		expect([sectionLabel(item, field('x')), sectionLabel(item, field('x', 'x', 'add more'))]).toEqual([undefined, undefined]);
	});

	it('always finds it by ID, and never another one', () => {
		fc.assert(
			fc.property(arbitraryItem, (any) => {
				for (const wanted of any.fields ?? []) {
					expect(requireField(any, { field: wanted.id })).toBe(wanted);
					const match = matchField(any, { field: wanted.label || wanted.id });
					const found = match.kind === 'one' ? [match.found] : match.kind === 'many' ? match.found : [];
					// A field of the item itself wins over others of the same name.
					const own = found.length === 1 && Boolean(found[0]?.purpose || !found[0]?.section?.label);
					expect(found.includes(wanted) || own).toBe(true);
				}
			}),
			{ seed: 7, numRuns: 300 },
		);
	});
});

function refusal(selector: FieldSelector, from = item): OnePasswordError {
	try {
		requireField(from, selector);
	} catch (error) {
		return error as OnePasswordError;
	}
	throw new Error('Not refused');
}

it('a field whose section is null is in no section', () => {
	expect(sectionLabel(item, { ...field('f1'), section: null as never })).toBeUndefined();
});
