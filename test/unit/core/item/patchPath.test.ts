import { describe, expect, it } from '@jest/globals';

import type { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { fieldPath } from '../../../../nodes/shared/core/item/patchPath';
import type { Field, FullItem } from '../../../../nodes/shared/core/wire';

const itemOf = (...fields: Field[]): FullItem => ({
	id: 'i',
	vault: { id: 'v' },
	category: 'LOGIN',
	sections: [
		{ id: 'p', label: 'Prod' },
		{ id: 't', label: 'Test' },
	],
	fields,
});

const pathOf = (field: Field): string => fieldPath(itemOf(field), field);

describe('the path of a field', () => {
	it.each(['password', 'notesPlain', 'TOTP_0123', 'abcdefghijklmnopqrstuvwxyz', 'with space', 'a.b', '0', 'ü'])('uses its ID: %s', (id) => {
		expect(pathOf({ id, type: 'STRING', label: 'other' })).toBe(`/fields/${id}`);
	});

	it.each(['a/b', '/', 'a~b', '~1', '../title'])('is refused for the ID %s, which would point elsewhere', (id) => {
		expect(() => pathOf({ id, type: 'STRING', value: 'secret' })).toThrow(
			expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as OnePasswordError,
		);
	});

	it('is refused for a field without an ID', () => {
		expect(() => pathOf({ id: '', label: 'key' })).toThrow('The field "key" has no ID');
	});

	it('is refused for an ID that two fields share, listing both without a value', () => {
		const fields = ['p', 't'].map((id): Field => ({ id: 'password', label: 'password', section: { id }, value: 'canary' }));
		for (const field of fields) {
			expect(() => fieldPath(itemOf(...fields), field)).toThrow(
				expect.objectContaining({
					code: 'AMBIGUOUS',
					message: expect.stringMatching(/^(?!.*canary).*"Prod.password" \(password\), "Test.password" \(password\)/) as unknown as string,
					details: expect.objectContaining({
						candidates: [
							{ id: 'password', section: 'Prod' },
							{ id: 'password', section: 'Test' },
						],
					}) as object,
				}) as unknown as OnePasswordError,
			);
		}
	});
});
