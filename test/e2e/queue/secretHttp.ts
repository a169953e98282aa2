import { setTimeout as delay } from 'node:timers/promises';
import { OUTAGE } from '../support/killScene';
import { call } from '../support/queue/called';
import type { Cluster } from '../support/queue/cluster';
import { requestWorkflow } from '../support/requestWorkflow';
import type { ApiCall } from '../support/secretApi';
import { NEW, OLD, startSecretScene, type SecretScene } from '../support/secretScene';
import { print } from './form';

const WORKFLOW = 'queueRequests001';
const TYPE = 'onePasswordSecretHttpApi';
const CACHE_SECONDS = 8;

/** From the start of an execution to its request, on a busy machine. */
const SLACK_MS = 3_000;

/** Cases of the workflow, by their index. */
const [PLAIN, RETRYING] = [0, 1];

export function describeSecretHttp(cluster: () => Cluster): void {
	let scene: SecretScene;

	beforeAll(async () => {
		scene = await startSecretScene();
		const data = {
			serverUrl: scene.connect.url,
			accessToken: scene.connect.token,
			reference: 'op://Production/Payments API/credential',
			sendAs: 'bearer',
			allowedHttpRequestDomains: 'domains',
			allowedDomains: '127.0.0.1',
		};
		await cluster().importCredentials([
			{ id: 'queueSecret00001', name: 'Short cache', type: TYPE, data: { ...data, cacheSeconds: CACHE_SECONDS } },
			{ id: 'queueSecret00002', name: 'Long cache', type: TYPE, data: { ...data, cacheSeconds: 600 } },
		]);
		const parameters = { url: scene.api.url('/data'), options: {} };
		const cases = [
			{ name: 'plain', credentialId: 'queueSecret00001', parameters },
			{ name: 'retrying', credentialId: 'queueSecret00002', parameters, node: { retryOnFail: true, maxTries: 2, waitBetweenTries: 100 } },
		];
		await cluster().rest.importWorkflow(requestWorkflow(WORKFLOW, cases));
		await cluster().rest.activateWorkflow(WORKFLOW);
	}, 60_000);

	afterAll(async () => {
		await cluster().rest.deactivateWorkflow(WORKFLOW);
		await scene?.close();
	});

	const run = async (index: number) => await call(cluster().url, `${WORKFLOW}-${index}`);

	/** Runs until each worker has had this many more executions. */
	const runOnBoth = async (index: number, times: number): Promise<number[]> => {
		const before = await cluster().shares();
		const statuses: number[] = [];
		const isDone = async (): Promise<boolean> => (await cluster().shares()).every((share, worker) => share - (before[worker] ?? 0) >= times);
		while (!(await isDone())) statuses.push((await run(index)).status);
		return statuses;
	};

	it('sends a new value from both workers when the cache time is over', async () => {
		scene.accept('old', 'new');
		await runOnBoth(PLAIN, 1);
		scene.store(NEW);
		const rotatedAtMs = Date.now();
		const since: ApiCall[] = [];
		while (Date.now() < rotatedAtMs + CACHE_SECONDS * 1_000 + SLACK_MS) {
			await run(PLAIN);
			await delay(200);
		}
		since.push(...scene.api.calls.filter(({ atMs }) => atMs >= rotatedAtMs));
		const lastOld = Math.max(0, ...since.filter(({ shown }) => shown === 'old').map(({ atMs }) => atMs - rotatedAtMs));
		const later = scene.api.calls.length;
		await runOnBoth(PLAIN, 2);
		print(
			`HTTP credential, cache ${CACHE_SECONDS} s: ${since.length} requests of 2 workers since the rotation, the old value for ${(lastOld / 1_000).toFixed(1)} s at the longest`,
		);
		expect(lastOld).toBeLessThanOrEqual(CACHE_SECONDS * 1_000 + SLACK_MS);
		expect(new Set(scene.api.calls.slice(later).map(({ shown }) => shown))).toEqual(new Set(['new']));
		expect(since.map(({ status }) => status).filter((status) => status !== 200)).toEqual([]);
	}, 90_000);

	it('sends the new value from each worker at once after a 401', async () => {
		scene.store(OLD);
		scene.accept('old', 'new');
		await runOnBoth(RETRYING, 2);
		const before = scene.api.calls.length;
		scene.store(NEW);
		scene.accept('new');
		const statuses = await runOnBoth(RETRYING, 2);
		const refused = scene.api.calls.slice(before).filter(({ status }) => status === 401);
		print(
			`HTTP credential, old value refused: ${statuses.length} executions on 2 workers, ${statuses.filter((status) => status !== 200).length} failed, ${refused.length} requests refused`,
		);
		expect(statuses.filter((status) => status !== 200)).toEqual([]);
		expect(refused.length).toBeLessThanOrEqual(cluster().workers.length);
	}, 60_000);

	it('reports that Connect is down, and continues when it is back', async () => {
		scene.accept('old', 'new');
		// Everything read before is forgotten.
		await delay(CACHE_SECONDS * 1_000 + SLACK_MS);
		scene.connect.faults.script(OUTAGE);
		const before = scene.api.calls.length;
		const down = await runOnBoth(PLAIN, 1);
		const without = scene.api.calls.length - before;
		scene.connect.faults.clear();
		const back = await runOnBoth(PLAIN, 1);
		print(
			`HTTP credential, Connect down: ${down.length} executions failed, ${without} requests went out without a secret; back: ${back.length} succeeded`,
		);
		expect([new Set(down), without, new Set(back)]).toEqual([new Set([500]), 0, new Set([200])]);
	}, 120_000);
}
