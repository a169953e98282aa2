import { describe, expect, it } from '@jest/globals';

import { guardAccess, readAccessRules, requireWritable } from '../../../../nodes/shared/connect/credential/accessRules';
import { ConnectClient } from '../../../../nodes/shared/connect/client/connectClient';
import { limitResponses, readMaxResponseBytes } from '../../../../nodes/shared/http/settings/responseLimit';
import { NO_LAG } from '../../../emulators/connect';
import { makeAxiosTransport } from '../../../support/axiosTransport';
import { expectRefusal } from '../../../support/refusal';
import { openScene, type Scene } from '../../../support/connectScene';

const open = async (): Promise<Scene & { otherId: string; otherItem: string }> => {
	const scene = await openScene({ behaviour: NO_LAG, vaults: [{ name: 'Other', items: [{ title: 'A' }] }] });
	const otherId = scene.emulator.admin.vaults().find(({ name }) => name === 'Other')?.id ?? '';
	return { ...scene, otherId, otherItem: scene.emulator.admin.items(otherId)[0]?.id ?? '' };
};

function clientOf({ emulator, run }: Scene, rest: { allowedVaults?: string; readOnly?: boolean; maxBytes?: number } = {}): ConnectClient {
	const transport = makeAxiosTransport({ serverUrl: emulator.url, token: emulator.token });
	return new ConnectClient(guardAccess(limitResponses(transport, rest.maxBytes ?? Infinity), readAccessRules(rest)), run.effects);
}

const paths = ({ emulator }: Scene): string[] => emulator.requests.map(({ method, path }) => `${method} ${path}`);

describe('Allowed Vaults', () => {
	it('by name and by ID: sends no request for another vault', async () => {
		const scene = await open();
		const { vaultId, itemId, otherId, otherItem } = scene;
		for (const allowedVaults of ['Production', ` ${vaultId} ,`, `Elsewhere\nProduction`]) {
			const client = clientOf(scene, { allowedVaults });
			for (const attempt of [
				async () => await client.vault(otherId),
				async () => await client.items(otherId, 'title eq "A"'),
				async () => await client.item(otherId, otherItem),
				async () => await client.files(otherId, otherItem),
				async () => await client.fileContent(otherId, otherItem, otherItem),
				async () => await client.createItem({ vault: { id: otherId }, title: 'B', category: 'LOGIN' }),
				async () => await client.patchItem(otherId, otherItem, []),
				async () => await client.deleteItem(otherId, otherItem),
			]) {
				const error = await expectRefusal(attempt(), { code: 'FORBIDDEN' });
				expect(error.advice).toContain("'Allowed Vaults'");
			}
			expect((await client.item(vaultId, itemId)).id).toBe(itemId);
		}
		expect(paths(scene).filter((path) => path.includes(otherId))).toEqual([]);
	});

	it('filter the list of vaults, even one with a filter', async () => {
		const scene = await open();
		const client = clientOf(scene, { allowedVaults: 'Production' });
		expect((await client.vaults()).map(({ name }) => name)).toEqual(['Production']);
		expect(await client.vaults('name eq "Other"')).toEqual([]);
		expect(await clientOf(scene, { allowedVaults: 'production' }).vaults()).toEqual([]);
	});

	it('are looked up once, and not at all if all are IDs', async () => {
		const scene = await open();
		const byName = clientOf(scene, { allowedVaults: 'Production' });
		for (let count = 0; count < 3; count++) await byName.items(scene.vaultId);
		expect(paths(scene).filter((path) => path === 'GET /v1/vaults')).toHaveLength(1);
		await clientOf(scene, { allowedVaults: scene.vaultId }).items(scene.vaultId);
		expect(paths(scene)).toHaveLength(5);
	});

	it("let nothing through if they can't be looked up, and say why", async () => {
		const scene = await open();
		const item = async (): Promise<unknown> => await clientOf(scene, { allowedVaults: 'Production' }).item(scene.vaultId, scene.itemId);
		scene.emulator.faults.script({ kind: 'status', status: 401, match: { route: '/v1/vaults' } });
		await expectRefusal(item(), { code: 'AUTH_FAILED' });
		for (const body of ['<html></html>', '{"id":"x"}']) {
			scene.emulator.faults.script({ kind: 'status', status: 200, body, match: { route: '/v1/vaults' }, times: 4 });
			await expectRefusal(item(), { code: 'UNAVAILABLE' });
		}
		scene.emulator.faults.script({ kind: 'status', status: 503, match: { route: '/v1/vaults' } });
		await item();
		expect(paths(scene).filter((path) => path.includes(scene.vaultId))).toHaveLength(1);
	});

	it.each([',', ' ', '\n'])('are refused if they contain no name (%j)', async (allowedVaults) => {
		await expectRefusal(
			Promise.resolve().then(() => readAccessRules({ allowedVaults })),
			{ code: 'INVALID_INPUT' },
		);
	});
});

describe('Read-Only', () => {
	it('sends no write, and reads as usual', async () => {
		const scene = await open();
		const { vaultId, itemId } = scene;
		const client = clientOf(scene, { readOnly: true });
		const whole = await client.item(vaultId, itemId);
		for (const attempt of [
			async () => await client.createItem({ vault: { id: vaultId }, title: 'B', category: 'LOGIN' }),
			async () => await client.patchItem(vaultId, itemId, []),
			async () => await client.replaceItem(whole),
			async () => await client.deleteItem(vaultId, itemId),
		]) {
			const error = await expectRefusal(attempt(), { code: 'FORBIDDEN' });
			expect(error.details.outcomeUnknown).toBeUndefined();
		}
		expect(scene.writes()).toEqual([]);
	});

	it('is off by default', () => {
		for (const readOnly of [undefined, false, 'true', 0]) expect(() => requireWritable(readAccessRules({ readOnly }))).not.toThrow();
	});
});

describe('Max Response Size', () => {
	it('refuses a larger response once, and says what to do', async () => {
		const scene = await open();
		const client = clientOf(scene, { maxBytes: 100 });
		const error = await expectRefusal(client.item(scene.vaultId, scene.itemId), { code: 'INVALID_INPUT', attempts: 1 });
		expect(error.advice).toContain("'Max Response Size'");
	});

	it('allows a file to be as large as its item says, and no larger', async () => {
		const scene = await openScene({ items: [{ title: 'Files', files: [{ name: 'a.txt', content: 'x'.repeat(500) }] }] });
		const [file] = await scene.run.client.files(scene.vaultId, scene.itemId);
		const client = clientOf(scene, { maxBytes: 100 });
		const read = async (size?: number): Promise<unknown> => await client.fileContent(scene.vaultId, scene.itemId, file?.id ?? '', size);
		expect(await read(file?.size)).toHaveLength(500);
		await expectRefusal(read(499), { code: 'INVALID_INPUT' });
		await expectRefusal(read(), { code: 'INVALID_INPUT' });
	});

	it.each([
		[undefined, 100 * 1024 * 1024],
		['', 100 * 1024 * 1024],
		[0, Infinity],
		['2', 2 * 1024 * 1024],
		[0.5, 512 * 1024],
	])('%j is %d bytes', (megabytes, bytes) => {
		expect(readMaxResponseBytes(megabytes)).toBe(bytes);
	});

	it.each([-1, 'many', NaN])('%j is refused', async (megabytes) => {
		await expectRefusal(
			Promise.resolve().then(() => readMaxResponseBytes(megabytes)),
			{ code: 'INVALID_INPUT' },
		);
	});
});
