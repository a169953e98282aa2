import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { canary, leaksIn } from '../support/canaries';
import { byName, onItem } from '../support/parameters';
import { HAS_DURABLE_SCHEDULER } from './support/pollExecutor';
import { runNode, type Credential } from './support/engine';
import { allowOnlyThisMachine } from './support/onlyEmulator';
import { TriggerHost } from './support/triggerHost';

/** Accesses as n8n polls for them. */

allowOnlyThisMachine();

const KEY = canary('key');

let emulator: ConnectEmulator;
let credential: Credential;

beforeEach(async () => {
	emulator = await startConnectEmulator({
		behaviour: { ...NO_LAG, activity: { requestIp: true } },
		seed: {
			vaults: [{ name: 'Production', items: [{ title: 'Payments API', fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: KEY }] }] }],
		},
	});
	credential = { serverUrl: emulator.url, accessToken: emulator.token };
});

afterEach(async () => await emulator.close());

const start = async (isDurable = false, includeOwnWorkflow = true): Promise<TriggerHost> => {
	const host = await TriggerHost.start({
		credential,
		parameters: { events: ['accessed', 'denied', 'updated'], detail: 'item', options: { includeOwnWorkflow } },
	});
	host.isDurable = isDurable;
	await host.activate();
	return host;
};

const read = async (): Promise<unknown> => await runNode({ credential, parameters: onItem('get', byName('Payments API'), { reveal: 'all' }) });

it('reports which workflow, execution and node read a secret, and never its own reads', async () => {
	const host = await start();
	await read();
	expect(await host.tick()).toMatchObject([{ kind: 'accessed', workflowId: 'wf-1', executionId: '77', node: '1Password', ip: '127.0.0.1' }]);
	emulator.admin.editItem('Production', emulator.admin.items('Production')[0]?.id ?? '', { title: 'Edited' });
	expect(await host.tick()).toMatchObject([{ kind: 'updated' }]);
	expect(await host.tick()).toEqual([]);
	expect(leaksIn(host.database.staticData, [KEY, emulator.token])).toEqual([]);
});

it("does not start itself because of its own workflow's reads", async () => {
	const host = await start(false, false);
	await read();
	expect(await host.tick()).toEqual([]);
});

it('reports a refused request', async () => {
	const host = await start();
	const vaultId = emulator.admin.vault('Production').id;
	emulator.admin.logActivity([{ action: 'READ', result: 'DENY', vaultId, userAgent: 'curl/8.0', ip: '10.0.0.9' }]);
	expect(await host.tick()).toMatchObject([{ kind: 'denied', item: null, vault: { name: 'Production' }, client: 'curl/8.0', ip: '10.0.0.9' }]);
});

it('reports a read of an item deleted before the poll, and an emptied log', async () => {
	const host = await TriggerHost.start({
		credential,
		parameters: { events: ['accessed'], filters: { title: 'Pay*' }, options: { includeOwnWorkflow: true } },
	});
	await host.activate();
	const id = emulator.admin.items('Production')[0]?.id ?? '';
	await read();
	emulator.admin.deleteItem('Production', id);
	expect(await host.tick()).toMatchObject([{ kind: 'accessed', item: { id } }]);
	emulator.admin.clearActivity();
	expect(await host.tick()).toMatchObject([{ kind: 'accessesLost', since: expect.any(String) }]);
	expect(await host.tick()).toEqual([]);
});

it.each(['beforeExecution', 'beforeSave'] as const)('repeats events after a crash %s, with the same IDs', async (crash) => {
	const host = await start();
	await read();
	host.crash = crash;
	await host.tick();
	const [first] = [...host.lost, ...host.executions].flatMap(({ events }) => events);
	const again = [...(await host.restart()), ...(await host.tick())];
	expect(again).toMatchObject([{ kind: 'accessed', eventId: first?.eventId }]);
	expect(await host.tick()).toEqual([]);
});

if (HAS_DURABLE_SCHEDULER) {
	it('reports once if state and execution are saved together', async () => {
		const host = await start(true);
		await read();
		expect(await host.tick()).toMatchObject([{ kind: 'accessed', redelivered: false }]);
		// The poll that finds the execution to have ended well.
		expect(await host.tick()).toEqual([]);
		expect([...(await host.restart()), ...(await host.tick())]).toEqual([]);
	});
}
