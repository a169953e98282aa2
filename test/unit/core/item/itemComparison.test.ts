import { describe, expect, it } from '@jest/globals';

import { compareItems } from '../../../../nodes/shared/core/item/itemComparison';
import type { Field, FullItem, Section } from '../../../../nodes/shared/core/wire';

function itemOf(fields: readonly Field[], sections: readonly Section[] = []): FullItem {
	return { id: 'i', title: 'T', category: 'LOGIN', vault: { id: 'v' }, fields, sections };
}

const own = (value: string): Field => ({ id: 'password', label: 'password', value });
const saved = (value: string): Field => ({ ...own(value), section: { id: 's' } });

describe('fields with the same ID', () => {
	it('inside and outside an unlabeled section are distinguished in any order', () => {
		const sections = [{ id: 's' }];
		const item = itemOf([own('A'), saved('B')], sections);
		expect(compareItems(item, itemOf([saved('B'), own('A')], sections)).status).toBe('same');
		expect(compareItems(item, itemOf([saved('A'), own('B')], sections)).fields).toEqual([
			{ label: 'password', section: '', status: 'different' },
			{ label: 'password', section: '', status: 'different' },
		]);
	});

	it('are distinguished by label if the ID is missing', () => {
		const fields = [
			{ id: '', label: 'a', value: '1' },
			{ id: '', label: 'b', value: '2' },
		];
		expect(compareItems(itemOf(fields), itemOf([...fields].reverse())).status).toBe('same');
	});
});

it('a field is not compared with the counterpart of another one with its name', () => {
	const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, label: 'key', value: id === 'b' ? '2' : '1' })) as [Field, Field, Field];
	expect(compareItems(itemOf([a, b]), itemOf([b, c])).status).toBe('same');
});

it("1Password's own sections are the same in every language", () => {
	const inGerman = { id: 'contactInfo', label: 'Kontaktinformationen' };
	const inEnglish = { id: 'contactInfo', label: 'Contact Information' };
	const phone = (section: Section, label: string): FullItem => itemOf([{ id: 'phone', label, value: '1', section }], [section]);
	expect(compareItems(phone(inGerman, 'Telefon'), phone(inEnglish, 'phone')).status).toBe('same');
	const added = { id: 'own', label: 'Contact Information' };
	expect(compareItems(phone(inGerman, 'Telefon'), phone(added, 'Telefon')).status).toBe('same');
});
