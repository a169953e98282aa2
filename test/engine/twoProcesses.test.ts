/** Two workers of n8n that share neither locks nor memory write to one Connect server. */

import type { INodeType } from 'n8n-workflow';

import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { fastClock } from '../support/fastClock';
import { byId, onItem, setFields } from '../support/parameters';
import { runNode, type NodeRunResult } from './support/engine';
import { startNodeProcess } from './support/moduleProcess';

const SPEED = 8;
const WRITERS = 20;
const OLD = 'canary-old';

let emulator: ConnectEmulator | undefined;

afterEach(async () => await emulator?.close());

interface Scene {
	readonly server: ConnectEmulator;
	readonly itemIds: readonly string[];
	readonly update: (type: INodeType, itemId: string, field: string) => Promise<NodeRunResult>;
}

async function openScene(items: number, fields: readonly string[], writeLatencyMs: number): Promise<Scene> {
	const server = await startConnectEmulator({
		clock: fastClock(SPEED),
		behaviour: { writeLatencyMs },
		seed: {
			vaults: [
				{
					name: 'Production',
					items: Array.from({ length: items }, (_, index) => ({
						title: `Item ${index}`,
						fields: fields.map((id) => ({ id, label: id, value: OLD })),
					})),
				},
			],
		},
	});
	emulator = server;
	return {
		server,
		itemIds: server.admin.items('Production').map(({ id }) => id),
		update: async (type, itemId, field) =>
			await runNode({
				type,
				credential: { serverUrl: server.url, accessToken: server.token },
				parameters: onItem('update', byId(itemId), setFields({ [field]: `new ${field}` })),
			}),
	};
}

async function startTwo(): Promise<INodeType[]> {
	return await Promise.all([1, 2].map(async (seed) => await startNodeProcess(fastClock(SPEED, seed))));
}

function conflictsOf(server: ConnectEmulator): number {
	return server.requests.filter(({ status }) => status === 409).length;
}

describe.each([5, 300, 1_000])('20 executions on each of two workers, with %d ms per write,', (latencyMs) => {
	const fields = Array.from({ length: 2 * WRITERS }, (_, index) => `field-${index}`);

	it('change 40 fields of one item: all succeed, no update is lost', async () => {
		const { server, itemIds, update } = await openScene(1, fields, latencyMs);
		const [itemId = ''] = itemIds;
		const processes = await startTwo();
		const startedAt = performance.now();
		const runs = await Promise.all(fields.map(async (field, index) => await update(processes[index % 2] as INodeType, itemId, field)));
		const seconds = ((performance.now() - startedAt) * SPEED) / 1_000;
		process.stdout.write(`write latency ${latencyMs} ms: 40 writes in ${seconds.toFixed(1)} s, 409s: ${conflictsOf(server)}\n`);
		expect(runs.map(({ error }) => error?.message).filter(Boolean)).toEqual([]);
		const item = server.admin.item('Production', itemId);
		expect(item.fields?.filter(({ value }) => value === OLD).map(({ id }) => id)).toEqual([]);
		expect(item.version).toBe(1 + fields.length);
	}, 60_000);
});

it('10 items of one vault are changed by two workers: all succeed', async () => {
	const { server, itemIds, update } = await openScene(10, ['a', 'b'], 300);
	const processes = await startTwo();
	const runs = await Promise.all(
		itemIds.flatMap((itemId) => ['a', 'b'].map(async (field, index) => await update(processes[index] as INodeType, itemId, field))),
	);
	expect(runs.map(({ error }) => error?.message).filter(Boolean)).toEqual([]);
	expect(conflictsOf(server)).toBeGreaterThan(0);
	expect(server.admin.items('Production').map(({ version }) => version)).toEqual(itemIds.map(() => 3));
}, 60_000);

it('10 items are deleted by one worker while the other one writes: all succeed', async () => {
	const { server, itemIds, update } = await openScene(20, ['a'], 300);
	const [writer, remover] = (await startTwo()) as [INodeType, INodeType];
	const credential = { serverUrl: server.url, accessToken: server.token };
	const runs = await Promise.all([
		...itemIds.slice(0, 10).map(async (itemId) => await update(writer, itemId, 'a')),
		...itemIds.slice(10).map(async (itemId) => await runNode({ type: remover, credential, parameters: onItem('delete', byId(itemId)) })),
	]);
	expect(runs.map(({ error }) => error?.message).filter(Boolean)).toEqual([]);
	expect(
		server.admin
			.items('Production')
			.map(({ id }) => id)
			.sort(),
	).toEqual([...itemIds.slice(0, 10)].sort());
}, 60_000);
