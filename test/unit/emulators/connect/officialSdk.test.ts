import { afterEach, describe, expect, it } from '@jest/globals';
import { FullItem, ItemBuilder, OnePasswordConnect } from '@1password/connect';

import { NO_LAG, exampleSeed } from '../../../emulators/connect';
import { closeAll, start } from './support';

afterEach(closeAll);

/** 1Password's own JavaScript SDK, which was written against real servers: a second opinion on the wire format. */
async function connect() {
	const { url: serverURL, token, admin } = await start({ seed: exampleSeed(), behaviour: NO_LAG });
	const client = OnePasswordConnect({ serverURL, token, keepAlive: false });
	return { client, vaultId: admin.vault('Production').id };
}

describe("1Password's JavaScript SDK", () => {
	it('finds vaults and items by title', async () => {
		const { client, vaultId } = await connect();
		expect((await client.getVaultByTitle('Production')).id).toBe(vaultId);
		expect(await client.listItems(vaultId)).toHaveLength(6);
		expect((await client.getItemByTitle(vaultId, 'Payments API')).category).toBe('API_CREDENTIAL');
		expect(await client.listItemsByTitleContains(vaultId, 'API')).toHaveLength(1);
	});

	it('reads one-time passwords and files', async () => {
		const { client, vaultId } = await connect();
		expect(await client.getItemOTP(vaultId, 'Admin console')).toMatch(/^\d{6}$/);
		const { id = '' } = await client.getItemByTitle(vaultId, 'TLS certificate');
		const [file] = await client.listFiles(vaultId, id);
		expect(await client.getFileContent(vaultId, id, file?.id ?? '')).toContain('BEGIN FAKE KEY');
	});

	it('creates, updates and deletes what its builder makes', async () => {
		const { client, vaultId } = await connect();
		const field = { label: 'key', value: 'v', sectionName: 'Section' };
		const draft = new ItemBuilder().setCategory(FullItem.CategoryEnum.Login).setTitle('Made').addField(field).build();
		const made = await client.createItem(vaultId, draft);
		expect(made.fields?.map(({ label }) => label)).toEqual(['username', 'password', 'notesPlain', 'key']);
		made.title = 'Renamed';
		await client.updateItem(vaultId, made as FullItem);
		await client.deleteItemByTitle(vaultId, 'Renamed');
		expect(await client.listItems(vaultId)).toHaveLength(6);
	});

	it('gets errors in the form that it passes on', async () => {
		const { client, vaultId } = await connect();
		const id = 'a'.repeat(26);
		await expect(client.getItemById(vaultId, id)).rejects.toEqual({ status: 404, message: `item ${id} not found` });
	});
});
