import type { ConnectEmulator } from '../../emulators/connect';
import { readerWorkflow } from '../support/auditWorkflow';
import type { Cluster } from '../support/queue/cluster';
import { GET_SECRET, SECRET, startReaderScene } from '../support/queue/readerScene';

const READER = 'readsOnWorker001';

export function describeSmoke(cluster: () => Cluster): void {
	let emulator: ConnectEmulator;

	beforeAll(async () => {
		emulator = await startReaderScene(cluster());
		await cluster().rest.importWorkflow(readerWorkflow(READER, GET_SECRET));
		await cluster().rest.activateWorkflow(READER);
	});

	afterAll(async () => {
		await emulator?.close();
	});

	it("runs a webhook's workflow on both workers", async () => {
		const calls = 8;
		for (let call = 0; call < calls; call++) {
			const response = await fetch(`${cluster().url}/webhook/${READER}`, { method: 'POST' });
			expect(await response.text()).toContain(SECRET);
		}
		const shares = await cluster().shares();
		process.stdout.write(`${calls} calls, run by the workers ${shares.join(' + ')}\n`);
		expect(shares.reduce((sum, share) => sum + share)).toBe(calls);
		expect(Math.min(...shares)).toBeGreaterThan(0);
	});
}
