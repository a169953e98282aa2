import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { findTarget, type ReferenceTarget } from '../../../../nodes/shared/core/references/referenceTarget';
import type { FullItem } from '../../../../nodes/shared/core/wire';
import { NAMES, arbitraryItem } from '../../../support/arbitraryItem';

function idOf(target: ReferenceTarget): string {
	return target.kind === 'field' ? target.field.id : target.file.id;
}

const item = (rest: Partial<FullItem>): FullItem => ({ id: 'i', vault: { id: 'v' }, category: 'LOGIN', ...rest });

describe('the target of a reference', () => {
	it('is always the field with this ID', () => {
		fc.assert(
			fc.property(arbitraryItem, (candidate) => {
				for (const { id } of candidate.fields ?? []) expect(idOf(findTarget(candidate, { field: id }))).toBe(id);
			}),
			{ seed: 21, numRuns: 500 },
		);
	});

	it('matches the name and section, or is an error without a value', () => {
		const values = ['VALUE-ONE', 'VALUE-TWO'];
		const fold = (text?: string): string => (text ?? '').normalize('NFC').toLowerCase();
		fc.assert(
			fc.property(
				arbitraryItem,
				fc.constantFrom(...NAMES),
				fc.option(fc.constantFrom('a', 'A', 's2', 'a.b', 'none'), { nil: undefined }),
				(drawn, name, section) => {
					const candidate = { ...drawn, fields: drawn.fields?.map((field, index) => ({ ...field, value: values[index % 2] })) };
					try {
						const target = findTarget(candidate, { field: name, ...(section !== undefined && { section }) });
						if (target.kind !== 'field') throw new Error('There are no files.');
						const { field } = target;
						expect(field.id === name || fold(field.label) === fold(name)).toBe(true);
						const { id, label } = candidate.sections?.find(({ id }) => id === field.section?.id) ?? {};
						if (section !== undefined) expect(id === section || fold(label) === fold(section)).toBe(true);
					} catch (error) {
						if (!(error instanceof OnePasswordError)) throw error;
						expect(['FIELD_NOT_FOUND', 'AMBIGUOUS']).toContain(error.code);
						expect(JSON.stringify(error.details)).not.toMatch(/VALUE-(ONE|TWO)/);
					}
				},
			),
			{ seed: 22, numRuns: 2_000 },
		);
	});

	it('that is missing is refused with what exists', () => {
		const section = { id: 's', label: 'Admin' };
		const full = item({
			sections: [section],
			fields: [{ id: 'f', label: 'key', type: 'STRING', section }],
			files: [{ id: 'x', name: 'a.txt', size: 1 }],
		});
		expect(() => findTarget(full, { section: 'Ops', field: 'key' })).toThrow('The item has no field or file "key" in a section "Ops".');
		expect(() => findTarget(full, { field: 'nope' })).toThrow(
			expect.objectContaining({ advice: 'It has: "Admin.key" (f), "a.txt" (x).' }) as unknown as Error,
		);
		expect(() => findTarget(item({}), { field: 'nope' })).toThrow(
			expect.objectContaining({ advice: 'It has no fields and no files at all.' }) as unknown as Error,
		);
	});

	it('that is ambiguous is refused with the candidates', () => {
		const files = [
			{ id: 'x', name: 'a.txt', size: 1 },
			{ id: 'y', name: 'a.txt', size: 1, section: { id: 's', label: 'Admin' } },
			{ id: 'z', name: 'A.txt', size: 1 },
		];
		expect(idOf(findTarget(item({ files }), { field: 'a.txt' }))).toBe('x');
		expect(() => findTarget(item({ files: [...files, { id: 'w', name: 'a.txt', size: 1 }] }), { field: 'a.txt' })).toThrow(
			expect.objectContaining({
				message: '2 files of the item are called "a.txt".',
				details: expect.objectContaining({ candidates: [{ id: 'x' }, { id: 'w' }] }),
			}) as unknown as Error,
		);
	});
});
