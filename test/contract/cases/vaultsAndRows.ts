import { describe, expect } from '@jest/globals';

import type { Vault } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { CALM_MS, eventually } from '../running/eventually';
import { ownTitle } from '../running/mark';

const ID = /^[\da-z]{26}$/;
const UTC_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

export function vaultsAndRows(desk: Desk): void {
	const vaults = async () => (await desk.call<Vault[]>('GET', '/v1/vaults')).body;
	const row = async (itemId: string) =>
		await eventually(async () => {
			const found = (await desk.list()).find(({ id }) => id === itemId);
			if (!found) throw new Error('The item is not listed');
			return found;
		});

	describe('vaults', () => {
		contract('have ids of 26 lower-case letters and digits', { source: 'documented', basis: 'OpenAPI pattern' }, async () => {
			for (const { id } of await vaults()) expect(id).toMatch(ID);
		});

		contract('say their name, versions, number of items, type and times', { source: 'documented', basis: 'OpenAPI Vault' }, async () => {
			for (const vault of await vaults()) {
				expect(vault).toMatchObject({ name: expect.any(String), type: expect.stringMatching(/^[A-Z_]+$/) });
				expect(vault.attributeVersion).toBeGreaterThanOrEqual(1);
				expect(vault.contentVersion).toBeGreaterThanOrEqual(0);
				expect(vault.items).toBeGreaterThanOrEqual(0);
				expect(vault.createdAt).toMatch(UTC_TIME);
				expect(vault.updatedAt).toMatch(UTC_TIME);
			}
		});

		contract('are the same one by one as in the list', { source: 'documented', basis: 'OpenAPI GetVaultById' }, async () => {
			await eventually(async () => {
				const listed = (await vaults()).find(({ id }) => id === desk.vaultId);
				expect((await desk.call('GET', desk.vaultPath)).body).toEqual(listed);
			});
		});

		contract('count one item more after a creation', { source: 'documented', basis: 'OpenAPI: active items' }, async () => {
			const settled = await settledVault(desk);
			await desk.create();
			await eventually(async () => {
				expect((await desk.call<Vault>('GET', desk.vaultPath)).body.items).toBe((settled.items ?? 0) + 1);
			});
		});

		contract(
			'raise their contentVersion when an item is made, changed or deleted',
			{ source: 'unverified', basis: '1Password staff on vault versions; never said of the answer of Connect' },
			async () => {
				const risen = async (before: Vault) =>
					await eventually(async () => {
						const { body } = await desk.call<Vault>('GET', desk.vaultPath);
						expect(body.contentVersion).toBeGreaterThan(before.contentVersion ?? 0);
						return body;
					});
				const before = await settledVault(desk);
				const { id } = await desk.create();
				const created = await risen(before);
				await desk.patch(id, { op: 'replace', path: '/favorite', value: true });
				const changed = await risen(created);
				await desk.call('DELETE', desk.itemPath(id));
				await risen(changed);
			},
		);
	});

	describe('list rows', () => {
		contract('have ids of 26 lower-case letters and digits', { source: 'documented', basis: 'OpenAPI pattern' }, async () => {
			const { id } = await row((await desk.create()).id);
			expect(id).toMatch(ID);
		});

		contract('hold neither fields nor sections', { source: 'documented', basis: 'API reference: list items' }, async () => {
			const fields = [{ label: 'key', value: 'v', section: { id: 's' } }];
			const listed = await row((await desk.create({ sections: [{ id: 's' }], fields })).id);
			expect(listed).not.toHaveProperty('fields');
			expect(listed).not.toHaveProperty('sections');
		});

		contract('hold title, vault, category, version, times and editor', { source: 'documented', basis: 'OpenAPI Item' }, async () => {
			const title = ownTitle('a row');
			const { id } = await desk.create({ title });
			expect(await row(id)).toMatchObject({
				...{ id, title, vault: { id: desk.vaultId }, category: 'LOGIN', version: 1 },
				...{ createdAt: expect.stringMatching(UTC_TIME), updatedAt: expect.stringMatching(UTC_TIME) },
				lastEditedBy: expect.stringMatching(/^[\dA-Z]+$/i),
			});
		});

		contract('hold tags, urls and the favourite mark', { source: 'observed', basis: 'External Secrets filters rows by tag' }, async () => {
			const urls = [{ label: 'home', primary: true, href: 'https://example.com' }, { href: 'https://example.org' }];
			const { id } = await desk.create({ tags: ['conformance'], favorite: true, urls });
			expect(await row(id)).toMatchObject({ tags: ['conformance'], favorite: true, urls });
		});

		contract('leave out what is empty', { source: 'observed', basis: 'samples in the API reference and the Python SDK' }, async () => {
			const { id } = await desk.create();
			const members = Object.keys(await row(id));
			for (const member of ['tags', 'urls', 'state']) expect(members).not.toContain(member);
		});

		contract('may share a title', { source: 'observed', basis: 'every SDK has an error for it' }, async () => {
			const title = ownTitle('a twin');
			const ids = [(await desk.create({ title })).id, (await desk.create({ title })).id].sort();
			await eventually(async () => {
				expect(
					(await desk.list())
						.filter((item) => item.title === title)
						.map(({ id }) => id)
						.sort(),
				).toEqual(ids);
			});
		});
	});
}

/** The vault once reads have caught up with the writes of earlier tests. */
async function settledVault(desk: Desk): Promise<Vault> {
	const { id } = await desk.create();
	await desk.read(id);
	let last = -1;
	let lastNews = Date.now();
	return await eventually(async () => {
		const { body } = await desk.call<Vault>('GET', desk.vaultPath);
		if (body.contentVersion !== last) lastNews = Date.now();
		last = body.contentVersion ?? 0;
		if (Date.now() - lastNews < CALM_MS) throw new Error('The vault may still change');
		return body;
	});
}
