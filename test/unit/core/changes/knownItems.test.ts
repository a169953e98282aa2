import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { packItems, unpackItems, type KnownItem, type Presence } from '../../../../nodes/shared/core/changes/knownItems';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';

const id = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789'), minLength: 26, maxLength: 26 });

const knownItem: fc.Arbitrary<KnownItem> = fc.record({
	id,
	version: fc.oneof(fc.nat(20), fc.integer({ min: 0, max: 2 ** 48 })),
	presence: fc.constantFrom<Presence>('active', 'absent', 'archived', 'deleted'),
	watched: fc.boolean(),
	mark: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 2 ** 24 - 1 })),
});

const listOf = (items: readonly KnownItem[]): Map<string, KnownItem> => new Map(items.map((item) => [item.id, item]));

const listOfLength = (count: number): Map<string, KnownItem> =>
	listOf(
		fc
			.sample(id, { numRuns: count, seed: 7 })
			.map((own, index) => ({ id: own, version: (index % 200) + 1, presence: 'active', watched: true, mark: 0 })),
	);

describe('what is known of items', () => {
	it('is the same after packing and unpacking, in the same order', () => {
		fc.assert(
			fc.property(fc.array(knownItem, { maxLength: 20 }), (items) => {
				const known = listOf(items);
				expect([...(unpackItems(packItems(known)) ?? [])]).toEqual([...known]);
			}),
			{ seed: 1, numRuns: 300 },
		);
	});

	it.each(['0'.repeat(26), 'z'.repeat(26), `${'0'.repeat(9)}z${'z'.repeat(9)}0zzzzz0`])('keeps the id %s', (own) => {
		const known = listOf([{ id: own, version: 1, presence: 'active', watched: true, mark: 2 ** 24 - 1 }]);
		expect(unpackItems(packItems(known))).toEqual(known);
	});

	it.each([1_000, 10_000])('takes at most 26 bytes an item: %d items', (count) => {
		expect(packItems(listOfLength(count)).length / count).toBeLessThanOrEqual(26);
	});

	it('is not read from a text that was cut short anywhere', () => {
		const text = packItems(listOfLength(12));
		for (let end = 0; end < text.length; end++) expect(unpackItems(text.slice(0, end))).toBeUndefined();
		expect(unpackItems(packItems(new Map()))?.size).toBe(0);
	});

	it('is not read from anything else, and nothing is thrown', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
				const items = unpackItems(text);
				for (const item of items?.values() ?? []) expect(item.id).toMatch(/^[a-z0-9]{26}$/);
			}),
			{ seed: 2, numRuns: 300 },
		);
		expect(unpackItems('garbage!')).toBeUndefined();
	});

	it.each(['short', 'A'.repeat(26), '-'.repeat(26)])('cannot be packed with the id %s', (own) => {
		expect(() => packItems(listOf([{ id: own, version: 1, presence: 'active', watched: true, mark: 0 }]))).toThrow(OnePasswordError);
	});
});
