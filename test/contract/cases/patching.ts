import { describe, expect } from '@jest/globals';

import type { FullItem, PatchOperation } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { fieldOf } from '../running/desk';
import { ownTitle } from '../running/mark';
import { CHANGED_FIELD, RICH_ITEM, everythingBut } from './richItem';

const FIELD = { id: 'key', label: 'key', type: 'CONCEALED', value: 'before' } as const;

export function patching(desk: Desk): void {
	/** A new item after these operations, as reads show it. */
	const patched = async (...operations: PatchOperation[]): Promise<FullItem> => {
		const { id } = await desk.create({ fields: [FIELD], tags: ['a', 'b', 'c'] });
		await desk.patch(id, ...operations);
		return await desk.read(id, 2);
	};

	describe('PATCH', () => {
		contract(
			'replaces, removes and adds the value of a field by its id, each answer showing it',
			{ source: 'observed', basis: 'a C# client tested against a real server' },
			async () => {
				const { id } = await desk.create({ fields: [FIELD] });
				const path = '/fields/key/value';
				expect(fieldOf(await desk.patch(id, { op: 'replace', path, value: 'after' }), 'key')?.value).toBe('after');
				expect(fieldOf(await desk.patch(id, { op: 'remove', path }), 'key')).not.toHaveProperty('value');
				expect(fieldOf(await desk.patch(id, { op: 'add', path, value: 'again' }), 'key')?.value).toBe('again');
				expect(fieldOf(await desk.read(id, 4), 'key')).toMatchObject(FIELD_AGAIN);
			},
		);

		contract('raises the version by one, as reads show later', { source: 'unverified', basis: 'the rule of PUT' }, async () => {
			expect((await patched({ op: 'replace', path: '/fields/key/value', value: 'x' })).version).toBe(2);
		});

		contract('answers with the version before it', { source: 'unverified', basis: 'the rule of PUT' }, async () => {
			const { id } = await desk.create({ fields: [FIELD] });
			expect((await desk.patch(id, { op: 'replace', path: '/title', value: ownTitle('new') })).version).toBe(1);
		});

		contract('leaves every other byte alone', { source: 'documented', basis: '"a subset of Item attributes"' }, async () => {
			const { id } = await desk.create(RICH_ITEM);
			const before = await desk.read(id);
			await desk.patch(id, { op: 'replace', path: `/fields/${CHANGED_FIELD}/value`, value: 'after' });
			const after = await desk.read(id, 2);
			expect(fieldOf(after, CHANGED_FIELD)?.value).toBe('after');
			expect(everythingBut(CHANGED_FIELD, after)).toBe(everythingBut(CHANGED_FIELD, before));
		});

		contract(
			'leaves every other byte alone in each of the 22 categories, also what Connect cannot write',
			{ source: 'unverified', basis: 'hoped for; nobody has said what becomes of passkeys', needs: 'emulator' },
			async () => {
				const everything = (await desk.list()).filter(({ title }) => title?.startsWith('Everything in '));
				expect(everything).toHaveLength(22);
				for (const { id } of everything) {
					const before = await desk.read(id);
					await desk.patch(id, { op: 'replace', path: '/fields/secret/value', value: 'after' });
					const after = await desk.read(id, (before.version ?? 0) + 1);
					expect(everythingBut('secret', after)).toBe(everythingBut('secret', before));
				}
			},
		);

		contract('appends the field that is added to /fields', { source: 'documented', basis: 'OpenAPI example' }, async () => {
			const item = await patched({ op: 'add', path: '/fields', value: { label: 'more', type: 'string', value: 'v' } });
			expect(item.fields?.at(-1)).toMatchObject({ label: 'more', type: 'STRING', value: 'v' });
			expect(fieldOf(item, 'key')?.value).toBe('before');
		});

		contract('replaces and removes a whole field by its id', { source: 'documented', basis: 'OpenAPI example' }, async () => {
			const value = { label: 'Replacement', type: 'STRING', value: 'new value' };
			expect(fieldOf(await patched({ op: 'replace', path: '/fields/key', value }), 'key')).toMatchObject(value);
			expect(fieldOf(await patched({ op: 'remove', path: '/fields/key' }), 'key')).toBeUndefined();
		});

		contract('changes the label of a field', { source: 'documented', basis: 'OpenAPI example' }, async () => {
			const item = await patched({ op: 'add', path: '/fields/key/label', value: 'New name' });
			expect(fieldOf(item, 'key')).toMatchObject({ label: 'New name', value: 'before' });
		});

		contract('reaches the built-in password by its id', { source: 'observed', basis: '1Password/connect issue 58' }, async () => {
			const item = await patched({ op: 'add', path: '/fields/password/value', value: 'a new password' });
			expect(fieldOf(item, 'password')).toMatchObject({ purpose: 'PASSWORD', value: 'a new password' });
		});

		contract('changes title, favourite mark and tags', { source: 'documented', basis: 'OpenAPI example' }, async () => {
			const title = ownTitle('renamed');
			const item = await patched(
				{ op: 'replace', path: '/title', value: title },
				{ op: 'replace', path: '/favorite', value: true },
				{ op: 'replace', path: '/tags', value: ['z', 'y'] },
			);
			expect(item).toMatchObject({ title, favorite: true, tags: ['y', 'z'] });
		});

		contract('removes a tag by its place', { source: 'documented', basis: 'OpenAPI example' }, async () => {
			expect((await patched({ op: 'remove', path: '/tags/1' })).tags).toEqual(['a', 'c']);
		});

		contract('replaces the whole item at /', { source: 'documented', basis: '"Equivalent to a PUT request"' }, async () => {
			const value = desk.draft({ title: ownTitle('whole') });
			const item = await patched({ op: 'replace', path: '/', value });
			expect(item.title).toBe(value.title);
			expect([item.tags, fieldOf(item, 'key')]).toEqual([undefined, undefined]);
		});

		contract('without operations leaves the item as it is', { source: 'documented', basis: 'OpenAPI PatchVaultItem' }, async () => {
			const { id } = await desk.create();
			await desk.read(id);
			await desk.patch(id);
			expect((await desk.read(id)).version).toBe(1);
		});
	});
}

const FIELD_AGAIN = { ...FIELD, value: 'again' };
