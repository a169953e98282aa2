import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import type { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { openConnectContext, resolveItem, resolveVault } from '../../../../nodes/shared/n8n/operations/connectContext';
import { syncOption } from '../../../../nodes/shared/n8n/properties/options';
import { openConnectRun } from '../../../../nodes/shared/n8n/services/openConnectRun';
import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../../../emulators/connect';
import { connectHttp } from '../../../support/connectHttp';
import { byName } from '../../../support/parameters';
import { fakeNode, type FakeNodeOptions } from '../fakeNode';

let emulator: ConnectEmulator;

beforeEach(async () => {
	emulator = await startConnectEmulator({
		behaviour: NO_LAG,
		seed: { vaults: [{ name: 'Production', items: [{ title: 'Payments API' }] }] },
	});
});

afterEach(async () => await emulator.close());

/** A node with a good credential, whose HTTP helper does what n8n's does with it. */
function nodeWith(options: FakeNodeOptions = {}): IExecuteFunctions {
	const credential = { serverUrl: `${emulator.url}/v1/`, accessToken: emulator.token };
	return fakeNode({ credential, http: connectHttp(credential), ...options });
}

const NAMES = { vault: byName('production'), item: byName('Payments API') };

describe('the context of an operation', () => {
	it('finds the vault and the item of each input', async () => {
		const contextOf = await openConnectContext(nodeWith({ inputs: [NAMES, { vault: byName('Staging') }] }), 2);
		const [vault] = emulator.admin.vaults();
		const [item] = emulator.admin.items('Production');
		expect(await resolveVault(contextOf(0))).toBe(vault?.id);
		expect(await resolveItem(contextOf(0))).toEqual({ vaultId: vault?.id, itemId: item?.id });
		await expect(resolveVault(contextOf(1))).rejects.toMatchObject({ code: 'VAULT_NOT_FOUND' });
	});

	it('is one run for all inputs', async () => {
		const contextOf = await openConnectContext(nodeWith({ inputs: Array.from({ length: 50 }, () => NAMES) }), 50);
		await Promise.all(Array.from({ length: 50 }, async (_, index) => await resolveItem(contextOf(index))));
		expect(emulator.requests.map(({ method, route }) => `${method} ${route}`)).toEqual(['GET /v1/vaults', 'GET /v1/vaults/{vaultUuid}/items']);
		expect(emulator.requests[1]?.path).not.toContain('filter');
	});

	it('tells the server who asks', async () => {
		await resolveVault((await openConnectContext(nodeWith({ inputs: [NAMES] }), 1))(0));
		expect(emulator.requests[0]?.userAgent).toMatch(/^n8n-nodes-1password-connect\/[\d.]+ \(workflow=wf1; execution=42; node=Rotate%20key\)$/);
	});

	it.each<[string, FakeNodeOptions, boolean]>([
		['a step of a workflow', {}, false],
		['an older n8n', { isToolExecution: undefined }, false],
		['a tool', { isToolExecution: () => true }, true],
		['a clone of the node that n8n made for tools', { node: { type: 'n8n-nodes-1password-connect.onePasswordTool' } }, true],
		['a tool that the engine runs for an agent', { node: { rewireOutputLogTo: 'ai_tool' }, isToolExecution: () => false }, true],
	])('knows %s', async (_what, options, isTool) => {
		const contextOf = await openConnectContext(nodeWith(options), 1);
		const attempt = (): unknown => contextOf(0).disclose.bytes();
		if (isTool) expect(attempt).toThrow('Secret values are not given to AI agents.');
		else expect(attempt).not.toThrow();
	});

	it.each<[object, number]>([
		[{}, 15_000],
		[{ waitForSync: 0 }, 0],
		[{ waitForSync: 15 }, 15_000],
		[{ waitForSync: '3' }, 3_000],
	])('waits for reads as the options %j say: %p ms', async (options, ms) => {
		const contextOf = await openConnectContext(nodeWith({ inputs: [{ options }] }), 1);
		expect(syncOption.read(contextOf(0).parameters)).toBe(ms);
	});

	it.each([{ waitForSync: -1 }, { waitForSync: 0.5 }, { waitForSync: 'soon' }, { waitForSync: undefined }, { waitForSync: '' }])(
		'refuses to wait as %j says',
		async (options) => {
			const contextOf = await openConnectContext(nodeWith({ inputs: [{ options }] }), 1);
			expect(() => syncOption.read(contextOf(0).parameters)).toThrow("'Wait for Sync' is ");
		},
	);

	it.each([{ timeout: 0 }, { timeout: 'soon' }, { timeout: 1.5 }])('refuses the option %j', async (options) => {
		await expect(openConnectContext(nodeWith({ inputs: [{ options }] }), 1)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
	});
});

describe('a run', () => {
	it.each([
		[{ serverUrl: '', accessToken: 'x' }],
		[{ serverUrl: 'localhost:8080', accessToken: 'x' }],
		[{ serverUrl: 'https://host', accessToken: '' }],
		[{}],
	])('is not opened with the credential %j, and sends nothing', async (credential) => {
		const node = nodeWith({ credential });
		await expect(openConnectRun(node)).rejects.toMatchObject({ code: 'INVALID_INPUT' } satisfies Partial<OnePasswordError>);
		expect(emulator.requests).toHaveLength(0);
	});

	it('has the base of the server URL as its name, and shares the locks with other runs', async () => {
		const [one, two] = [await openConnectRun(nodeWith()), await openConnectRun(nodeWith(), { expectMany: true })];
		expect([one.server, two.server]).toEqual([emulator.url, emulator.url]);
		expect(one.locks).toBe(two.locks);
		expect(one.reads).not.toBe(two.reads);
		expect([one.expectMany, two.expectMany]).toEqual([false, true]);
	});
});
