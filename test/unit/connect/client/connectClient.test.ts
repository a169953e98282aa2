import { describe, expect, it } from '@jest/globals';

import type { ConnectClient } from '../../../../nodes/shared/connect/client/connectClient';
import { draftItem } from '../../../../nodes/shared/core/item/itemDraft';
import type { FaultKind } from '../../../emulators/connect';
import { CANARY, expectRefusal } from '../../../support/refusal';
import { KEY_ITEM, openScene, valueOf, type Scene } from '../../../support/connectScene';

const FILE = Buffer.from([0, 255, 10, 13, 195, 40, 0]);

async function openFull(): Promise<Scene & { client: ConnectClient; fileId: string }> {
	const scene = await openScene({ items: [{ ...KEY_ITEM, files: [{ name: 'key.bin', content: FILE }] }] });
	const fileId = scene.emulator.admin.item(scene.vaultId, scene.itemId).files?.[0]?.id ?? '';
	return { ...scene, client: scene.run.client, fileId };
}

type Read = (scene: Scene & { client: ConnectClient; fileId: string }) => Promise<unknown>;

const READS: ReadonlyArray<readonly [string, Read]> = [
	['GET /v1/vaults', async ({ client }) => await client.vaults()],
	['GET /v1/vaults/{vaultId}', async ({ client, vaultId }) => await client.vault(vaultId)],
	['GET /v1/vaults/{vaultId}/items', async ({ client, vaultId }) => await client.items(vaultId)],
	['GET /v1/vaults/{vaultId}/items/{itemId}', async ({ client, vaultId, itemId }) => await client.item(vaultId, itemId)],
	['GET /v1/vaults/{vaultId}/items/{itemId}/files', async ({ client, vaultId, itemId }) => await client.files(vaultId, itemId)],
	[
		'GET /v1/vaults/{vaultId}/items/{itemId}/files/{fileId}',
		async ({ client, vaultId, itemId, fileId }) => await client.file(vaultId, itemId, fileId),
	],
	['GET /v1/activity', async ({ client }) => await client.activity()],
	['GET /health', async ({ client }) => await client.health()],
];

describe('the Connect client', () => {
	it("reads the server's data", async () => {
		const { client, emulator, vaultId, itemId, fileId } = await openFull();
		expect(await client.vaults()).toEqual(emulator.admin.vaults());
		expect(await client.vaults('name eq "production"')).toHaveLength(1);
		expect(await client.vault(vaultId)).toEqual(emulator.admin.vault('Production'));
		expect((await client.items(vaultId)).map(({ id }) => id)).toEqual([itemId]);
		expect(await client.items(vaultId, 'tag eq "nothing"')).toEqual([]);
		expect(await client.item(vaultId, itemId)).toEqual(emulator.admin.item(vaultId, itemId));
		expect(await client.files(vaultId, itemId)).toMatchObject([{ id: fileId, name: 'key.bin', size: 7 }]);
		expect(await client.file(vaultId, itemId, fileId)).toMatchObject({ id: fileId });
		expect(await client.fileContent(vaultId, itemId, fileId)).toEqual(FILE);
		expect(await client.health()).toMatchObject({ name: '1Password Connect API' });
	});

	it.each<[string, string, Read]>([
		['GET', 'a list', async ({ client, vaultId }) => await client.items(vaultId)],
		['GET', 'an item', async ({ client, vaultId, itemId }) => await client.item(vaultId, itemId)],
		['GET', 'an item at once', async ({ client, vaultId, itemId }) => await client.itemAtOnce(vaultId, itemId)],
		['POST', 'a new item', async ({ client, vaultId }) => await client.createItem(draftItem({ vaultId, title: 'Made', category: 'LOGIN' }))],
		['PATCH', 'a changed item', async ({ client, vaultId, itemId }) => await client.patchItem(vaultId, itemId, [])],
		['PUT', 'a replaced item', async ({ client, emulator, vaultId, itemId }) => await client.replaceItem(emulator.admin.item(vaultId, itemId))],
	])('removes additionalInformation, which may contain a copy of a secret (%s: %s)', async (method, what, read) => {
		const scene = await openFull();
		const item = { ...scene.emulator.admin.item(scene.vaultId, scene.itemId), additionalInformation: CANARY };
		scene.break(method, { kind: 'status', status: 200, body: what === 'a list' ? [item, item] : item });
		const answer = await read(scene);
		expect(JSON.stringify(answer)).not.toContain('additionalInformation');
		expect(JSON.stringify(answer)).toContain(scene.itemId);
	});

	it('writes exactly what it is given', async () => {
		const { client, emulator, vaultId, itemId } = await openFull();
		const made = await client.createItem(draftItem({ vaultId, title: 'Made', category: 'LOGIN' }));
		expect(emulator.admin.item(vaultId, made.id).title).toBe('Made');
		await client.patchItem(vaultId, itemId, [{ op: 'replace', path: '/title', value: 'Patched' }]);
		expect(emulator.admin.item(vaultId, itemId)).toMatchObject({ title: 'Patched', version: 2, tags: ['payments'] });
		await client.replaceItem({ ...emulator.admin.item(vaultId, itemId), title: 'Replaced', tags: [] });
		expect(emulator.admin.item(vaultId, itemId)).toMatchObject({ title: 'Replaced', version: 3 });
		expect(valueOf(emulator.admin.item(vaultId, itemId), 'credential')).toBe(CANARY);
		await client.deleteItem(vaultId, made.id);
		expect(emulator.admin.items(vaultId)).toHaveLength(1);
	});

	it('reads the activity log page by page, with the total number of rows', async () => {
		const { client } = await openFull();
		for (let turn = 0; turn < 5; turn++) await client.vaults();
		const page = await client.activity({ limit: 2, offset: 1 });
		expect([page.rows.length, page.total]).toEqual([2, 5]);
		expect((await client.activity({ offset: 100 })).rows).toEqual([]);
	});

	it('encodes IDs and filters completely', async () => {
		const { client, emulator } = await openFull();
		await expectRefusal(client.item('../x', 'y?z#'), { code: 'INVALID_INPUT' });
		await client.vaults('name eq "R&D #1+2 %"').catch(() => undefined);
		expect(emulator.requests.map(({ path }) => path)).toEqual([
			'/v1/vaults/..%2Fx/items/y%3Fz%23',
			'/v1/vaults?filter=name%20eq%20%22R%26D%20%231%2B2%20%25%22',
		]);
	});
});

describe.each(READS)('%s', (route, read) => {
	it.each<[string, FaultKind, Parameters<typeof expectRefusal>[1]]>([
		['a proxy page', { kind: 'html' }, { code: 'PROTOCOL', status: 200, attempts: 1 }],
		['malformed JSON', { kind: 'malformedJson' }, { code: 'PROTOCOL', status: 200, attempts: 1 }],
		['JSON of another kind', { kind: 'status', status: 200, body: '"text"' }, { code: 'PROTOCOL', status: 200 }],
		['an array of something else', { kind: 'status', status: 200, body: '[1]' }, { code: 'PROTOCOL', status: 200 }],
		['an empty answer', { kind: 'status', status: 204, body: '' }, { code: 'PROTOCOL', status: 204 }],
		['a redirect', { kind: 'redirect', location: 'https://evil.example/v1' }, { code: 'PROTOCOL', status: 302, attempts: 1 }],
		['an expired token', { kind: 'status', status: 401, message: 'Invalid bearer token' }, { code: 'AUTH_FAILED', attempts: 1 }],
		['a broken server', { kind: 'status', status: 500 }, { code: 'UNAVAILABLE', attempts: 4 }],
		['a dead gateway', { kind: 'html', status: 504 }, { code: 'UNAVAILABLE', attempts: 4 }],
		['a cut answer', { kind: 'cutMidBody' }, { code: 'NETWORK', attempts: 4 }],
		['a server that never answers', { kind: 'hang' }, { code: 'NETWORK', attempts: 4 }],
	])('turns %s into a typed error', async (_what, kind, expected) => {
		const scene = await openFull();
		scene.break('GET', kind);
		// Any other answer takes as long as a busy machine needs for it.
		const { client } = scene.open(kind.kind === 'hang' ? { timeoutMs: 60 } : {});
		await expectRefusal(read({ ...scene, client }), { route, ...expected }, [CANARY, scene.emulator.token]);
		expect(scene.emulator.requests.every(({ path }) => !path.includes('evil'))).toBe(true);
	});

	it('recovers from a short disruption', async () => {
		const scene = await openFull();
		const calm = await read(scene);
		scene.break('GET', { kind: 'status', status: 503, retryAfter: 1 }, { times: 1 });
		scene.break('GET', { kind: 'resetBeforeHeaders', act: false }, { times: 1 });
		scene.break('GET', { kind: 'cutMidBody' }, { times: 1 });
		expect(JSON.stringify(await read(scene)).length).toBeGreaterThanOrEqual(JSON.stringify(calm).length);
		expect(scene.sleeps).toEqual([1_000, 300, 600]);
	});
});

describe('a property of an unexpected type is a typed error', () => {
	it.each<[string, unknown]>([
		...['2', -3, 2.5, 1e300, {}, [7]].map((version): [string, unknown] => ['version', version]),
		['state', 5],
		['state', {}],
		['title', 5],
		['vault', {}],
		...['type', 'purpose', 'label', 'value', 'totp', 'section'].map((name): [string, unknown] => ['fields', [{ id: 'a', [name]: 5 }]]),
	])('in an item: %s = %j', async (name, value) => {
		const { client, emulator, itemId, vaultId } = await openFull();
		const row = { id: itemId, vault: { id: vaultId }, category: 'LOGIN', version: 1, [name]: value };
		emulator.faults.script({ kind: 'status', status: 200, body: row }, { kind: 'status', status: 200, body: JSON.stringify([row]) });
		await expectRefusal(client.item(vaultId, itemId), { code: 'PROTOCOL' });
		await expectRefusal(client.items(vaultId), { code: 'PROTOCOL' });
	});

	it.each<[string, unknown]>([
		['contentVersion', 'x'],
		['contentVersion', {}],
		['items', -1],
		['name', 5],
	])('in a vault: %s = %j', async (name, value) => {
		const { client, emulator, vaultId } = await openFull();
		emulator.faults.script({ kind: 'status', status: 200, body: JSON.stringify([{ id: vaultId, name: 'x', [name]: value }]) });
		await expectRefusal(client.vaults(), { code: 'PROTOCOL' });
	});
});

describe('the content of a file', () => {
	it('is waited for if the server has not synchronized it yet', async () => {
		const scene = await openFull();
		scene.break('GET', { kind: 'status', status: 500 }, { times: 2 });
		expect(await scene.client.fileContent(scene.vaultId, scene.itemId, scene.fileId)).toEqual(FILE);
	});

	it("is not a proxy's page", async () => {
		const scene = await openFull();
		scene.break('GET', { kind: 'html' });
		await expectRefusal(scene.client.fileContent(scene.vaultId, scene.itemId, scene.fileId), { code: 'PROTOCOL' });
	});
});
