import { describe, expect, it } from '@jest/globals';

import { concealItem, isConcealed, showsSecret } from '../../../../nodes/shared/core/disclosure/concealment';
import { requireField } from '../../../../nodes/shared/core/fields/fieldSelector';
import { typeOf } from '../../../../nodes/shared/core/fields/fieldTypes';
import { normaliseItem } from '../../../../nodes/shared/core/item/itemAnswer';
import { simplifyItem } from '../../../../nodes/shared/core/item/itemView';
import { planUpdate } from '../../../../nodes/shared/core/item/itemUpdate';
import { findTarget } from '../../../../nodes/shared/core/references/referenceTarget';
import { planReading } from '../../../../nodes/shared/core/references/referenceValue';
import type { FullItem } from '../../../../nodes/shared/core/wire';

/** As sent by a server, in an untyped form. */
function answer(members: Readonly<Record<string, unknown>>): FullItem {
	return normaliseItem({ id: 'i', vault: { id: 'v', name: 'V' }, category: 'SERVER', version: 1, ...members } as unknown as FullItem);
}

describe('an item from a server', () => {
	it.each([undefined, null, '', ' ', 'ACTIVE', 'active'])('with the state %j is active', (state) => {
		expect(answer({ state, fields: [] })).not.toHaveProperty('state');
		expect(answer({ state })).not.toMatchObject({ state: expect.anything() as unknown });
	});

	it.each([
		['ARCHIVED', 'ARCHIVED'],
		['archived', 'ARCHIVED'],
		['DELETED', 'DELETED'],
		['FROZEN', 'FROZEN'],
	])('with the state %s is %s', (state, known) => {
		expect(answer({ state }).state).toBe(known);
	});

	it('is the same object if nothing needs fixing', () => {
		const row = { id: 'i', vault: { id: 'v' }, category: 'LOGIN', title: 'T' };
		expect(normaliseItem(row)).toBe(row);
	});

	it.each(['tags', 'urls', 'sections', 'fields', 'files', 'title', 'favorite', 'lastEditedBy', 'unknown'])(
		'has no property if %s is null',
		(member) => {
			const item = answer({ [member]: null });
			expect(item).not.toHaveProperty(member);
			expect(simplifyItem(item)).toMatchObject({ id: 'i', fields: {}, files: [], tags: [], urls: [] });
		},
	);

	it.each<[string, object]>([
		['an unknown member', { future: { deep: [1, null, { x: true }] } }],
		['an unknown list', { future: [] }],
		['a null member', { recipe: null, entropy: null, section: null, purpose: null, totp: null }],
		['details of another kind', { passwordDetails: 'strong' }],
		['a history of another kind', { passwordDetails: { history: { 0: 'x' } } }],
		['a history with other members', { passwordDetails: { history: [null, 5] } }],
	])('keeps a field with %s readable and writable', (_what, members) => {
		const item = answer({ fields: [{ id: 'a', type: 'CONCEALED', label: 'key', value: 'secret', ...members }] });
		expect(simplifyItem(concealItem(item, 'none')).fields).toEqual({ key: '<concealed by 1Password>' });
		expect([showsSecret(concealItem(item, 'none')), showsSecret(item)]).toEqual([false, true]);
		expect(simplifyItem(concealItem(item, 'all')).fields).toEqual({ key: 'secret' });
		expect(planUpdate(item, { fields: [{ field: 'key', action: 'set', value: 'x' }] }).operations).toHaveLength(1);
	});
});

describe.each([
	['missing', {}],
	['null', { id: null }],
	['empty', { id: '' }],
	['a number', { id: 5 }],
])('a field whose ID is %s', (_what, id) => {
	const item = answer({
		fields: [
			{ ...id, type: 'STRING', label: 'bare', value: 'shown' },
			{ id: 'k', type: 'CONCEALED', label: 'key', value: 'secret' },
		],
	});

	it('is read by its label, and the rest of the item as usual', () => {
		expect(simplifyItem(item).fields).toEqual({ bare: 'shown', key: 'secret' });
		expect(requireField(item, { field: 'bare' }).value).toBe('shown');
		expect(findTarget(item, { field: 'bare' })).toMatchObject({ kind: 'field', field: { value: 'shown' } });
	});

	it.each(['set', 'clear', 'remove', 'generate'] as const)("can't be changed (%s), unlike the others", (action) => {
		const change = { action, value: 'x' };
		expect(() => planUpdate(item, { fields: [{ field: 'bare', ...change }] })).toThrow('The field "bare" has no ID');
		expect(planUpdate(item, { fields: [{ field: 'key', ...change }] }).operations).toHaveLength(1);
	});
});

describe.each([
	['missing', {}],
	['null', { type: null }],
	['empty', { type: '' }],
])('a field whose type is %s', (_what, type) => {
	const item = answer({ fields: [{ id: 'a', label: 'note', value: 'text', ...type }] });
	const field = requireField(item, { field: 'note' });

	it('is a text field: shown, writable, and named as text', () => {
		expect([typeOf(field), isConcealed(field)]).toEqual(['STRING', false]);
		expect(planUpdate(item, { fields: [{ field: 'note', action: 'set', value: 'x' }] }).operations).toEqual([
			{ op: 'replace', path: '/fields/a/value', value: 'x' },
		]);
		const target = findTarget(item, { field: 'note' });
		expect(planReading(target, { vault: 'v', item: 'i', field: 'note', attribute: 'type' })).toMatchObject({ value: 'string' });
		expect(() => planReading(target, { vault: 'v', item: 'i', field: 'note', attribute: 'otp' })).toThrow('the field is of type STRING');
	});
});

it('a URL without an address, a section without an ID and a file without a name cause no error', () => {
	const item = answer({
		urls: [{ label: 'x' }, { href: null }],
		sections: [{ label: null }, { id: 's' }],
		files: [{ size: null, section: null }],
	});
	expect(simplifyItem(concealItem(item, 'none'))).toMatchObject({ urls: ['', ''], files: [{ id: '', name: '', size: 0 }] });
});

it('a section label or ID that is not text counts as missing', () => {
	const item = answer({
		sections: [{ id: 's', label: 5 }],
		fields: [{ id: 'a', label: 'key', value: 'x', section: { id: 7, label: {} } }],
	});
	expect(item).toMatchObject({ sections: [{ id: 's' }], fields: [{ section: {} }] });
	expect(requireField(item, { field: 'KEY' }).value).toBe('x');
	expect(() => findTarget(item, { section: 'none', field: 'key' })).toThrow('no field or file');
});
