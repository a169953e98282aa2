import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { diffFingerprints } from '../../../../nodes/shared/core/changes/fieldDiff';
import { fingerprintItem, fingerprintKey, nameKey, type ItemFingerprint } from '../../../../nodes/shared/core/changes/fieldFingerprint';
import type { FullItem } from '../../../../nodes/shared/core/wire';
import { arbitraryItem } from '../../../support/arbitraryItem';

const KEY = fingerprintKey('token of the test');

const item: FullItem = {
	id: 'i'.repeat(26),
	vault: { id: 'v'.repeat(26) },
	category: 'LOGIN',
	title: 'Title',
	version: 3,
	sections: [{ id: 's', label: 'Rotation' }],
	fields: [
		{ id: 'a', type: 'CONCEALED', label: 'key', value: 'canary-value' },
		{ id: 'b', type: 'STRING', label: 'note', section: { id: 's' }, value: 'canary-note' },
		{ id: 'c', type: 'OTP', label: 'code', value: 'otpauth://totp/x?secret=ABC', totp: '123456' },
	],
};

const changesOf = (after: FullItem, before: FullItem | undefined = item): unknown =>
	diffFingerprints(before && fingerprintItem(before, KEY), fingerprintItem(after, KEY));

const fieldsBut = (id: string): FullItem['fields'] => item.fields?.filter((field) => field.id !== id);

describe('the fingerprints of an item', () => {
	it('differ from themselves in nothing, whatever the item', () => {
		fc.assert(
			fc.property(arbitraryItem, (any) => {
				expect(changesOf(structuredClone(any), any)).toEqual({ changedFields: [], changedAttributes: [] });
			}),
			{ seed: 1, numRuns: 200 },
		);
	});

	it.each<[string, Partial<FullItem>, unknown]>([
		[
			'a value',
			{ fields: [...(fieldsBut('b') ?? []), { id: 'b', type: 'STRING', label: 'note', section: { id: 's' }, value: 'x' }] },
			{ changedFields: [{ id: 'b', label: 'note', section: 'Rotation', kind: 'changed' }], changedAttributes: [] },
		],
		[
			'a field more',
			{ fields: [...(item.fields ?? []), { id: 'd', type: 'STRING' }] },
			{ changedFields: [{ id: 'd', label: '', section: '', kind: 'added' }] },
		],
		['a field less', { fields: fieldsBut('b') }, { changedFields: [{ id: 'b', label: 'note', section: 'Rotation', kind: 'removed' }] }],
		[
			'a label',
			{ fields: [{ id: 'a', type: 'CONCEALED', label: 'new', value: 'canary-value' }, ...(fieldsBut('a') ?? [])] },
			{ changedFields: [{ id: 'a', label: 'new', kind: 'changed' }] },
		],
		[
			'the current one-time password',
			{ fields: item.fields?.map((field) => (field.totp ? { ...field, totp: '654321' } : field)) },
			{ changedFields: [] },
		],
		['the title', { title: 'New' }, { changedFields: [], changedAttributes: ['title'] }],
		[
			'everything around the fields',
			{ title: 'New', tags: ['x'], urls: [{ href: 'y' }], favorite: true, files: [{ id: 'f', name: 'n', size: 1 }] },
			{ changedAttributes: ['title', 'tags', 'urls', 'favorite', 'files'] },
		],
		['nothing but a member that stands for nothing', { tags: [], favorite: false }, { changedAttributes: [] }],
	])('tell %s', (_what, change, expected) => {
		expect(changesOf({ ...item, ...change })).toMatchObject(expected as object);
	});

	it('of a new item tell every field as added', () => {
		expect(diffFingerprints(undefined, fingerprintItem(item, KEY))).toMatchObject({
			changedFields: [
				{ id: 'a', kind: 'added' },
				{ id: 'b', kind: 'added' },
				{ id: 'c', kind: 'added' },
			],
			changedAttributes: [],
		});
	});

	it('hold no value', () => {
		expect(JSON.stringify(fingerprintItem(item, KEY))).not.toMatch(/canary|otpauth|Title/);
	});

	it('of equal values differ between items, vaults, fields and keys', () => {
		const codes = [
			item,
			{ ...item, id: 'j'.repeat(26) },
			{ ...item, vault: { id: 'w'.repeat(26) } },
			{ ...item, fields: [{ id: 'z', type: 'CONCEALED', label: 'key', value: 'canary-value' }] },
		].map((one) => fingerprintItem(one, KEY).fields[0]?.[3]);
		codes.push(fingerprintItem(item, fingerprintKey('another token')).fields[0]?.[3]);
		expect(new Set(codes).size).toBe(5);
	});

	it('have a key that is not the token, under a name that is not the key', () => {
		const name = nameKey(KEY);
		expect(name).not.toBe(nameKey(fingerprintKey('another token')));
		expect([KEY.toString(), KEY.toString('base64').slice(0, name.length)]).not.toContain(name);
	});
});

describe('fields of one id in several sections', () => {
	const twin = (section: string, value: string, label = 'password'): NonNullable<FullItem['fields']>[number] => ({
		id: 'password',
		type: 'CONCEALED',
		label,
		section: { id: section },
		value,
	});
	const itemOf = (sections: FullItem['sections'], ...fields: NonNullable<FullItem['fields']>): FullItem => ({ ...item, sections, fields });
	const NAMED = [
		{ id: 'p', label: 'Prod' },
		{ id: 't', label: 'Test' },
	];
	const UNNAMED = [{ id: 'p' }, { id: 't' }];
	const ALIKE = [
		{ id: 'p', label: 'Same' },
		{ id: 't', label: 'Same' },
	];
	/** What the last release stored: no section ids. */
	const asStoredBefore = ({ fields, ...print }: ItemFingerprint): ItemFingerprint => ({
		...print,
		fields: fields.map(([id, label, section, code]) => [id, label, section, code]),
	});

	describe.each([
		['named', NAMED],
		['without names', UNNAMED],
		['of one name', ALIKE],
	])('%s', (_what, sections) => {
		const before = itemOf(sections, twin('p', 'one'), twin('t', 'two'));

		it.each([
			['as this release stores them', (print: ItemFingerprint) => print],
			['as the last release stored them', asStoredBefore],
		])('tell the one that changed, compared with codes %s', (_how, stored) => {
			const print = stored(fingerprintItem(before, KEY));
			for (const [changed, sectionId] of [
				[[twin('p', 'one'), twin('t', 'new')], 't'],
				[[twin('p', 'new'), twin('t', 'two')], 'p'],
				[[twin('t', 'new'), twin('p', 'one')], 't'],
			] as const) {
				const { changedFields } = diffFingerprints(print, fingerprintItem(itemOf(sections, ...changed), KEY));
				expect(changedFields).toEqual([expect.objectContaining({ id: 'password', sectionId, kind: 'changed' })]);
			}
			expect(diffFingerprints(print, fingerprintItem(before, KEY)).changedFields).toEqual([]);
		});

		it.each([
			['added', itemOf(sections, twin('p', 'one')), before],
			['removed', before, itemOf(sections, twin('p', 'one'))],
		])('tell the one that was %s', (kind, from, to) => {
			expect(diffFingerprints(asStoredBefore(fingerprintItem(from, KEY)), fingerprintItem(to, KEY)).changedFields).toMatchObject([
				{ id: 'password', kind },
			]);
		});
	});

	it('tell which one is gone where the other one has changed as well', () => {
		const before = itemOf(NAMED, twin('p', 'one'), twin('t', 'two'));
		expect(changesOf(itemOf(NAMED, twin('t', 'new')), before)).toMatchObject({
			changedFields: [
				{ section: 'Test', kind: 'changed' },
				{ section: 'Prod', kind: 'removed' },
			],
		});
	});

	it('are stored with the section only where the id is not enough', () => {
		expect(fingerprintItem(item, KEY).fields.map(({ length }) => length)).toEqual([4, 4, 4]);
		expect(fingerprintItem(itemOf(NAMED, twin('p', 'x'), twin('t', 'x')), KEY).fields.map((print) => print[4])).toEqual(['p', 't']);
	});

	it('stay the same field in another section where the id is unique', () => {
		expect(changesOf(itemOf(NAMED, twin('t', 'one')), itemOf(NAMED, twin('p', 'one')))).toMatchObject({
			changedFields: [{ id: 'password', section: 'Test', kind: 'changed' }],
		});
	});
});
