import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CONCEALED_VALUE, concealItem, isConcealed, showsSecret } from '../../../../nodes/shared/core/disclosure/concealment';
import { simplifyItem } from '../../../../nodes/shared/core/item/itemView';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import type { Field, FullItem } from '../../../../nodes/shared/core/wire';
import { itemOfEveryCategory } from '../../../emulators/connect';
import { TYPES, arbitraryItem } from '../../../support/arbitraryItem';

const SECRET = 'canary-secret';

const base = { id: 'i'.repeat(26), vault: { id: 'v'.repeat(26) }, category: 'LOGIN' } as const;

function itemWith(...fields: object[]): FullItem {
	return { ...base, fields: fields as Field[] };
}

function shown(item: FullItem): string {
	return JSON.stringify([concealItem(item, 'none'), simplifyItem(concealItem(item, 'none'))]);
}

describe('a field', () => {
	it.each<[string, boolean]>([
		['STRING', false],
		['EMAIL', false],
		['URL', false],
		['DATE', false],
		['MONTH_YEAR', false],
		['MENU', false],
		['ADDRESS', false],
		['PHONE', false],
		['GENDER', false],
		['CREDIT_CARD_TYPE', false],
		['CONCEALED', true],
		['OTP', true],
		['CREDIT_CARD_NUMBER', true],
		['SSHKEY', true],
		['FILE', true],
		['REFERENCE', true],
		['UNKNOWN', true],
		['PASSKEY', true],
		['SOMETHING_NEW', true],
		['concealed', true],
		['', true],
		['__proto__', true],
	])('of type %j is concealed: %s', (type, expected) => {
		expect(isConcealed({ id: 'x', type })).toBe(expected);
	});

	it.each<[string, boolean]>([
		['PASSWORD', true],
		['NOTES', true],
		['USERNAME', false],
		['', false],
	])('of type STRING for the purpose %j is concealed: %s', (purpose, expected) => {
		expect(isConcealed({ id: 'x', type: 'STRING', purpose })).toBe(expected);
	});

	it('that holds the notes is concealed without a purpose too', () => {
		expect(isConcealed({ id: 'notesPlain', type: 'STRING', label: 'notesPlain' })).toBe(true);
	});
});

describe('an item that reveals nothing', () => {
	it.each<[string, object]>([
		['the value', { type: 'CONCEALED', value: SECRET }],
		['the notes', { type: 'STRING', purpose: 'NOTES', value: SECRET }],
		['the password, whatever its type', { type: 'STRING', purpose: 'PASSWORD', value: SECRET }],
		['the seed of a one-time password', { type: 'OTP', value: `otpauth://totp/x?secret=${SECRET}`, totp: '123456' }],
		['the code of a one-time password', { type: 'OTP', totp: SECRET }],
		['a code in the wrong place', { type: 'STRING', value: 'x', totp: SECRET }],
		['former passwords', { type: 'CONCEALED', value: 'x', passwordDetails: { history: [SECRET], strength: 'GOOD' } }],
		['former passwords of a text', { type: 'STRING', value: 'x', passwordDetails: { history: [SECRET] } }],
		['a member nobody knows', { type: 'PASSKEY', passkey: { privateKey: SECRET } }],
		['a member nobody knows, of a text', { type: 'STRING', value: 'x', sshKeyAttributes: { privateKey: SECRET } }],
	])('does not hold %s', (_what, field) => {
		expect(shown(itemWith({ id: 'x', label: 'y', ...field }))).not.toContain(SECRET);
	});

	it.each<[string, object]>([
		['a member of the item', { additionalInformation: SECRET, history: [{ fields: [SECRET] }] }],
		['the content of a file', { files: [{ id: 'f', name: 'n', size: 1, content: SECRET }] }],
		['a member of a file nobody knows', { files: [{ id: 'f', name: 'n', size: 1, inline: SECRET }] }],
		['a member of a section nobody knows', { sections: [{ id: 's', label: 'l', notes: SECRET }] }],
		['a member of an address nobody knows', { urls: [{ href: 'h', password: SECRET }] }],
		['a member of the vault nobody knows', { vault: { id: 'v', key: SECRET } }],
		// A section may hold what nobody knows, too.
		["a member of a file's section nobody knows", { files: [{ id: 'f', name: 'n', size: 1, section: { id: 's', notes: SECRET } }] }],
		["a member of a field's section nobody knows", { fields: [{ id: 'x', type: 'STRING', section: { id: 's', notes: SECRET } }] }],
	])('does not hold %s', (_what, members) => {
		expect(shown({ ...base, ...members } as FullItem)).not.toContain(SECRET);
	});

	it('holds no secret of any item, in any of the two forms', () => {
		const planted = arbitraryItem.map(
			(item): FullItem =>
				({
					...item,
					fields: item.fields?.map((field) => ({
						...field,
						...(isConcealed(field) && { value: SECRET, totp: SECRET }),
						passwordDetails: { history: [SECRET], strength: 'WEAK' },
						another: { member: [SECRET] },
					})),
					another: SECRET,
				}) as FullItem,
		);
		fc.assert(
			fc.property(planted, (item) => expect(shown(item)).not.toContain(SECRET)),
			{ seed: 8, numRuns: 500 },
		);
	});

	it('holds no secret of an item of any category', () => {
		for (const seed of itemOfEveryCategory()) {
			const item = { ...base, ...seed } as unknown as FullItem;
			const text = shown(item);
			for (const { value, type = '', purpose } of item.fields ?? []) {
				if (value && (purpose === 'PASSWORD' || purpose === 'NOTES' || ['CONCEALED', 'OTP', 'SSHKEY'].includes(type))) {
					expect(text).not.toContain(JSON.stringify(value).slice(1, -1));
				}
			}
		}
	});

	it('tells hidden from not set, and how good a password is', () => {
		const details = { strength: 'GOOD', entropy: 7, history: [SECRET] };
		const item = itemWith(
			{ id: 'a', type: 'CONCEALED', label: 'a', value: SECRET, passwordDetails: details },
			{ id: 'b', type: 'CONCEALED', label: 'b', value: '' },
			{ id: 'c', type: 'OTP', label: 'c', totp: '123456' },
		);
		expect(concealItem(item, 'none').fields).toEqual([
			{ id: 'a', type: 'CONCEALED', label: 'a', value: CONCEALED_VALUE, passwordDetails: { strength: 'GOOD' } },
			{ id: 'b', type: 'CONCEALED', label: 'b' },
			{ id: 'c', type: 'OTP', label: 'c', totp: CONCEALED_VALUE },
		]);
	});

	it('keeps everything that is no secret', () => {
		const item: FullItem = {
			...base,
			title: 't',
			tags: ['x'],
			urls: [{ href: 'h', label: 'l', primary: true }],
			favorite: true,
			version: 3,
			state: 'ARCHIVED',
			createdAt: 'c',
			updatedAt: 'u',
			lastEditedBy: 'e',
			sections: [{ id: 's', label: 'l' }],
			fields: [{ id: 'a', type: 'STRING', label: 'a', value: 'plain', section: { id: 's' } }],
			files: [{ id: 'f', name: 'n', size: 1, content_path: '/p' }],
		};
		expect(concealItem(item, 'none')).toEqual(item);
	});

	it('leaves the item it was made from as it is', () => {
		const item = itemWith({ id: 'a', type: 'CONCEALED', value: SECRET });
		const before = structuredClone(item);
		concealItem(item, 'none');
		expect(item).toEqual(before);
	});
});

describe('an item shows a secret', () => {
	it.each<[string, object, boolean]>([
		['a concealed value', { type: 'CONCEALED', value: SECRET }, true],
		['an empty one', { type: 'CONCEALED', value: '' }, false],
		['one that is not set', { type: 'CONCEALED' }, false],
		['the placeholder of one', { type: 'CONCEALED', value: CONCEALED_VALUE }, false],
		['a one-time password', { type: 'OTP', value: CONCEALED_VALUE, totp: '123456' }, true],
		['a former password', { type: 'CONCEALED', passwordDetails: { history: [SECRET] } }, true],
		['harmless text', { type: 'STRING', value: 'x' }, false],
		['the seed of a one-time password in a text', { type: 'STRING', value: 'otpauth://totp/x' }, true],
	])('by %s (%j): %s', (_what, field, expected) => {
		expect(showsSecret(itemWith({ id: 'x', ...field }))).toBe(expected);
	});

	it('never once it is concealed', () => {
		fc.assert(
			fc.property(arbitraryItem, (item) => expect(showsSecret(concealItem(item, 'none'))).toBe(false)),
			{ seed: 31, numRuns: 500 },
		);
		expect(showsSecret(base)).toBe(false);
	});
});

describe('an item that reveals', () => {
	const item = itemWith(
		{ id: 'a', type: 'CONCEALED', label: 'key', value: 'one', passwordDetails: { history: ['zero'] } },
		{ id: 'b', type: 'CONCEALED', label: 'pin', value: 'two' },
		{ id: 'c', type: 'CONCEALED', label: 'pin', value: 'three' },
	);

	it('everything is the item as it is', () => {
		expect(concealItem(item, 'all')).toEqual(item);
	});

	it.each([
		[['key'], ['one', CONCEALED_VALUE, CONCEALED_VALUE]],
		[
			['KEY', 'b'],
			['one', 'two', CONCEALED_VALUE],
		],
		[[], [CONCEALED_VALUE, CONCEALED_VALUE, CONCEALED_VALUE]],
	])('the fields %j shows those and no other', (fields, values) => {
		expect(concealItem(item, { fields }).fields?.map(({ value }) => value)).toEqual(values);
	});

	it.each([
		['gone', 'FIELD_NOT_FOUND'],
		['pin', 'AMBIGUOUS'],
	])('the field %s is refused as %s', (field, code) => {
		expect(() => concealItem(item, { fields: [field] })).toThrow(expect.objectContaining({ code }) as unknown as OnePasswordError);
	});
});

it('every type of the test items is decided', () => {
	expect(TYPES.filter((type) => isConcealed({ id: 'x', type }))).toEqual(['CONCEALED', 'OTP', 'SSHKEY', 'PASSKEY', 'UNKNOWN', 'string']);
});
