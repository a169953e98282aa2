import { describe, expect, it } from '@jest/globals';

import { matchField, requireField } from '../../../../nodes/shared/core/fields/fieldSelector';
import { fieldsByKey } from '../../../../nodes/shared/core/item/itemView';
import { planUpdate } from '../../../../nodes/shared/core/item/itemUpdate';
import { findTarget } from '../../../../nodes/shared/core/references/referenceTarget';
import type { Field, FullItem } from '../../../../nodes/shared/core/wire';
import { LANGUAGES, itemsInThreeLanguages } from '../../../emulators/connect';

const ITEMS = itemsInThreeLanguages().map((seed): FullItem => ({
	id: 'i',
	vault: { id: 'v' },
	category: 'LOGIN',
	...seed,
	fields: (seed.fields ?? []).map((field): Field => ({ id: idOf(field), ...field })),
	files: [],
}));

function idOf({ purpose = '' }: Partial<Field>): string {
	return (
		new Map([
			['NOTES', 'notesPlain'],
			['USERNAME', 'username'],
			['PASSWORD', 'password'],
		]).get(purpose) ?? ''
	);
}

function itemIn(language: string, category: string): FullItem {
	return ITEMS.find((item) => item.category === category && item.title?.includes(language)) as FullItem;
}

const ENGLISH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	API_CREDENTIAL: {
		username: 'username',
		credential: 'credential',
		type: 'type',
		filename: 'filename',
		'valid from': 'validFrom',
		expires: 'expires',
		hostname: 'hostname',
	},
	DATABASE: { server: 'hostname', port: 'port', database: 'database', username: 'username', password: 'password' },
	SERVER: {
		URL: 'url',
		username: 'username',
		password: 'password',
		'console password': 'admin_console_password',
		'Admin Console.console password': 'admin_console_password',
	},
	LOGIN: { username: 'username', password: 'password' },
};

describe.each(LANGUAGES)('in an account in %s', (language) => {
	it.each(Object.keys(ENGLISH))('the built-in fields of %s are found by ID, label and English name', (category) => {
		const item = itemIn(language, category);
		for (const [english, id] of Object.entries(ENGLISH[category] ?? {})) {
			const field = requireField(item, { field: id });
			expect([field.id, requireField(item, { field: english }).id, requireField(item, { field: field.label || id }).id]).toEqual([id, id, id]);
			if (!english.includes('.')) expect(findTarget(item, { field: english })).toEqual({ kind: 'field', field });
		}
	});

	it.each(Object.keys(ENGLISH))('the simplified fields of %s have the keys of an English account, or IDs', (category) => {
		const item = itemIn(language, category);
		const english = itemIn('English', category);
		expect(Object.keys(fieldsByKey(item))).toEqual((english.fields ?? []).map(({ label, id }) => label || id));
		expect(Object.keys(fieldsByKey(item, 'id'))).toEqual((item.fields ?? []).map(({ id }) => id));
		expect(Object.keys(fieldsByKey(item, 'shownLabel'))).toEqual((item.fields ?? []).map(({ label, id }) => label || id));
	});

	it.each(['valid from', 'Valid From', 'validFrom', 'valid_from', 'VALIDFROM'])(
		'a missing field "%s" is not added beside the built-in one',
		(name) => {
			const { operations } = planUpdate(itemIn(language, 'API_CREDENTIAL'), {
				addMissingFields: true,
				fields: [{ field: name, action: 'set', type: 'DATE', value: '2027-01-31' }],
			});
			expect(operations).toEqual([{ op: 'add', path: '/fields/validFrom/value', value: '1801396860' }]);
		},
	);

	it('a section of a template is found by its English name', () => {
		const selector = { field: 'console password', section: 'Admin Console' };
		expect(matchField(itemIn(language, 'SERVER'), selector)).toMatchObject({ kind: 'one', found: { id: 'admin_console_password' } });
		expect(findTarget(itemIn(language, 'SERVER'), selector)).toMatchObject({ field: { id: 'admin_console_password' } });
	});
});

describe('the keys of simplified fields', () => {
	const german = itemIn('German', 'API_CREDENTIAL');
	const add = (field: Field, item = german): FullItem => ({
		...item,
		sections: [{ id: 's', label: 'Web' }, { id: 'n' }],
		fields: [field, ...(item.fields ?? [])],
	});

	it("a custom field with the English name does not take the built-in field's key", () => {
		const shown = fieldsByKey(add({ id: 'x', label: 'credential', value: 'added' }));
		expect(shown['credential (x)']).toBe('added');
		expect(shown['credential']).toBe(german.fields?.find(({ id }) => id === 'credential')?.value);
	});

	it.each([
		['Web', 's', 'Web.password'],
		['no name', 'n', 'password (password)'],
	])("a saved form field in a section of %s does not share the key of the login's own field", (_name, section, key) => {
		const login = itemIn('German', 'LOGIN');
		const shown = fieldsByKey(add({ id: 'password', label: 'password', section: { id: section }, value: 'form' }, login));
		expect(shown[key]).toBe('form');
		expect(shown['password']).toBe(login.fields?.find(({ id }) => id === 'password')?.value);
	});

	it('by ID, fields with the same ID are distinguished by section', () => {
		const login = itemIn('English', 'LOGIN');
		const keys = Object.keys(fieldsByKey(add({ id: 'password', label: 'x', section: { id: 's' } }, login), 'id'));
		expect(keys).toEqual(['s.password', 'username', 'password', 'notesPlain']);
	});

	it('a field keeps its label if its category has no such built-in field', () => {
		expect(
			Object.keys(fieldsByKey({ id: 'i', vault: { id: 'v' }, category: 'SECURE_NOTE', fields: [{ id: 'credential', label: 'Anmeldedaten' }] })),
		).toEqual(['Anmeldedaten']);
	});

	it.each([
		['sex', 'sex'],
		['gender', 'gender'],
		['Geschlecht', 'gender'],
		['Sex', 'gender'],
	])('a label that English accounts have ever shown is kept: %s is %s', (label, key) => {
		expect(Object.keys(fieldsByKey({ ...german, category: 'PASSPORT', fields: [{ id: 'sex', label }] }))).toEqual([key]);
	});
});
