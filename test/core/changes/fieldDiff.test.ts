import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { diffPrints } from '../../../nodes/shared/core/changes/fieldDiff';
import { fingerprintItem, fingerprintKey, nameKey } from '../../../nodes/shared/core/changes/fieldFingerprint';
import type { FullItem } from '../../../nodes/shared/core/wire';
import { arbitraryItem } from '../arbitraryItem';

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
	diffPrints(before && fingerprintItem(before, KEY), fingerprintItem(after, KEY));

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
		['a value', { fields: [...(fieldsBut('b') ?? []), { id: 'b', type: 'STRING', label: 'note', section: { id: 's' }, value: 'x' }] }, { changedFields: [{ id: 'b', label: 'note', section: 'Rotation', kind: 'changed' }], changedAttributes: [] }],
		['a field more', { fields: [...(item.fields ?? []), { id: 'd', type: 'STRING' }] }, { changedFields: [{ id: 'd', label: '', section: '', kind: 'added' }] }],
		['a field less', { fields: fieldsBut('b') }, { changedFields: [{ id: 'b', label: 'note', section: 'Rotation', kind: 'removed' }] }],
		['a label', { fields: [{ id: 'a', type: 'CONCEALED', label: 'new', value: 'canary-value' }, ...(fieldsBut('a') ?? [])] }, { changedFields: [{ id: 'a', label: 'new', kind: 'changed' }] }],
		['the current one-time password', { fields: item.fields?.map((field) => (field.totp ? { ...field, totp: '654321' } : field)) }, { changedFields: [] }],
		['the title', { title: 'New' }, { changedFields: [], changedAttributes: ['title'] }],
		['everything around the fields', { title: 'New', tags: ['x'], urls: [{ href: 'y' }], favorite: true, files: [{ id: 'f', name: 'n', size: 1 }] }, { changedAttributes: ['title', 'tags', 'urls', 'favorite', 'files'] }],
		['nothing but a member that stands for nothing', { tags: [], favorite: false }, { changedAttributes: [] }],
	])('tell %s', (_what, change, expected) => {
		expect(changesOf({ ...item, ...change })).toMatchObject(expected as object);
	});

	it('of a new item tell every field as added', () => {
		expect(diffPrints(undefined, fingerprintItem(item, KEY))).toMatchObject({
			changedFields: [{ id: 'a', kind: 'added' }, { id: 'b', kind: 'added' }, { id: 'c', kind: 'added' }],
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
