import { describe, expect } from '@jest/globals';

import type { FullItem } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { fieldOf } from '../running/desk';
import { eventually } from '../running/eventually';
import { ownTitle } from '../running/mark';
import { RICH_ITEM } from './richItem';

export function replacing(desk: Desk): void {
	const put = async (itemId: string, body: object) => await desk.call<FullItem>('PUT', desk.itemPath(itemId), body);

	describe('PUT', () => {
		contract('drops what it leaves out', { source: 'observed', basis: 'end-to-end tests of the Ansible collection' }, async () => {
			const { id } = await desk.create(RICH_ITEM);
			const title = ownTitle('bare');
			expect((await put(id, desk.draft({ title }))).status).toBe(200);
			const item = await desk.read(id, 2);
			expect(item.title).toBe(title);
			expect([item.tags, item.urls]).toEqual([undefined, undefined]);
			expect(item.fields?.map((field) => field.value ?? '').join('')).toBe('');
		});

		contract('keeps what it sends back unchanged', { source: 'observed', basis: 'Terraform and Python SDK round trips' }, async () => {
			const { id } = await desk.create(RICH_ITEM);
			const before = await desk.read(id);
			expect((await put(id, before)).status).toBe(200);
			const after = await desk.read(id, 2);
			const values = (item: FullItem) => item.fields?.map((field) => [field.id, field.type, field.label, field.value]);
			expect(values(after)).toEqual(values(before));
			expect([after.tags, after.urls, after.sections]).toEqual([before.tags, before.urls, before.sections]);
		});

		contract(
			'answers with the version before it, which later reads show risen by one',
			{ source: 'observed', basis: 'the Terraform provider adds the one itself' },
			async () => {
				const { id } = await desk.create();
				expect((await put(id, desk.draft())).body.version).toBe(1);
				expect((await desk.read(id, 2)).version).toBe(2);
			},
		);

		contract('needs no version', { source: 'observed', basis: 'the Terraform provider sends none' }, async () => {
			const { id } = await desk.create();
			expect((await put(id, desk.draft())).status).toBe(200);
		});

		contract('does not look at a version that is out of date', { source: 'unverified', basis: 'it is not even required' }, async () => {
			const { id } = await desk.create();
			await put(id, desk.draft());
			await desk.read(id, 2);
			expect((await put(id, { ...desk.draft(), version: 1 })).status).toBe(200);
			expect((await desk.read(id, 3)).version).toBe(3);
		});

		contract('needs the vault in its body', { source: 'observed', basis: 'js SDK issue 122' }, async () => {
			const { id } = await desk.create();
			const { vault: _vault, ...rest } = desk.draft();
			expect((await put(id, rest)).status).toBe(400);
		});

		contract('moves the former password into the history', { source: 'documented', basis: 'changelog 1.1' }, async () => {
			const password = (value: string) => ({ fields: [{ purpose: 'PASSWORD', value }] });
			const { id } = await desk.create(password('the former one'));
			await put(id, desk.draft(password('the current one')));
			const field = fieldOf(await desk.read(id, 2), 'password');
			expect(field?.value).toBe('the current one');
			expect(field?.passwordDetails?.history).toEqual(['the former one']);
		});

		contract('makes a STRING of an SSH key', { source: 'observed', basis: '1Password/connect issues 77 and 107' }, async () => {
			const fields = [{ id: 'private_key', type: 'SSHKEY', label: 'private key', value: 'fake' }];
			const { id } = await desk.create({ category: 'SSH_KEY', fields });
			expect(fieldOf(await desk.read(id), 'private_key')?.type).toBe('STRING');
		});
	});

	describe('DELETE', () => {
		contract('answers 204 without a body', { source: 'documented', basis: 'OpenAPI DeleteVaultItem' }, async () => {
			const { id } = await desk.create();
			const { status, bytes } = await desk.call('DELETE', desk.itemPath(id));
			expect([status, bytes.length]).toEqual([204, 0]);
		});

		contract('takes the item from reads and lists', { source: 'documented', basis: 'changelog 1.1: no trash' }, async () => {
			const { id } = await desk.create();
			await desk.read(id);
			await desk.call('DELETE', desk.itemPath(id));
			await eventually(async () => {
				const { status, body } = await desk.call('GET', desk.itemPath(id));
				expect({ status, body }).toEqual({ status: 404, body: { status: 404, message: `item ${id} not found` } });
			});
			await eventually(async () => expect((await desk.list()).map((item) => item.id)).not.toContain(id));
		});

		contract('answers 404 the second time', { source: 'documented', basis: 'OpenAPI DeleteVaultItem' }, async () => {
			const { id } = await desk.create();
			await desk.call('DELETE', desk.itemPath(id));
			await eventually(async () => expect((await desk.call('DELETE', desk.itemPath(id))).status).toBe(404));
		});
	});
}
