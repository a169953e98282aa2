import { startConnectEmulator, type ConnectEmulator } from '../../emulators/connect';
import { byName } from '../../support/parameters';
import { readerWorkflow } from '../support/auditWorkflow';
import { OUTAGE } from '../support/killScene';
import { call } from '../support/queue/called';
import type { Cluster } from '../support/queue/cluster';
import { firingHosts, readFailures, type LoggedFailure } from '../support/queue/logAlert';
import { waitFor } from '../support/waitFor';
import { print } from './form';

const READER = 'failsToRead00001';
const LIMIT = 5;
const WINDOW_MS = 5 * 60_000;
const MARK = 'canary-alert-value';

export function describeAlerts(cluster: () => Cluster): void {
	let emulator: ConnectEmulator;
	let host: string;

	beforeAll(async () => {
		emulator = await startConnectEmulator({
			seed: {
				vaults: [{ name: 'Production', items: [{ title: 'Payments API', fields: [{ id: 'key', type: 'CONCEALED', label: 'key', value: MARK }] }] }],
			},
		});
		({ host } = new URL(emulator.url));
		await cluster().importCredentials([
			{
				id: 'onePasswordDemo0',
				name: '1Password Connect',
				type: 'onePasswordConnectApi',
				data: { serverUrl: emulator.url, accessToken: emulator.token },
			},
		]);
		const parameters = {
			resource: 'item',
			operation: 'get',
			vault: byName('Production'),
			item: byName('={{ $json.body.item }}'),
			reveal: 'all',
			simplify: true,
		};
		await cluster().rest.importWorkflow(readerWorkflow(READER, parameters));
		await cluster().rest.activateWorkflow(READER);
	});

	afterAll(async () => {
		await cluster().rest.deactivateWorkflow(READER);
		await emulator?.close();
	});

	const failures = async (): Promise<LoggedFailure[]> => {
		const files = cluster().workers.map(({ logFile }) => logFile);
		return (await readFailures(files)).filter((failure) => failure.host === host);
	};

	const fail = async (times: number): Promise<LoggedFailure[]> => {
		const before = (await failures()).length;
		for (let time = 0; time < times; time++) expect((await call(cluster().url, READER, { item: 'No such item' })).status).toBe(500);
		await waitFor(async () => (await failures()).length >= before + times, {
			timeoutMs: 10_000,
			what: 'the failures in the log files of the workers',
		});
		return await failures();
	};

	it("fires on the workers' logs only after more than five failures of one host in five minutes", async () => {
		const five = await fail(LIMIT);
		expect(firingHosts(five, { limit: LIMIT, windowMs: WINDOW_MS })).toEqual([]);

		const six = await fail(1);
		print(`alert: ${six.length} failures of ${host} in the log files of 2 workers, the first as ${JSON.stringify(six[0])}`);
		expect(firingHosts(six, { limit: LIMIT, windowMs: WINDOW_MS })).toEqual([host]);
		expect(six[0]).toMatchObject({ code: expect.stringMatching(/^ONEPASSWORD_/), workflowId: READER });
		// The same failures over a longer time are no reason to wake anybody.
		const spread = six.map((failure, index) => ({ ...failure, atMs: failure.atMs + index * WINDOW_MS }));
		expect(firingHosts(spread, { limit: LIMIT, windowMs: WINDOW_MS })).toEqual([]);
	});

	it('reports an outage by its code, without a value in any log', async () => {
		emulator.faults.script(OUTAGE);
		await call(cluster().url, READER, { item: 'Payments API' });
		emulator.faults.clear();
		await call(cluster().url, READER, { item: 'Payments API' });
		const logs = await cluster().logs();
		expect((await failures()).at(-1)?.code).toMatch(/^ONEPASSWORD_(UNAVAILABLE|UNREACHABLE)/);
		for (const needle of [MARK, emulator.token]) expect(logs).not.toContain(needle);
	});
}
