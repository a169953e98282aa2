import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fieldsByKey, simplifyItem, summariseItem } from '../../../../nodes/shared/core/item/itemView';
import type { Field, FullItem } from '../../../../nodes/shared/core/wire';
import { NAMES, arbitraryItem } from '../../../support/arbitraryItem';

function itemWith(
	fields: Field[],
	sections: FullItem['sections'] = [
		{ id: 's', label: 'Prod' },
		{ id: 't', label: 'Test' },
	],
): FullItem {
	return { id: 'i', vault: { id: 'v' }, category: 'LOGIN', sections, fields };
}

function field(id: string, label?: string, section?: string): Field {
	return {
		id,
		type: 'STRING',
		value: id,
		...(label !== undefined && { label }),
		...(section !== undefined && { section: { id: section } }),
	};
}

describe('the fields by label', () => {
	it.each<[string, Field[], Record<string, string>]>([
		['a label used once is the key', [field('a', 'x'), field('b', 'y', 's')], { x: 'a', y: 'b' }],
		['without a label the id is the key', [field('a'), field('b', '')], { a: 'a', b: 'b' }],
		['a label used twice is told apart by the section', [field('a', 'x'), field('b', 'x', 's')], { x: 'a', 'Prod.x': 'b' }],
		['in two sections, too', [field('a', 'x', 't'), field('b', 'x', 's')], { 'Test.x': 'a', 'Prod.x': 'b' }],
		['in one section by the id', [field('a', 'x', 's'), field('b', 'x', 's')], { 'x (a)': 'a', 'x (b)': 'b' }],
		['without sections by the id', [field('a', 'x'), field('b', 'x')], { 'x (a)': 'a', 'x (b)': 'b' }],
		[
			'a label that reads like section.label',
			[field('a', 'Prod.x'), field('b', 'x', 's'), field('c', 'x', 't')],
			{ 'Prod.x': 'a', 'x (b)': 'b', 'Test.x': 'c' },
		],
		['an id that is the label of another', [field('x'), field('b', 'x')], { 'x (x)': 'x', 'x (b)': 'b' }],
		['labels that differ in case', [field('a', 'x'), field('b', 'X')], { x: 'a', X: 'b' }],
	])('%s', (_what, fields, expected) => {
		expect(fieldsByKey(itemWith(fields))).toEqual(expected);
	});

	it('are empty for a field without a value', () => {
		expect(fieldsByKey(itemWith([{ id: 'a', type: 'STRING', label: 'x' }]))).toEqual({ x: '' });
	});

	it('show the code of a one-time password, not the seed', () => {
		const otp: Field = { id: 'a', type: 'OTP', label: 'x', value: 'otpauth://seed', totp: '123456' };
		expect(fieldsByKey(itemWith([otp]))).toEqual({ x: '123456' });
		expect(fieldsByKey(itemWith([{ ...otp, type: 'STRING' }]))).toEqual({ x: 'otpauth://seed' });
	});

	it("can't reach a prototype", () => {
		const fields = fieldsByKey(itemWith([field('a', '__proto__'), field('b', 'constructor'), field('c', 'toString')]));
		expect(Object.keys(fields)).toEqual(['__proto__', 'constructor', 'toString']);
		expect(Object.getPrototypeOf(fields)).toBe(Object.prototype);
	});

	it('lose and merge none for any labels', () => {
		fc.assert(
			fc.property(arbitraryItem, ({ fields = [], ...rest }) => {
				const marked = fields.map((member): Field => ({ ...member, totp: undefined, value: member.id }));
				const shown = fieldsByKey({ ...rest, fields: marked });
				expect(Object.values(shown).sort()).toEqual(marked.map(({ id }) => id).sort());
			}),
			{ seed: 9, numRuns: 1_000 },
		);
	});

	it('lose none even if two fields have the same ID', () => {
		const twins = fc.array(fc.record({ id: fc.constantFrom('f0', 'f1'), label: fc.constantFrom('a', 'a (f0)', 'a (f0) 1', 'a (f0) 2', ...NAMES) }), {
			maxLength: 6,
		});
		fc.assert(
			fc.property(twins, (fields) => {
				const item = itemWith(fields.map((member): Field => ({ ...member, type: 'STRING', value: 'x' })));
				expect(Object.keys(fieldsByKey(item))).toHaveLength(fields.length);
			}),
			{ seed: 10, numRuns: 2_000 },
		);
	});

	it('are the same each time', () => {
		fc.assert(
			fc.property(arbitraryItem, (item) => expect(fieldsByKey(item)).toEqual(fieldsByKey(structuredClone(item)))),
			{ seed: 11, numRuns: 100 },
		);
	});
});

describe('a simplified item', () => {
	it('has its main properties', () => {
		const item: FullItem = {
			...itemWith([field('a', 'x')]),
			title: 'T',
			tags: ['x'],
			urls: [{ href: 'h', label: 'l' }],
			version: 4,
			createdAt: 'c',
			updatedAt: 'u',
			files: [{ id: 'f', name: 'n', size: 1, content_path: '/p', content: 'secret' }],
		};
		expect(simplifyItem(item)).toEqual({
			id: 'i',
			title: 'T',
			vaultId: 'v',
			category: 'LOGIN',
			version: 4,
			tags: ['x'],
			urls: ['h'],
			createdAt: 'c',
			updatedAt: 'u',
			fields: { x: 'a' },
			files: [{ id: 'f', name: 'n', size: 1 }],
		});
	});

	it('has the same properties regardless of what the server omits', () => {
		const bare = { id: 'i', vault: { id: 'v' }, category: 'LOGIN' };
		expect(summariseItem(bare)).toEqual({ id: 'i', title: '', vaultId: 'v', category: 'LOGIN', version: 0, tags: [], urls: [] });
		expect(simplifyItem(bare)).toMatchObject({ fields: {}, files: [] });
	});

	it('marks an archived item', () => {
		expect(summariseItem({ id: 'i', vault: { id: 'v' }, category: 'LOGIN', state: 'ARCHIVED' })).toMatchObject({ state: 'ARCHIVED' });
	});
});
