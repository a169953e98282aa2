import { startConnectEmulator, type ConnectEmulator } from '../../emulators/connect';
import { byName, onItem, setFields } from '../../support/parameters';
import { readerWorkflow } from '../support/auditWorkflow';
import { callMany } from '../support/queue/called';
import type { Cluster } from '../support/queue/cluster';
import { IS_SOAK, print } from './form';

const WRITER = 'writesFields0001';
const WRITES = 40;
const LATENCIES_MS = IS_SOAK ? [5, 300, 1_000] : [5, 300];

interface Target {
	readonly item: string;
	readonly field: string;
	readonly value: string;
}

export function describeWrites(cluster: () => Cluster): void {
	let emulator: ConnectEmulator;

	beforeAll(async () => {
		const update = onItem('update', byName('={{ $json.body.item }}'), setFields({ '={{ $json.body.field }}': '={{ $json.body.value }}' }));
		await cluster().rest.importWorkflow(readerWorkflow(WRITER, update));
	});

	afterAll(async () => {
		await cluster().rest.deactivateWorkflow(WRITER);
	});

	afterEach(async () => {
		await emulator?.close();
	});

	const start = async (items: number, writeLatencyMs: number): Promise<void> => {
		const fields = Array.from({ length: WRITES / items }, (_, index) => ({
			id: `f${index}`,
			label: `f${index}`,
			type: 'STRING' as const,
			value: 'old',
		}));
		emulator = await startConnectEmulator({
			behaviour: { writeLatencyMs, replicas: [{ readLagMs: 150 }] },
			seed: { vaults: [{ name: 'Production', items: Array.from({ length: items }, (_, index) => ({ title: `Item ${index}`, fields })) }] },
		});
		await cluster().importCredentials([
			{
				id: 'onePasswordDemo0',
				name: '1Password Connect',
				type: 'onePasswordConnectApi',
				data: { serverUrl: emulator.url, accessToken: emulator.token },
			},
		]);
		await cluster().rest.activateWorkflow(WRITER);
	};

	const targets = (items: number): Target[] =>
		Array.from({ length: WRITES }, (_, index) => ({
			item: `Item ${index % items}`,
			field: `f${Math.floor(index / items)}`,
			value: `new ${index}`,
		}));

	const lost = (wanted: readonly Target[]): Target[] => {
		const items = new Map(emulator.admin.items('Production').map((item) => [item.title, item]));
		return wanted.filter(({ item, field, value }) => items.get(item)?.fields?.find(({ label }) => label === field)?.value !== value);
	};

	const CASES = LATENCIES_MS.flatMap((latency) => [1, 10].map((items) => [items, latency] as const));

	it.each(CASES)(
		'loses no write of two workers to %i items of one vault with %i ms per write',
		async (items, latency) => {
			await start(items, latency);
			const wanted = targets(items);
			const before = await cluster().shares();
			const from = Date.now();
			const calls = await callMany(cluster().url, WRITER, wanted, WRITES);
			const seconds = ((Date.now() - from) / 1_000).toFixed(1);
			const refused = emulator.requests.filter(({ status }) => status === 409).length;
			const done = wanted.filter((_target, index) => calls[index]?.status === 200);
			const shares = (await cluster().shares()).map((share, index) => share - (before[index] ?? 0));
			print(
				`${WRITES} writes to ${items} item(s), ${latency} ms each, by the workers ${shares.join(' + ')}: ` +
					`${done.length} succeeded, ${lost(done).length} lost updates, ${seconds} s, ${refused} answers 409`,
			);
			expect(lost(done)).toEqual([]);
			expect(calls.filter(({ status }) => status !== 200)).toEqual([]);
			expect(Math.min(...shares)).toBeGreaterThan(0);
		},
		200_000,
	);
}
