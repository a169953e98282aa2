import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { byName } from '../support/parameters';
import { TriggerHost, type Failure, type HostOptions } from './support/triggerHost';

/** What the trigger does while a workflow is being built: its test button and its lists. */

let emulator: ConnectEmulator;

beforeAll(async () => {
	emulator = await startConnectEmulator({
		behaviour: NO_LAG,
		seed: {
			vaults: [
				{
					name: 'Production',
					items: Array.from({ length: 8 }, (_, number) => ({
						title: number < 2 ? 'Twin' : `Item ${number}`,
						updatedAt: `2026-01-0${number + 1}T00:00:00Z`,
						tags: number === 3 ? ['three'] : [],
						fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: 'one' }],
					})),
				},
				{ name: 'Archive' },
				{ name: 'Staging', items: [{ title: 'Elsewhere', updatedAt: '2026-02-01T00:00:00Z' }] },
			],
		},
	});
});

afterAll(async () => await emulator.close());

const start = async (parameters: HostOptions['parameters'] = {}, accessToken = emulator.token): Promise<TriggerHost> =>
	await TriggerHost.start({ credential: { serverUrl: emulator.url, accessToken }, parameters });

const failureOf = async (task: Promise<unknown>): Promise<Failure> => (await task.catch((error: unknown) => error)) as Failure;

const allProduction = { scope: 'vaults', vaults: ['Production'] };

describe('the test button', () => {
	it('shows the latest items as the events they would have been', async () => {
		const host = await start(allProduction);
		const samples = await host.test();
		expect(samples.map(({ item }) => item?.title)).toEqual(['Item 7', 'Item 6', 'Item 5', 'Item 4', 'Item 3']);
		expect(samples[0]).toMatchObject({ kind: 'created', version: 1, redelivered: false, vault: { name: 'Production' } });
		expect(host.database.staticData).toBe('{}');
	});

	it('shows full items with concealed secrets if requested', async () => {
		const host = await start({ ...allProduction, detail: 'item', reveal: 'none', simplify: true });
		expect((await host.test())[0]?.item).toMatchObject({ title: 'Item 7', fields: { key: '<concealed by 1Password>' } });
	});

	it('shows events without fields at the level "fields"', async () => {
		const [sample] = await (await start({ ...allProduction, detail: 'fields' })).test();
		expect(sample?.item).not.toHaveProperty('fields');
	});

	it('respects the scope and the filters', async () => {
		const titles = async (parameters: HostOptions['parameters']): Promise<unknown[]> =>
			(await (await start(parameters)).test()).map(({ item }) => item?.title);
		expect(await titles({ scope: 'items', vault: byName('Staging'), items: ['Elsewhere'] })).toEqual(['Elsewhere']);
		expect(await titles({ filters: { tags: 'three' } })).toEqual(['Item 3']);
	});

	it.each([
		['nothing fits', { filters: { title: 'no such title' } }, 'INVALID_INPUT', 'No active item in scope matches the filters'],
		['a category is not there', { filters: { categories: ['NO_CATEGORY'] } }, 'INVALID_INPUT', "'Categories' has an unknown value"],
		['a vault is not there', { scope: 'vaults', vaults: ['Nowhere'] }, 'VAULT_NOT_FOUND', 'Nowhere'],
	])('says so when %s', async (_what, parameters, code, text) => {
		const failure = await failureOf((await start(parameters)).test());
		expect(failure.message).toContain(text);
		expect(failure.description).toContain(`[${code}]`);
	});

	it('leaves the state of the active workflow alone', async () => {
		const host = await start(allProduction);
		await host.activate();
		const before = host.database.staticData;
		await host.test();
		expect(host.database.staticData).toBe(before);
		expect(await host.tick()).toEqual([]);
	});
});

describe('the lists', () => {
	it('show every vault', async () => {
		const names = (await (await start()).load('loadVaults')).map(({ name }) => name);
		expect(names).toEqual(['Archive', 'Production', 'Staging']);
	});

	it('show the items of the chosen vault, and distinguish items with the same name', async () => {
		const options = await (await start({ scope: 'items', vault: byName('Production') })).load('loadItems');
		expect(options).toHaveLength(8);
		expect(options.filter(({ name }) => /^Twin \(\w{26}\)$/.test(name))).toHaveLength(2);
		expect(new Set(options.map(({ value }) => value)).size).toBe(8);
	});

	it('find a vault by part of its name', async () => {
		const { results } = await (await start()).searchVaults('stag');
		expect(results).toEqual([{ name: 'Staging', value: emulator.admin.vault('Staging').id }]);
	});

	it('say what is missing', async () => {
		const host = await start({ scope: 'items', vault: { __rl: true, mode: 'list', value: '' } });
		expect((await failureOf(host.load('loadItems'))).message).toContain('needs a vault');
		const denied = await failureOf((await start({}, 'not.a.token')).load('loadVaults'));
		expect(denied.description).toContain('[AUTH_FAILED]');
	});
});
