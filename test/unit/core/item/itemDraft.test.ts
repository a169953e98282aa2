import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../nodes/shared/core/disclosure/concealment';
import type { FieldChange } from '../../../../nodes/shared/core/item/change';
import { CREATABLE_CATEGORIES, WRITABLE_FIELD_TYPES, isWritableType } from '../../../../nodes/shared/core/fields/fieldTypes';
import { draftItem, type NewItem } from '../../../../nodes/shared/core/item/itemDraft';
import { makeField } from '../../../../nodes/shared/core/item/newField';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import type { ItemDraft } from '../../../../nodes/shared/core/wire';

function draft(fields: FieldChange[], rest: Partial<NewItem> = {}): ItemDraft {
	return draftItem({ vaultId: 'v', title: 'T', category: 'LOGIN', fields, ...rest });
}

function set(field: string, rest: Partial<FieldChange> = {}): FieldChange {
	return { field, action: 'set', value: 'x', ...rest };
}

function codeOf(attempt: () => unknown): string {
	try {
		attempt();
	} catch (error) {
		return (error as OnePasswordError).code;
	}
	return 'none';
}

describe('the draft of an item', () => {
	it('holds what was given, and no empty members', () => {
		expect(draftItem({ vaultId: 'v', title: 'T', category: 'LOGIN', tags: [], urls: [], fields: [], favorite: false })).toEqual({
			title: 'T',
			category: 'LOGIN',
			vault: { id: 'v' },
		});
		expect(draft([], { tags: ['x'], urls: [{ href: 'h' }], favorite: true })).toMatchObject({
			tags: ['x'],
			urls: [{ href: 'h' }],
			favorite: true,
		});
	});

	it.each(['CUSTOM', 'DOCUMENT', 'SSH_KEY', 'login', ''])('is refused for the category %j', (category) => {
		expect(codeOf(() => draft([], { category }))).toBe('INVALID_INPUT');
	});

	it.each(CREATABLE_CATEGORIES)('is made for the category %s', (category) => {
		expect(draft([], { category }).category).toBe(category);
	});

	it.each(['clear', 'remove'] as const)('can not %s a field', (action) => {
		expect(codeOf(() => draft([{ field: 'x', action }]))).toBe('INVALID_INPUT');
	});

	it('refuses the placeholder of a hidden value', () => {
		expect(codeOf(() => draft([set('key', { value: CONCEALED_VALUE })]))).toBe('INVALID_INPUT');
	});

	it.each<[string, string, string | undefined]>([
		['LOGIN', 'username', 'USERNAME'],
		['LOGIN', 'Username', 'USERNAME'],
		['LOGIN', 'password', 'PASSWORD'],
		['PASSWORD', 'password', 'PASSWORD'],
		['PASSWORD', 'username', undefined],
		['DATABASE', 'username', undefined],
		['DATABASE', 'password', undefined],
		['SECURE_NOTE', 'notesPlain', 'NOTES'],
		['LOGIN', 'notes', 'NOTES'],
		['LOGIN', 'my password', undefined],
	])('of category %s gives the field %s the purpose %s', (category, field, purpose) => {
		const [made] = draft([set(field)], { category }).fields ?? [];
		expect([made?.purpose, made?.type]).toEqual([purpose, purpose ? undefined : 'CONCEALED']);
	});

	it('has no purpose for a field in a section', () => {
		expect(draft([set('password', { section: 'Old' })]).fields?.[0]?.purpose).toBeUndefined();
	});

	it('has each section once, whatever its case', () => {
		const made = draft([set('a', { section: 'Prod' }), set('b', { section: 'prod' }), set('Prod.c'), set('d', { section: 'Test' }), set('e')]);
		expect(made.sections?.map(({ label }) => label)).toEqual(['Prod', 'Test']);
		const ids = made.sections?.map(({ id }) => id);
		expect(made.fields?.map(({ label, section }) => [label, section?.id])).toEqual([
			['a', ids?.[0]],
			['b', ids?.[0]],
			['c', ids?.[0]],
			['d', ids?.[1]],
			['e', undefined],
		]);
	});

	it('gives two one-time passwords of one label in two sections two ids', () => {
		const made = draft([set('code', { type: 'OTP', section: 'A' }), set('code', { type: 'OTP', section: 'B' })]);
		expect(new Set(made.fields?.map(({ id }) => id)).size).toBe(2);
	});
});

describe('a new field', () => {
	it('has a value, or is for the server to fill', () => {
		expect(makeField(set('a'), []).field).toEqual({ label: 'a', type: 'CONCEALED', value: 'x' });
		const recipe = { length: 8 };
		expect(makeField({ field: 'a', action: 'generate', recipe }, []).field).toEqual({
			label: 'a',
			type: 'CONCEALED',
			generate: true,
			recipe,
		});
	});

	it('of type OTP has an id as Connect wants it', () => {
		expect(makeField(set('a', { type: 'OTP' }), []).field.id).toMatch(/^TOTP_[\da-f]{32}$/);
	});

	it('belongs to the section with the longest label that fits', () => {
		const sections = [
			{ id: 's', label: 'v1' },
			{ id: 't', label: 'v1.2' },
		];
		expect(makeField(set('v1.2.key'), sections)).toMatchObject({ field: { label: 'key' }, section: { id: 't' } });
	});

	it.each(['Prod.', '.'])('has a label, also for %j', (field) => {
		expect(makeField(set(field), [{ id: 's', label: 'Prod' }]).field.label).not.toBe('');
	});

	it('can be of the types that Connect writes', () => {
		expect(WRITABLE_FIELD_TYPES.every(isWritableType)).toBe(true);
		expect(['SSHKEY', 'TOTP', 'string', ''].some(isWritableType)).toBe(false);
	});
});
