import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { NameIndex } from '../../../../nodes/shared/core/names/nameIndex';
import { matchByName } from '../../../../nodes/shared/core/names/nameMatch';

interface Thing {
	readonly id: string;
	readonly name?: string;
}

const nameOf = ({ name }: Thing): string | undefined => name;

const NAMES = ['a', 'A', 'ä', 'a\u0308', 'Ä', 'b', '', '__proto__', 'constructor'];

const things = fc.array(fc.record({ id: fc.constantFrom('1', '2', '3', 'a'), name: fc.option(fc.constantFrom(...NAMES), { nil: undefined }) }), {
	maxLength: 8,
});

describe('an index of names', () => {
	it('finds the same as a scan of all names', () => {
		fc.assert(
			fc.property(things, (all) => {
				const index = new NameIndex<Thing>(all, nameOf);
				for (const name of [...NAMES, 'gone']) expect(index.withName(name)).toEqual(matchByName(all, name, nameOf));
			}),
			{ seed: 17, numRuns: 500 },
		);
	});

	it('finds IDs, and refuses to choose between two with the same ID', () => {
		fc.assert(
			fc.property(things, (all) => {
				const index = new NameIndex<Thing>(all, nameOf);
				for (const id of ['1', 'a', 'gone', '__proto__']) {
					const found = all.filter((thing) => thing.id === id);
					expect(index.withId(id).kind).toBe(found.length > 1 ? 'many' : found.length === 1 ? 'one' : 'none');
				}
			}),
			{ seed: 18, numRuns: 200 },
		);
	});
});
