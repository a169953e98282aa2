import { startConnectEmulator, type ConnectEmulator } from '../../emulators/connect';
import { byName } from '../../support/parameters';
import { readerWorkflow } from '../support/auditWorkflow';
import type { Cluster } from '../support/queue/cluster';

const READER = 'readsOnWorker001';

export function describeSmoke(cluster: () => Cluster): void {
	let emulator: ConnectEmulator;

	beforeAll(async () => {
		emulator = await startConnectEmulator({
			seed: {
				vaults: [
					{
						name: 'Production',
						items: [{ title: 'Payments API', fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: 'canary-value' }] }],
					},
				],
			},
		});
		await cluster().importCredentials([
			{
				id: 'onePasswordDemo0',
				name: '1Password Connect',
				type: 'onePasswordConnectApi',
				data: { serverUrl: emulator.url, accessToken: emulator.token },
			},
		]);
		const workflow = readerWorkflow(READER, {
			resource: 'item',
			operation: 'get',
			vault: byName('Production'),
			item: byName('Payments API'),
			reveal: 'all',
			simplify: true,
		});
		await cluster().rest.importWorkflow(workflow);
		await cluster().rest.activateWorkflow(READER);
	});

	afterAll(async () => {
		await emulator?.close();
	});

	it("runs a webhook's workflow on both workers", async () => {
		const calls = 8;
		for (let call = 0; call < calls; call++) {
			const response = await fetch(`${cluster().url}/webhook/${READER}`, { method: 'POST' });
			expect(await response.text()).toContain('canary-value');
		}
		const shares = await cluster().shares();
		process.stdout.write(`${calls} calls, run by the workers ${shares.join(' + ')}\n`);
		expect(shares.reduce((sum, share) => sum + share)).toBe(calls);
		expect(Math.min(...shares)).toBeGreaterThan(0);
	});
}
