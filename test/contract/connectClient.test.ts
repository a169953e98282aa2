import { describe, expect, it } from '@jest/globals';

import { ConnectClient } from '../../nodes/shared/connect/client/connectClient';
import { makeAxiosTransport } from '../support/axiosTransport';
import type { Desk } from './running/desk';
import { fieldOf, useDesk } from './running/desk';
import { eventually, pause } from './running/eventually';
import { exercise } from './running/exercise';
import { filedItem } from './running/filedItem';
import { STRANGE_ID, forged } from './running/strangers';

type Check = (client: ConnectClient, desk: Desk) => Promise<void>;

/** One or more for each method, so that a new method does not compile until it is here. */
const CHECKS: Readonly<Record<keyof ConnectClient, Check>> = {
	vaults: async (client, { server: { vault } }) => {
		expect((await client.vaults()).map(({ id }) => id)).toContain(vault.id);
		expect((await client.vaults(`name eq "${vault.name}"`)).map(({ id }) => id)).toEqual([vault.id]);
	},
	vault: async (client, { server: { vault } }) => {
		expect((await client.vault(vault.id)).name).toBe(vault.name);
		await expect(client.vault(STRANGE_ID)).rejects.toMatchObject({ code: 'FORBIDDEN' });
	},
	items: async (client, desk) => {
		const { id, title } = await desk.create();
		await eventually(async () => {
			const rows = await client.items(desk.vaultId, `title eq "${title}"`);
			expect(rows.map((row) => row.id)).toContain(id);
		});
	},
	item: async (client, desk) => {
		const { id } = await desk.create({ fields: [{ id: 'key', type: 'CONCEALED', value: 'v' }] });
		await eventually(async () => expect(fieldOf(await client.item(desk.vaultId, id), 'key')?.value).toBe('v'));
		await expect(client.item(desk.vaultId, STRANGE_ID)).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
	},
	itemAtOnce: async (client, desk) => {
		const { id, title } = await desk.create();
		await eventually(async () => expect((await client.itemAtOnce(desk.vaultId, id)).title).toBe(title));
	},
	createItem: async (client, desk) => {
		const draft = desk.draft();
		const created = await client.createItem(draft);
		desk.remember(created.id);
		expect(created.title).toBe(draft.title);
		await expect(client.createItem({ ...draft, category: 'CUSTOM' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
	},
	patchItem: async (client, desk) => {
		const { id } = await desk.create();
		await client.patchItem(desk.vaultId, id, [{ op: 'replace', path: '/favorite', value: true }]);
		expect((await desk.read(id, 2)).favorite).toBe(true);
	},
	replaceItem: async (client, desk) => {
		const { id } = await desk.create({ fields: [{ id: 'key', value: 'v' }] });
		const item = await desk.read(id);
		await client.replaceItem({ ...item, tags: ['new'] });
		const after = await desk.read(id, 2);
		expect([after.tags, fieldOf(after, 'key')?.value]).toEqual([['new'], 'v']);
	},
	deleteItem: async (client, desk) => {
		const { id } = await desk.create();
		await client.deleteItem(desk.vaultId, id);
		await eventually(async () => expect((await desk.call('GET', desk.itemPath(id))).status).toBe(404));
		await expect(client.deleteItem(desk.vaultId, STRANGE_ID)).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
	},
	files: async (client, desk) => {
		const { item } = await filedItem(desk);
		expect(await client.files(desk.vaultId, item.id)).toEqual(item.files);
	},
	file: async (client, desk) => {
		const { item, file } = await filedItem(desk);
		expect(await client.file(desk.vaultId, item.id, file.id)).toEqual(file);
		await expect(client.file(desk.vaultId, item.id, STRANGE_ID)).rejects.toMatchObject({ code: 'ITEM_NOT_FOUND' });
	},
	fileContent: async (client, desk) => {
		const { item, file, path } = await filedItem(desk);
		const content = await client.fileContent(desk.vaultId, item.id, file.id);
		expect(content).toEqual((await desk.call('GET', `${path}/${file.id}/content`)).bytes);
	},
	activity: async (client) => {
		const { rows, total = 0 } = await client.activity({ limit: 2 });
		expect(rows).toHaveLength(2);
		expect(total).toBeGreaterThanOrEqual(2);
	},
	health: async (client) => {
		expect((await client.health()).name).toBe('1Password Connect API');
	},
	heartbeat: async (client) => {
		await client.heartbeat();
	},
};

describe('the Connect client of the nodes', () => {
	const desk = useDesk();
	const clientWith = (token: string) =>
		new ConnectClient(makeAxiosTransport({ serverUrl: desk.server.url, token }), {
			now: Date.now,
			sleep: pause,
			random: Math.random,
		});

	for (const [method, check] of Object.entries(CHECKS)) {
		it(`understands the server with ${method}`, async () => {
			await exercise(method, async () => await check(clientWith(desk.server.token), desk));
		});
	}

	it('reports a refused token', async () => {
		const client = clientWith(forged(desk.server.token));
		await expect(client.vaults()).rejects.toMatchObject({ code: 'AUTH_FAILED' });
	});
});
