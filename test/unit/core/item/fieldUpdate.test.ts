import { describe, expect, it } from '@jest/globals';

import { CONCEALED_VALUE } from '../../../../nodes/shared/core/disclosure/concealment';
import { planFieldChange, type FieldPlan } from '../../../../nodes/shared/core/item/fieldUpdate';
import type { FieldChange } from '../../../../nodes/shared/core/item/change';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import type { Field, FullItem } from '../../../../nodes/shared/core/wire';
import { applyPatch } from '../../../support/applyPatch';

const SECRET: Field = { id: 'f0', type: 'CONCEALED', label: 'key', value: 'old', passwordDetails: { history: ['older'] }, entropy: 7 };

function itemWith(...fields: Field[]): FullItem {
	return { id: 'i', vault: { id: 'v' }, category: 'LOGIN', version: 1, sections: [{ id: 's', label: 'Rotation' }, { id: 'bare' }], fields };
}

function plan(change: FieldChange, item = itemWith(SECRET), addMissing = false): FieldPlan | undefined {
	return planFieldChange(item, change, addMissing);
}

function refusal(attempt: () => unknown): OnePasswordError {
	try {
		attempt();
	} catch (error) {
		if (error instanceof OnePasswordError) return error;
		throw error;
	}
	throw new Error('Not refused');
}

describe('setting a field', () => {
	it.each<[string, Field, string, unknown]>([
		['replaces a value', SECRET, 'new', { op: 'replace', path: '/fields/f0/value', value: 'new' }],
		['adds the first value', { id: 'f0', type: 'STRING', label: 'key' }, 'new', { op: 'add', path: '/fields/f0/value', value: 'new' }],
		['adds to an empty value', { id: 'f0', type: 'STRING', label: 'key', value: '' }, 'new', { op: 'add', path: '/fields/f0/value', value: 'new' }],
		['keeps white space', SECRET, ' a\n', { op: 'replace', path: '/fields/f0/value', value: ' a\n' }],
	])('%s', (_what, field, value, operation) => {
		expect(plan({ field: 'key', action: 'set', value }, itemWith(field))?.operations).toEqual([operation]);
	});

	it('to its current value plans nothing', () => {
		expect(plan({ field: 'key', action: 'set', value: 'old' })).toBeUndefined();
	});

	it('is shown only by a read with this value', () => {
		const made = plan({ field: 'key', action: 'set', value: 'new' });
		const shows = (value?: string): boolean | undefined => made?.expectation(itemWith({ ...SECRET, value }), itemWith(SECRET));
		expect([shows('new'), shows('old'), shows(undefined), made?.expectation(itemWith(), itemWith())]).toEqual([true, false, false, false]);
	});

	it.each([
		['DATE', '2026-01-02', '1767312060', '1767441600'],
		['MONTH_YEAR', '2026/01', '202601', '202602'],
	])('of type %s is shown by the value as the server rewrites it', (type, value, rewritten, other) => {
		const field = { ...SECRET, type };
		const made = plan({ field: 'key', action: 'set', value }, itemWith(field));
		const shows = (shown?: string): boolean | undefined => made?.expectation(itemWith({ ...field, value: shown }), itemWith(field));
		expect([shows(rewritten), shows(other), shows(undefined)]).toEqual([true, false, false]);
	});

	it.each([
		['MONTH_YEAR', '203012', '2030/12'],
		['DATE', '1767268860', '2026-01-01'],
	])('of type %s to its current value in another form plans nothing', (type, value, wanted) => {
		expect(plan({ field: 'key', action: 'set', value: wanted }, itemWith({ ...SECRET, type, value }))).toBeUndefined();
	});

	it('refuses the placeholder of a concealed value', () => {
		for (const value of [CONCEALED_VALUE, `key: ${CONCEALED_VALUE}`]) {
			expect(refusal(() => plan({ field: 'key', action: 'set', value })).code).toBe('INVALID_INPUT');
		}
	});

	it.each(['ADDRESS', 'CREDIT_CARD_NUMBER', 'CREDIT_CARD_TYPE', 'FILE', 'GENDER', 'PASSKEY', 'PHONE', 'REFERENCE', 'SSHKEY', 'UNKNOWN'])(
		'of type %s is refused, because Connect would lose it',
		(type) => {
			const item = itemWith({ ...SECRET, type });
			for (const action of ['set', 'clear', 'generate'] as const) {
				const error = refusal(() => plan({ field: 'key', action, value: 'n3w' }, item));
				expect([error.code, error.message.includes('n3w'), error.message.includes('old')]).toEqual(['INVALID_INPUT', false, false]);
			}
		},
	);

	it.each(['a/b', 'a~b'])('with the ID %s is refused, because no path can address it', (id) => {
		expect(refusal(() => plan({ field: id, action: 'set', value: 'x' }, itemWith({ ...SECRET, id }))).code).toBe('INVALID_INPUT');
	});
});

describe('clearing a field', () => {
	it('removes the value and keeps the field', () => {
		const made = plan({ field: 'key', action: 'clear' });
		expect(made?.operations).toEqual([{ op: 'remove', path: '/fields/f0/value' }]);
		expect(made?.change).toEqual({ target: 'field', kind: 'changed', id: 'f0', label: 'key' });
		expect(made?.expectation(itemWith({ ...SECRET, value: undefined }), itemWith(SECRET))).toBe(true);
		expect(made?.expectation(itemWith(SECRET), itemWith(SECRET))).toBe(false);
	});
});

describe('removing a field', () => {
	it('removes a field of any type', () => {
		const made = plan({ field: 'key', action: 'remove' }, itemWith({ ...SECRET, type: 'SSHKEY' }));
		expect(made?.operations).toEqual([{ op: 'remove', path: '/fields/f0' }]);
		expect([made?.expectation(itemWith(), itemWith(SECRET)), made?.expectation(itemWith(SECRET), itemWith(SECRET))]).toEqual([true, false]);
	});
});

describe('generating a value', () => {
	const recipe = { length: 20, characterSets: ['DIGITS'] } as const;

	it('sends the field without anything that takes precedence or belongs to the old value', () => {
		const field = { ...SECRET, section: { id: 's' }, unknownMember: 1 } as Field;
		const [operation] = plan({ field: 'key', action: 'generate', recipe }, itemWith(field))?.operations ?? [];
		expect(operation).toEqual({
			op: 'replace',
			path: '/fields/f0',
			value: { id: 'f0', type: 'CONCEALED', label: 'key', section: { id: 's' }, unknownMember: 1, generate: true, recipe },
		});
	});

	it('is shown by a changed value', () => {
		const made = plan({ field: 'key', action: 'generate' });
		const shows = (value?: string): boolean | undefined => made?.expectation(itemWith({ ...SECRET, value }), itemWith(SECRET));
		expect([shows('generated'), shows('old'), shows(undefined)]).toEqual([true, false, false]);
	});

	it('with onlyIfEmpty keeps an existing value', () => {
		expect(plan({ field: 'key', action: 'generate', onlyIfEmpty: true })).toBeUndefined();
		expect(plan({ field: 'key', action: 'generate', onlyIfEmpty: true }, itemWith({ ...SECRET, value: '' }))).toBeDefined();
	});
});

describe('a missing field', () => {
	const add = (change: FieldChange, item = itemWith(SECRET)): FullItem => {
		const made = plan(change, item, true);
		const after = applyPatch(item, made?.operations ?? []);
		expect(made?.expectation(after, item)).toBe(true);
		expect(made?.expectation(item, item)).toBe(false);
		return after;
	};

	it('is refused unless it may be added', () => {
		for (const action of ['set', 'generate', 'clear', 'remove'] as const) {
			expect(refusal(() => plan({ field: 'new', action, value: 'x' })).code).toBe('FIELD_NOT_FOUND');
		}
	});

	it('is added after the others, as CONCEALED unless the type is given', () => {
		expect(add({ field: 'new', action: 'set', value: 'x' }).fields?.[1]).toMatchObject({ label: 'new', type: 'CONCEALED', value: 'x' });
		expect(add({ field: 'new', action: 'set', value: 'x', type: 'URL' }).fields?.[1]).toMatchObject({ type: 'URL' });
	});

	it('is added for the server to fill, and shown by any value', () => {
		const made = plan({ field: 'new', action: 'generate' }, itemWith(), true);
		expect(made?.operations).toEqual([{ op: 'add', path: '/fields', value: { label: 'new', type: 'CONCEALED', generate: true } }]);
		const shows = (value?: string): boolean | undefined =>
			made?.expectation(itemWith({ id: 'x', type: 'CONCEALED', label: 'new', value }), itemWith());
		expect([shows('generated'), shows(undefined)]).toEqual([true, false]);
	});

	it.each<[string, Pick<FieldChange, 'field' | 'section'>, object]>([
		['in a section by its label', { field: 'new', section: 'rotation' }, { label: 'new', section: { id: 's' } }],
		['in a section by its id', { field: 'new', section: 'bare' }, { label: 'new', section: { id: 'bare' } }],
		['in a section by section.label', { field: 'Rotation.new' }, { label: 'new', section: { id: 's' } }],
		['under a label with a dot', { field: 'v1.new' }, { label: 'v1.new' }],
		['in a section of its own', { field: 'new', section: 'Fresh' }, { label: 'new', section: { label: 'Fresh' } }],
	])('is added %s', (_where, change, expected) => {
		const made = plan({ ...change, action: 'set', value: 'x' }, itemWith(SECRET), true);
		expect(made?.operations).toMatchObject([{ op: 'add', path: '/fields', value: expected }]);
	});

	it('is never added to the sections, which would replace them', () => {
		const made = plan({ field: 'new', section: 'Fresh', action: 'set', value: 'x' }, itemWith(SECRET), true);
		expect(made?.operations.map(({ path }) => path)).toEqual(['/fields']);
	});

	it('has nothing to clear or remove', () => {
		for (const action of ['clear', 'remove'] as const) expect(plan({ field: 'new', action }, itemWith(SECRET), true)).toBeUndefined();
	});

	it('is not added beside two that share the name', () => {
		const item = itemWith(SECRET, { ...SECRET, id: 'f1' });
		expect(refusal(() => plan({ field: 'key', action: 'set', value: 'x' }, item, true)).code).toBe('AMBIGUOUS');
	});

	it('gets a unique ID', () => {
		const otp = { action: 'set', value: 'otpauth://totp/x', type: 'OTP' } as const;
		const first = add({ ...otp, field: 'code', section: 'Rotation' });
		const second = add({ ...otp, field: 'code', section: 'Fresh' }, first);
		expect(new Set(second.fields?.map(({ id }) => id)).size).toBe(3);
	});
});
