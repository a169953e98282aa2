import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { changeEventId, versionsAdvanced, type ItemChange } from '../../../../nodes/shared/core/changes/itemChange';
import type { KnownItem, Presence } from '../../../../nodes/shared/core/changes/knownItems';
import { diffListing, diffRow, knownAfter } from '../../../../nodes/shared/core/changes/versionDiff';
import type { Item } from '../../../../nodes/shared/core/wire';

const VAULT = 'v'.repeat(26);
const ID = 'i'.repeat(26);

const known = (version: number, presence: Presence = 'active', id = ID): KnownItem => ({ id, version, presence, watched: true, mark: 0 });
const row = (version: number, state?: string, id = ID): Item => ({
	id,
	version,
	vault: { id: VAULT },
	category: 'LOGIN',
	...(state && { state }),
});

describe('what a row shows to have happened', () => {
	it.each<[string, KnownItem | undefined, Item, Partial<ItemChange> | undefined]>([
		['an item nobody knew', undefined, row(3), { kind: 'created', version: 3 }],
		['an archived item nobody knew', undefined, row(3, 'ARCHIVED'), undefined],
		['the same version', known(2), row(2), undefined],
		['an older version', known(3), row(2), undefined],
		['a newer version', known(2), row(5), { kind: 'updated', previousVersion: 2, version: 5 }],
		['a newer version of one that was missing', known(2, 'absent'), row(3), { kind: 'updated', previousVersion: 2 }],
		['an item put away', known(2), row(3, 'ARCHIVED'), { kind: 'archived', previousVersion: 2 }],
		['an item put away without a new version', known(2), row(2, 'ARCHIVED'), { kind: 'archived', version: 2 }],
		['an older item put away', known(3), row(2, 'ARCHIVED'), undefined],
		['an item in the bin', known(2), row(3, 'DELETED'), { kind: 'deleted' }],
		['an archived item again', known(3, 'archived'), row(3, 'ARCHIVED'), undefined],
		['an archived item back', known(3, 'archived'), row(4), { kind: 'restored', previousVersion: 3 }],
		['an archived item back without a new version', known(3, 'archived'), row(3), { kind: 'restored', version: 3 }],
		['an archived item as it was before', known(3, 'archived'), row(2), undefined],
		['a deleted item back', known(3, 'deleted'), row(4), { kind: 'restored' }],
		['a deleted item as it was', known(3, 'deleted'), row(3), undefined],
	])('%s', (_what, before, shown, expected) => {
		const change = diffRow(VAULT, before, shown);
		if (expected === undefined) expect(change).toBeUndefined();
		else expect(change).toMatchObject({ vaultId: VAULT, itemId: ID, ...expected });
	});
});

const listing = fc.uniqueArray(
	fc.record({ id: fc.constantFrom(...'abcdefgh').map((letter) => letter.repeat(26)), version: fc.integer({ min: 1, max: 5 }) }),
	{ selector: ({ id }) => id },
);

const rowsOf = (items: ReadonlyArray<{ id: string; version: number }>): Item[] => items.map(({ id, version }) => row(version, undefined, id));
const knownOf = (items: ReadonlyArray<{ id: string; version: number }>): Map<string, KnownItem> =>
	new Map(items.map(({ id, version }) => [id, known(version, 'active', id)]));
const sorted = (items: Iterable<KnownItem>): string[] =>
	[...items]
		.filter(({ presence }) => presence === 'active')
		.map(({ id, version }) => `${id}@${version}`)
		.sort();

describe('the difference of a list', () => {
	it('to itself is nothing', () => {
		fc.assert(
			fc.property(listing, (items) => {
				expect(diffListing(VAULT, knownOf(items), rowsOf(items))).toEqual({ changes: [], missing: [], noted: [], isOutdated: false });
			}),
			{ seed: 1, numRuns: 200 },
		);
	});

	it('leads from the old one to the new one', () => {
		fc.assert(
			fc.property(listing, listing, (before, after) => {
				const state = knownOf(before);
				// A version never falls but on a server that lags behind.
				const newer = after.map(({ id, version }) => ({ id, version: Math.max(version, state.get(id)?.version ?? 0) }));
				const { changes, missing } = diffListing(VAULT, state, rowsOf(newer));
				for (const change of changes) state.set(change.itemId, knownAfter(change, { watched: true, mark: 0 }));
				for (const { id } of missing) state.delete(id);
				expect(sorted(state.values())).toEqual(sorted(knownOf(newer).values()));
				expect(new Set(changes.map(changeEventId)).size).toBe(changes.length);
			}),
			{ seed: 2, numRuns: 300 },
		);
	});

	it('to an older one is no change, and says so', () => {
		fc.assert(
			fc.property(listing, fc.nat(3), (items, steps) => {
				const state = knownOf(items.map(({ id, version }) => ({ id, version: version + steps })));
				const diff = diffListing(VAULT, state, rowsOf(items));
				expect(diff).toMatchObject({ changes: [], missing: [], isOutdated: steps > 0 && items.length > 0 });
			}),
			{ seed: 3, numRuns: 100 },
		);
	});

	it('notes what is back as it was, and what has been put away since long ago', () => {
		const { noted, changes } = diffListing(VAULT, new Map([[ID, known(2, 'absent')]]), [row(2), row(7, 'ARCHIVED', 'a'.repeat(26))]);
		expect(changes).toEqual([]);
		expect(noted).toMatchObject([
			{ id: ID, presence: 'active' },
			{ version: 7, presence: 'archived' },
		]);
	});

	it('misses neither archived nor deleted items', () => {
		const state = new Map(
			(['archived', 'deleted', 'absent', 'active'] as const).map((presence, index) => [`${index}`, known(1, presence, `${index}`)]),
		);
		expect(diffListing(VAULT, state, []).missing.map(({ presence }) => presence)).toEqual(['absent', 'active']);
	});
});

describe('the identity of an event', () => {
	it.each([
		['created', `${VAULT}/${ID}@4`],
		['updated', `${VAULT}/${ID}@4`],
		['existing', `${VAULT}/${ID}@4`],
		['archived', `${VAULT}/${ID}@4#archived`],
		['deleted', `${VAULT}/${ID}@4#deleted`],
		['moved', `${VAULT}/${ID}@4#moved`],
		['restored', `${VAULT}/${ID}@4#restored`],
	] as const)('of an item %s', (kind, expected) => {
		expect(changeEventId({ kind, vaultId: VAULT, itemId: ID, version: 4 })).toBe(expected);
	});

	it.each([
		[undefined, 3, 3],
		[2, 3, 1],
		[3, 3, 0],
		[4, 3, 0],
	])('comes with how far it moved: from %p to %d', (previousVersion, version, expected) => {
		expect(versionsAdvanced({ kind: 'updated', vaultId: VAULT, itemId: ID, version, previousVersion })).toBe(expected);
	});
});
