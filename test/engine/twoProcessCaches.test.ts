/** What one worker keeps in memory does no harm when another one writes. */

import type { INodeType } from 'n8n-workflow';

import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { fastClock } from '../support/fastClock';
import { byName, onItem, setFields } from '../support/parameters';
import { runNode, type NodeRunResult } from './support/engine';
import { startCredentialProcess, startNodeProcess } from './support/moduleProcess';
import { openSecretHttpHost, startApi, type Api, type SecretHttpHost } from './support/secretHttpHost';

const OLD = 'canary-old';
const NEW = 'canary-new';
const CACHE_SECONDS = 60;

let emulator: ConnectEmulator;

async function start(readLagMs: readonly number[], speed = 1): Promise<void> {
	emulator = await startConnectEmulator({
		clock: fastClock(speed),
		behaviour: { replicas: readLagMs.map((ms) => ({ readLagMs: ms })), writeLatencyMs: 0 },
		seed: {
			vaults: [
				{
					name: 'Production',
					items: [{ title: 'Payments API', fields: ['credential', 'note'].map((id) => ({ id, label: id, value: OLD })) }],
				},
			],
		},
	});
}

const rotate = (): void => {
	const [item] = emulator.admin.items('Production');
	emulator.admin.editItem('Production', item?.id ?? '', ({ fields = [], ...rest }) => ({
		...rest,
		fields: fields.map((field) => ({ ...field, value: NEW })),
	}));
};

afterEach(async () => await emulator.close());

describe('the secret of the credential for HTTP requests', () => {
	let api: Api;
	/** What the API accepts. */
	let live: readonly string[];
	let nowMs = 0;

	beforeEach(async () => {
		await start([0]);
		[nowMs, live] = [Date.UTC(2026, 0, 1), [OLD, NEW]];
		api = await startApi((request, response) => {
			const isGood = live.some((value) => request.headers.authorization === `Bearer ${value}`);
			response.writeHead(isGood ? 200 : 401, { 'content-type': 'application/json' }).end('{}');
		});
	});

	afterEach(async () => await api.close());

	const open = async (): Promise<SecretHttpHost> =>
		await openSecretHttpHost(
			{
				serverUrl: emulator.url,
				accessToken: emulator.token,
				reference: 'op://Production/Payments API/credential',
				sendAs: 'bearer',
				cacheSeconds: CACHE_SECONDS,
				allowedHttpRequestDomains: 'all',
				session: '',
			},
			startCredentialProcess({ now: () => nowMs, sleep: async () => await Promise.resolve(), random: () => 0 }),
		);

	const call = async (host: SecretHttpHost): Promise<unknown> => await host.former({ uri: `http://127.0.0.1:${api.port}/x`, method: 'GET' });
	const sent = (): string => String(api.calls.at(-1)?.headers.authorization).replace('Bearer ', '');

	/** A request of each worker. @returns what they sent. */
	async function sentBy(...hosts: SecretHttpHost[]): Promise<string[]> {
		const values: string[] = [];
		for (const host of hosts) {
			await call(host).catch(() => undefined);
			values.push(sent());
		}
		return values;
	}

	it('is sent after a rotation by each worker for at most the cache time after its own read', async () => {
		const [first, second] = await Promise.all([open(), open()]);
		expect(await sentBy(first)).toEqual([OLD]);
		nowMs += 30_000;
		expect(await sentBy(second)).toEqual([OLD]);
		rotate();
		nowMs += 29_999;
		expect(await sentBy(first, second)).toEqual([OLD, OLD]);
		nowMs += 1;
		expect(await sentBy(first, second)).toEqual([NEW, OLD]);
		nowMs += 30_000;
		expect(await sentBy(first, second)).toEqual([NEW, NEW]);
	});

	it('is read again by each worker as soon as the API refuses it: one failed request each', async () => {
		const hosts = await Promise.all([open(), open()]);
		await sentBy(...hosts);
		rotate();
		live = [NEW];
		for (const host of hosts) {
			await expect(call(host)).rejects.toMatchObject({ httpCode: '401' });
			// As Retry On Fail does, or the next execution.
			await call(host);
			expect(sent()).toBe(NEW);
		}
		expect(api.calls).toHaveLength(6);
	});

	it("is read again within the same request if the node uses n8n's current helper", async () => {
		const hosts = await Promise.all([open(), open()]);
		await sentBy(...hosts);
		rotate();
		live = [NEW];
		for (const host of hosts) await host.present({ url: `http://127.0.0.1:${api.port}/x`, method: 'GET' });
		expect(api.calls.map(({ headers }) => headers.authorization)).toEqual([OLD, OLD, OLD, NEW, OLD, NEW].map((value) => `Bearer ${value}`));
	});
});

describe('reads that lag behind what another worker has written', () => {
	const SPEED = 20;

	async function startTwo(): Promise<[first: INodeType, second: INodeType]> {
		return [await startNodeProcess(fastClock(SPEED, 1)), await startNodeProcess(fastClock(SPEED, 2))];
	}

	const run = async (type: INodeType, operation: string, rest: object): Promise<NodeRunResult> =>
		await runNode({
			type,
			credential: { serverUrl: emulator.url, accessToken: emulator.token },
			parameters: onItem(operation, byName('Payments API'), { ...rest }),
		});
	const update = async (type: INodeType, field: string, options = {}): Promise<NodeRunResult> =>
		await run(type, 'update', { ...setFields({ [field]: NEW }), options });
	const versionOf = ({ outputs }: NodeRunResult): unknown => outputs[0]?.[0]?.json.version;
	const valuesNow = (): unknown[] =>
		emulator.admin.items('Production').flatMap(({ fields = [] }) => fields.flatMap(({ value }) => (value === undefined ? [] : [value])));

	it('have caught up when the writing node is done, because it waits until a read shows the write', async () => {
		await start([2_000], SPEED);
		const [first, second] = await startTwo();
		const written = await update(first, 'credential');
		expect([versionOf(written), versionOf(await run(second, 'get', {}))]).toEqual([2, 2]);
	});

	it('lose no update even without waiting: each node sends only its changes', async () => {
		await start([4_000], SPEED);
		const [first, second] = await startTwo();
		await update(first, 'credential', { waitForSync: 0 });
		await update(second, 'note', { waitForSync: 0 });
		expect(valuesNow()).toEqual([NEW, NEW]);
	});

	it('are waited for by a node that expects the version written by the other worker', async () => {
		await start([4_000], SPEED);
		const [first, second] = await startTwo();
		const written = await update(first, 'credential', { waitForSync: 0 });
		const result = await update(second, 'note', { expectedVersion: versionOf(written) });
		expect(result.outputs[0]?.[0]?.json).toMatchObject({ changed: true, previousVersion: 2, version: 3, concurrentEdit: false });
		expect(valuesNow()).toEqual([NEW, NEW]);
	});

	it('end in a refusal if the expected version does not arrive or has passed', async () => {
		await start([0], SPEED);
		const [first, second] = await startTwo();
		const early = await update(second, 'note', { expectedVersion: 9, waitForSync: 1 });
		await update(first, 'credential');
		const late = await update(second, 'note', { expectedVersion: 1 });
		for (const { error } of [early, late]) expect(error?.message).toMatch(/not at the expected version.*\[ONEPASSWORD_VERSION_CONFLICT\]/);
		expect(valuesNow()).toEqual([NEW, OLD]);
	});
});
