import type { ConnectEmulator } from '../../emulators/connect';
import { readerWorkflow } from '../support/auditWorkflow';
import { SteadyCalls } from '../support/queue/called';
import { PACKAGE, type Cluster } from '../support/queue/cluster';
import { waitFor } from '../support/waitFor';
import { GET_SECRET, SECRET, startReaderScene } from '../support/queue/readerScene';
import { IS_SOAK, print } from './form';

const READER = 'readsUnderLoad01';
const EVERY_MS = 150;
const CALLERS = 3;

export function describeMembership(cluster: () => Cluster): void {
	let emulator: ConnectEmulator;

	beforeAll(async () => {
		emulator = await startReaderScene(cluster());
		await cluster().rest.importWorkflow(readerWorkflow(READER, GET_SECRET));
		await cluster().rest.activateWorkflow(READER);
	});

	afterAll(async () => {
		await cluster().rest.deactivateWorkflow(READER);
		await emulator?.close();
	});

	/**
	 * Calls continue while something happens. Each must be executed, and no node may fail. While workers come and go, n8n itself
	 * sometimes loses the response of a successful execution, or breaks one off together with the worker that leaves: such calls
	 * are counted separately, and there may be one for each caller.
	 */
	const underLoad = async (what: string, task: () => Promise<unknown>): Promise<void> => {
		const known = new Set((await cluster().rest.executionsExcept(READER, new Set())).map(({ id }) => id));
		const callers = Array.from({ length: CALLERS }, () => new SteadyCalls(cluster().url, READER, EVERY_MS));
		const [done] = await Promise.allSettled([task()]);
		const calls = (await Promise.all(callers.map(async (caller) => await caller.end()))).flat();
		const executions = await cluster().rest.executionsExcept(READER, known);
		const unanswered = calls.filter(({ status }) => status === 0);
		const wrong = calls.filter(({ status, text }) => status !== 0 && (status !== 200 || !text.includes(SECRET)));
		const others = executions.map(({ status }) => status).filter((status) => status !== 'success');
		print(
			`${what}: ${calls.length} calls, ${executions.length} executions, ${others.length} not succeeded${others.map((status) => ` (${status})`).join('')}, ` +
				`${wrong.length} answered without the secret, ${unanswered.length} answers lost by n8n${wrong.length > 0 ? `: ${wrong[0]?.text.slice(0, 200)}` : ''}`,
		);
		if (done?.status === 'rejected') throw done.reason;
		expect(executions).toHaveLength(calls.length);
		// A node that fails ends its execution with this status.
		expect(others.filter((status) => status === 'error')).toEqual([]);
		expect(wrong.length).toBeLessThanOrEqual(others.length);
		expect(unanswered.length + others.length).toBeLessThanOrEqual(CALLERS);
	};

	it('uses a worker that joins late with an empty folder, and loses nothing when it leaves', async () => {
		await underLoad('a worker joins late, and leaves', async () => {
			const late = await cluster().addWorker({ N8N_REINSTALL_MISSING_PACKAGES: 'true' });
			expect(await late.installedVersion(PACKAGE)).toBe(await cluster().main.installedVersion(PACKAGE));
			await waitFor(async () => ((await cluster().shares()).at(-1) ?? 0) >= 5, { timeoutMs: 30_000, what: 'work for the new worker' });
			await cluster().removeWorker(late);
		});
	}, 240_000);

	it('keeps running while the package is upgraded', async () => {
		await underLoad('the package is upgraded', async () => await cluster().upgradePackage('99.0.1'));
		for (const one of cluster().processes) expect([one.name, await one.installedVersion(PACKAGE)]).toEqual([one.name, '99.0.1']);
	}, 200_000);

	it('keeps running while the workers are restarted one by one', async () => {
		await underLoad('a rolling restart', async () => {
			for (const worker of cluster().workers.slice(0, IS_SOAK ? undefined : 1)) {
				await worker.stop();
				await worker.start();
			}
		});
	}, 300_000);
}
