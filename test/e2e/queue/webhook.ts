import type { ConnectEmulator } from '../../emulators/connect';
import { callMany, percentile } from '../support/queue/called';
import type { Cluster } from '../support/queue/cluster';
import { respondingWorkflow } from '../support/queue/respondingWorkflow';
import { GET_SECRET, SECRET, startReaderScene } from '../support/queue/readerScene';
import { IS_SOAK, print } from './form';

const ANSWERS = 'answersSecret001';

/** At once, and how many in all. */
const LOADS: ReadonlyArray<readonly [number, number]> = IS_SOAK
	? [
			[1, 200],
			[10, 500],
			[50, 1_000],
		]
	: [
			[1, 20],
			[10, 60],
			[50, 100],
		];

/** Vaults, the item by its title, the item. */
const MOST_REQUESTS = 3;

export function describeWebhook(cluster: () => Cluster): void {
	let emulator: ConnectEmulator;

	beforeAll(async () => {
		emulator = await startReaderScene(cluster());
		await cluster().rest.importWorkflow(respondingWorkflow(ANSWERS, GET_SECRET, '={{ $json.fields.key }}'));
		await cluster().rest.activateWorkflow(ANSWERS);
		await callMany(
			cluster().url,
			ANSWERS,
			Array.from({ length: 10 }, () => ({})),
			10,
		);
	});

	afterAll(async () => {
		await cluster().rest.deactivateWorkflow(ANSWERS);
		await emulator?.close();
	});

	it.each(LOADS)(
		'answers every one of %i concurrent calls with the secret',
		async (concurrency, count) => {
			const asked = emulator.requests.length;
			const calls = await callMany(
				cluster().url,
				ANSWERS,
				Array.from({ length: count }, () => ({})),
				concurrency,
			);
			const times = calls.map(({ tookMs }) => tookMs);
			const perCall = (emulator.requests.length - asked) / count;
			const errors = calls.filter(({ status, text }) => status !== 200 || text !== SECRET);
			print(
				`webhook → Get → Respond, ${concurrency} at once: ${count} calls, p50 ${Math.round(percentile(times, 0.5))} ms, p99 ${Math.round(percentile(times, 0.99))} ms, ` +
					`${perCall.toFixed(2)} requests to Connect per call, ${errors.length} errors`,
			);
			expect(errors).toEqual([]);
			expect(perCall).toBeLessThanOrEqual(MOST_REQUESTS);
		},
		200_000,
	);
}
