import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { FieldChange } from '../../../../nodes/shared/core/item/change';
import { isApplied, planUpdate, type ItemUpdate } from '../../../../nodes/shared/core/item/itemUpdate';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import type { FullItem, ItemUrl } from '../../../../nodes/shared/core/wire';
import { itemOfEveryCategory } from '../../../emulators/connect';
import { applyPatch } from '../../../support/applyPatch';
import { arbitraryItem } from '../../../support/arbitraryItem';

const A: ItemUrl = { label: 'dashboard', primary: true, href: 'https://a.example' };
const B: ItemUrl = { href: 'https://b.example' };

const item: FullItem = {
	id: 'i'.repeat(26),
	vault: { id: 'v'.repeat(26) },
	category: 'LOGIN',
	title: 'Old',
	tags: ['x', 'y'],
	urls: [A, B],
	version: 3,
	sections: [{ id: 's', label: 'Rotation' }],
	fields: [
		{ id: 'f0', type: 'CONCEALED', label: 'key', value: 'old' },
		{ id: 'f1', type: 'STRING', label: 'note' },
		{ id: 'f2', type: 'STRING', label: 'key', section: { id: 's' }, value: 'second' },
	],
};

function codeOf(attempt: () => unknown): string {
	try {
		attempt();
	} catch (error) {
		if (error instanceof OnePasswordError) return error.code;
		throw error;
	}
	return 'none';
}

describe('the plan of an update', () => {
	it.each<[string, ItemUpdate, unknown[]]>([
		['a title', { title: 'New' }, [{ op: 'replace', path: '/title', value: 'New' }]],
		['a favorite', { favorite: true }, [{ op: 'add', path: '/favorite', value: true }]],
		['a tag more', { addTags: ['z'] }, [{ op: 'replace', path: '/tags', value: ['x', 'y', 'z'] }]],
		['a tag less', { removeTags: ['x'] }, [{ op: 'replace', path: '/tags', value: ['y'] }]],
		['a tag for another', { addTags: ['z'], removeTags: ['x', 'y'] }, [{ op: 'replace', path: '/tags', value: ['z'] }]],
		['an address more', { addUrls: [{ href: 'c' }] }, [{ op: 'replace', path: '/urls', value: [A, B, { href: 'c' }] }]],
		['an address less', { removeUrls: ['https://a.example'] }, [{ op: 'replace', path: '/urls', value: [B] }]],
		[
			'another primary address',
			{ addUrls: [{ ...B, primary: true }] },
			[
				{
					op: 'replace',
					path: '/urls',
					value: [
						{ label: 'dashboard', href: A.href },
						{ ...B, primary: true },
					],
				},
			],
		],
		[
			'a label of an address',
			{ addUrls: [{ href: A.href, label: 'console' }] },
			[{ op: 'replace', path: '/urls', value: [{ ...A, label: 'console' }, B] }],
		],
	])('%s', (_what, update, operations) => {
		expect(planUpdate(item, update).operations).toEqual(operations);
	});

	it('adds what the item lacks', () => {
		const { tags: _tags, urls: _urls, ...bare } = item;
		const { operations } = planUpdate(bare, { addTags: ['x'], addUrls: [B] });
		expect(operations.map(({ op, path }) => `${op} ${path}`)).toEqual(['add /tags', 'add /urls']);
	});

	it.each<[string, ItemUpdate]>([
		['nothing', {}],
		['what is there', { title: 'Old', favorite: false, addTags: ['y', 'x'], addUrls: [B], fields: [{ field: 'f0', action: 'set', value: 'old' }] }],
		['a tag taken and given', { removeTags: ['x'], addTags: ['x'] }],
		['no longer what is not there', { removeTags: ['Z'], removeUrls: ['https://z.example'] }],
		['empty what is empty', { fields: [{ field: 'note', action: 'clear' }] }],
		['a value only if there is none', { fields: [{ field: 'f0', action: 'generate', onlyIfEmpty: true }] }],
		['to remove what is gone, if missing fields do not matter', { addMissingFields: true, fields: [{ field: 'gone', action: 'remove' }] }],
		['the primary address that is there', { addUrls: [A] }],
		['the primary address, not knowing its label', { addUrls: [{ href: A.href, primary: true }] }],
	])('is empty for a request for %s', (_what, update) => {
		expect(planUpdate(item, update)).toMatchObject({ operations: [], changes: [] });
	});

	it('keeps tags that the item has twice', () => {
		expect(planUpdate({ ...item, tags: ['x', 'x'] }, { title: 'New' }).operations).toHaveLength(1);
	});

	it('lists every change without a value', () => {
		const plan = planUpdate(item, {
			title: 'secret title',
			addTags: ['secret tag'],
			addUrls: [{ href: 'secret href' }],
			addMissingFields: true,
			fields: [
				{ field: 'f0', action: 'set', value: 'secret value' },
				{ field: 'Rotation.key', action: 'remove' },
				{ field: 'new', section: 'Fresh', action: 'set', value: 'secret new' },
			],
		});
		expect(plan.changes).toEqual([
			{ target: 'title', kind: 'changed' },
			{ target: 'tags', kind: 'changed' },
			{ target: 'urls', kind: 'changed' },
			{ target: 'field', kind: 'changed', id: 'f0', label: 'key' },
			{ target: 'field', kind: 'removed', id: 'f2', label: 'key', section: 'Rotation' },
			{ target: 'field', kind: 'added', label: 'new', section: 'Fresh' },
		]);
		expect(JSON.stringify(plan.changes)).not.toContain('secret');
	});

	it('refuses two changes to one field, however it is specified', () => {
		const twice: FieldChange[] = [
			{ field: 'f2', action: 'set', value: '1' },
			{ field: 'Rotation.key', action: 'remove' },
		];
		expect(codeOf(() => planUpdate(item, { fields: twice }))).toBe('INVALID_INPUT');
	});

	it.each<[string, FieldChange[]]>([
		[
			'of one label',
			[
				{ field: 'new', action: 'set', value: '1' },
				{ field: 'new', action: 'set', value: '2' },
			],
		],
		[
			'whose labels differ in case',
			[
				{ field: 'new', action: 'set', value: '1' },
				{ field: 'NEW', action: 'set', value: '2' },
			],
		],
		[
			'of one section',
			[
				{ field: 'new', section: 'Fresh', action: 'set', value: '1' },
				{ field: 'new', section: 'Fresh', action: 'set', value: '2' },
			],
		],
	])('refuses to add two fields %s', (_what, fields) => {
		expect(codeOf(() => planUpdate(item, { addMissingFields: true, fields }))).toBe('INVALID_INPUT');
	});

	it.each<[string, FieldChange, string]>([
		['a field that is not there', { field: 'gone', action: 'set', value: 'x' }, 'FIELD_NOT_FOUND'],
		['a field that is not there, to remove', { field: 'gone', action: 'remove' }, 'FIELD_NOT_FOUND'],
		['one of two fields of a name', { field: 'KEY', action: 'set', value: 'x' }, 'AMBIGUOUS'],
	])('refuses %s', (_what, change, code) => {
		const withTwin: FullItem = { ...item, fields: [...(item.fields ?? []), { id: 'f3', label: 'Key' }] };
		expect(codeOf(() => planUpdate(withTwin, { fields: [change] }))).toBe(code);
	});

	it("uses a login's own field if one in a section has the same name, but only for logins", () => {
		expect(codeOf(() => planUpdate({ ...item, category: 'SERVER' }, { fields: [{ field: 'key', action: 'set', value: 'x' }] }))).toBe('AMBIGUOUS');
		expect(planUpdate(item, { fields: [{ field: 'key', action: 'set', value: 'x' }] }).operations).toEqual([
			{ op: 'replace', path: '/fields/f0/value', value: 'x' },
		]);
	});
});

/** Changes of the fields by id, in a way that the field allows. */
const changesOf = (fields: FullItem['fields'] = []): fc.Arbitrary<FieldChange[]> =>
	fc.subarray(fields.filter(({ type = '' }) => ['STRING', 'CONCEALED', 'URL', 'EMAIL', 'MENU', 'OTP'].includes(type))).chain((chosen) =>
		fc.tuple(
			...chosen.map(({ id }) =>
				fc.oneof(
					fc.string({ minLength: 1, maxLength: 5 }).map((value): FieldChange => ({ field: id, action: 'set', value })),
					fc.constantFrom<FieldChange>({ field: id, action: 'clear' }, { field: id, action: 'remove' }),
				),
			),
		),
	);

const wish = arbitraryItem.chain((before) =>
	fc.tuple(
		fc.constant(before),
		fc.record({
			title: fc.option(fc.string({ minLength: 1, maxLength: 5 }), { nil: undefined }),
			favorite: fc.option(fc.boolean(), { nil: undefined }),
			addTags: fc.uniqueArray(fc.constantFrom('x', 'y', 'new')),
			removeTags: fc.uniqueArray(fc.constantFrom('z', 'X')),
			addUrls: fc.uniqueArray(fc.constantFrom<ItemUrl>({ href: 'https://a.example' }, { href: 'https://d.example', label: 'd' }), {
				selector: ({ href }) => href,
			}),
			removeUrls: fc.subarray(['https://b.example']),
			fields: changesOf(before.fields),
		}),
	),
);

describe('the patch of any update of any item', () => {
	it('makes the requested changes, and leaves every other byte unchanged', () => {
		fc.assert(
			fc.property(wish, ([before, update]) => {
				const plan = planUpdate(before, update);
				const after = applyPatch(before, plan.operations);
				const touched = new Set(update.fields.map(({ field }) => field));
				expect(after.title).toBe(update.title ?? before.title);
				expect(after.favorite ?? false).toBe(update.favorite ?? before.favorite ?? false);
				const restOf = ({ title: _title, favorite: _favorite, tags: _tags, urls: _urls, fields: all, ...rest }: FullItem): string =>
					JSON.stringify([rest, all?.filter(({ id }) => !touched.has(id))]);
				expect(restOf(after)).toBe(restOf(before));
				for (const { field, action, value } of update.fields) {
					const [was, is] = [before, after].map(({ fields = [] }) => fields.find(({ id }) => id === field));
					if (action === 'remove') expect(is).toBeUndefined();
					else expect([{ ...is, value: undefined }, is?.value ?? '']).toEqual([{ ...was, value: undefined }, value ?? '']);
				}
				expect(isApplied(after, plan, before)).toBe(true);
			}),
			{ seed: 4, numRuns: 500 },
		);
	});

	it('is empty the second time, and not applied before the first', () => {
		fc.assert(
			fc.property(wish, ([before, update]) => {
				const plan = planUpdate(before, update);
				const after = applyPatch(before, plan.operations);
				const again = { ...update, fields: update.fields.filter(({ action }) => action !== 'remove') };
				expect(planUpdate(after, again).operations).toEqual([]);
				expect(isApplied(before, plan, before)).toBe(plan.operations.length === 0);
			}),
			{ seed: 5, numRuns: 500 },
		);
	});

	it('never addresses a field by index, and never replaces the whole item', () => {
		fc.assert(
			fc.property(wish, ([before, update]) => {
				for (const { path } of planUpdate(before, update).operations) {
					expect(path).toMatch(/^\/(title|favorite|tags|urls|fields|fields\/f\d(\/value)?)$/);
				}
			}),
			{ seed: 6, numRuns: 200 },
		);
	});

	it('changes only the one field in items of every category', () => {
		for (const seed of itemOfEveryCategory()) {
			const before = { ...seed, id: 'i'.repeat(26), vault: { id: 'v'.repeat(26) } } as unknown as FullItem;
			const { operations } = planUpdate(before, { fields: [{ field: 'secret', action: 'set', value: 'new' }] });
			const after = applyPatch(before, operations);
			expect(JSON.stringify(after).replace('"value":"new"', '')).toBe(JSON.stringify(before).replace(secretOf(before), ''));
		}
	});
});

function secretOf({ fields = [] }: FullItem): string {
	return `"value":${JSON.stringify(fields.find(({ id }) => id === 'secret')?.value)}`;
}

describe('whether a read shows an update', () => {
	it.each<[string, ItemUpdate, Partial<FullItem>, boolean]>([
		['the title', { title: 'New' }, { title: 'New' }, true],
		['another title', { title: 'New' }, { title: 'Other' }, false],
		['tags in another order', { addTags: ['a'] }, { tags: ['a', 'x', 'y'] }, true],
		['a tag too few', { addTags: ['a'] }, { tags: ['x', 'y'] }, false],
		['a tag too many', { removeTags: ['x'] }, { tags: ['x', 'y'] }, false],
		['an absent list for an empty one', { removeTags: ['x', 'y'] }, { tags: undefined }, true],
		['an absent favorite for no favorite', { title: 'New', favorite: false }, { title: 'New', favorite: undefined }, true],
		['the addresses in another order', { addUrls: [{ href: 'c' }] }, { urls: [{ href: 'c' }, B, A] }, true],
		// `sameUrls` must not take the mark of the primary address for wrong where a server gives the only address
		// one that nobody asked for, as the apps do. Only a mark that was asked for must be there.
		[
			'a primary address that nobody asked for',
			{ removeUrls: [A.href], addUrls: [{ href: 'c' }] },
			{ urls: [{ ...B, primary: true }, { href: 'c' }] },
			true,
		],
		['another primary address than the wanted one', { addUrls: [{ ...B, primary: true }] }, { urls: [A, B] }, false],
		['an address too few', { addUrls: [{ href: 'c' }] }, { urls: [A, B] }, false],
	])('%s', (_what, update, shown, expected) => {
		expect(isApplied({ ...item, ...shown }, planUpdate(item, update), item)).toBe(expected);
	});
});
