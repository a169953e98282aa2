import { manualClock, startConnectEmulator, type ConnectEmulator, type Fault, type ManualClock } from '../emulators/connect';
import { HAS_DURABLE_SCHEDULER } from './support/pollExecutor';
import { TriggerHost, type EmittedEvent } from './support/triggerHost';

/** A trigger whose saved state is gone: another execution has replaced the workflow's static data, and n8n was restarted. */

let emulator: ConnectEmulator;
let host: TriggerHost;
let clock: ManualClock;

const MINUTE = 60_000;

beforeEach(async () => {
	clock = manualClock();
	jest.spyOn(Date, 'now').mockImplementation(clock.now);
	emulator = await startConnectEmulator({
		clock,
		behaviour: { replicas: [{ readLagMs: 0 }], writeLatencyMs: 0 },
		seed: {
			vaults: [
				{
					name: 'Production',
					items: ['A', 'B', 'C', 'D'].map((title) => ({ title, createdAt: '2020-01-01T00:00:00Z', updatedAt: '2020-01-01T00:00:00Z' })),
				},
				{ name: 'Staging' },
			],
		},
	});
	host = await startHost();
});

afterEach(async () => {
	jest.restoreAllMocks();
	await emulator.close();
});

const startHost = async (parameters = {}): Promise<TriggerHost> =>
	await TriggerHost.start({ credential: { serverUrl: emulator.url, accessToken: emulator.token }, parameters });

const idOf = (title: string): string => emulator.admin.items('Production').find((item) => item.title === title)?.id ?? '';

const edit = (title: string): unknown => emulator.admin.editItem('Production', idOf(title), { tags: [String(clock.now())] });

const poll = async (): Promise<readonly EmittedEvent[]> => {
	clock.advance(MINUTE);
	return await host.tick();
};

/** As a worker leaves it. */
const loseState = (): void => {
	host.database.staticData = '{"global":{"x":1}}';
};

/** Watches for an hour, the state is lost, and n8n ends. @returns the time of the last poll. */
async function watchAndLose(): Promise<number> {
	await host.activate();
	for (let polls = 0; polls < 60; polls++) await poll();
	loseState();
	return clock.now();
}

const shapeOf = (events: readonly EmittedEvent[]): string[] =>
	events.map(({ kind, item, redelivered }) => `${kind} ${item?.title ?? ''}${redelivered ? ' again' : ''}`.trim());

it('items created and updated since the last poll are reported, along with the lost state', async () => {
	const before = await watchAndLose();
	clock.advance(10 * MINUTE);
	edit('B');
	emulator.admin.createItem('Staging', { title: 'New' });
	emulator.admin.deleteItem('Production', idOf('D'));
	clock.advance(10 * MINUTE);
	const events = await host.restart();
	expect(shapeOf(events)).toEqual(['stateLost', 'updated B again', 'created New again']);
	expect(events[0]).toMatchObject({
		since: new Date(before - MINUTE).toISOString(),
		message: expect.stringContaining('N8N_POLLER_DURABLE_CURSORS_ENABLED'),
	});
	expect(events[1]).toMatchObject({ previousVersion: null, version: 2, versionsAdvanced: null, eventId: expect.stringMatching(/@2$/) });
	expect([...(await poll()), ...(await poll())]).toEqual([]);
	edit('A');
	expect(shapeOf(await poll())).toEqual(['updated A']);
});

it('the event IDs are the ones they would have had', async () => {
	await host.activate();
	edit('A');
	const [told] = await poll();
	edit('A');
	const [second] = await poll();
	loseState();
	const events = await host.restart();
	expect(events.map(({ eventId }) => eventId)).toContain(second?.eventId);
	expect(events.map(({ eventId }) => eventId)).not.toContain(told?.eventId);
});

it('the rest follows if it exceeds one execution', async () => {
	host.change({ options: { maxEvents: 2 } });
	await watchAndLose();
	clock.advance(10 * MINUTE);
	for (const title of ['A', 'B', 'C']) edit(title);
	expect(shapeOf([...(await host.restart()), ...(await poll()), ...(await poll())])).toEqual([
		'stateLost',
		'updated A again',
		'updated B again',
		'updated C again',
	]);
	expect(await poll()).toEqual([]);
});

it.each<[string, object, string[]]>([
	['at most once only the loss is reported', { options: { delivery: 'atMostOnce' } }, ['stateLost']],
	['existing items are not emitted once more', { options: { emitExisting: true } }, ['stateLost', 'updated B again']],
	['fields that changed are not known', { detail: 'fields' }, ['stateLost', 'updated B again']],
	['kinds that are not wanted stay out', { events: ['created'] }, ['stateLost']],
	['items that do not match the filters stay out', { filters: { title: 'A' } }, ['stateLost']],
	["the server's health needs no state", { events: ['serverHealth'] }, []],
	['the accesses come again from the log', { events: ['accessed'] }, ['stateLost', 'accessed  again']],
])('%s', async (_what, parameters, expected) => {
	host = await startHost(parameters);
	await watchAndLose();
	clock.advance(10 * MINUTE);
	edit('B');
	await fetch(`${emulator.url}/v1/vaults/${emulator.admin.vault('Production').id}/items/${idOf('C')}`, {
		headers: { authorization: `Bearer ${emulator.token}` },
	});
	clock.advance(MINUTE);
	expect(shapeOf(await host.restart())).toEqual(expected);
	expect(await poll()).toEqual([]);
});

it('a workflow published again in another process counts as having had a state', async () => {
	await watchAndLose();
	await host.restart('activate');
	expect(shapeOf(host.executions.flatMap(({ events }) => events))).toEqual(['stateLost']);
});

describe('a log that cannot be read', () => {
	const unreadable: Fault = { kind: 'status', status: 403, times: Infinity, match: { path: /activity/ } };

	it.each<['init' | 'activate', string[]]>([
		['init', ['stateLost']],
		['activate', []],
	])('(%s) counts as a loss if the workflow was active before', async (mode, expected) => {
		await watchAndLose();
		emulator.faults.script(unreadable);
		const events = await host.restart(mode);
		expect([shapeOf(events), events.map(({ since }) => since)]).toEqual([expected, expected.map(() => null)]);
	});
});

describe('watching begins', () => {
	it('with one request for the log, and without a loss', async () => {
		await host.activate();
		expect(host.executions).toEqual([]);
		expect(emulator.requests.filter(({ route }) => route.endsWith('/activity'))).toHaveLength(1);
		await poll();
		expect(emulator.requests.filter(({ route }) => route.endsWith('/activity'))).toHaveLength(1);
	});

	it('without a loss after lists in the editor, a test, and failed activations', async () => {
		await host.load('loadVaults');
		await host.test();
		host.change({ scope: 'vaults', vaults: ['Nowhere'] });
		for (let attempt = 0; attempt < 3; attempt++) await expect(host.activate()).rejects.toThrow('Nowhere');
		host.change({ scope: 'allVaults' });
		expect(await host.activate()).toEqual([]);
	});

	it('without a loss if the rows belong to another token or workflow', async () => {
		await watchAndLose();
		const other = await TriggerHost.start({
			credential: { serverUrl: emulator.url, accessToken: emulator.issueToken({ vaults: { Production: 'r' } }) },
		});
		expect(await other.restart()).toEqual([]);
	});

	// Older releases may throw away what a poll returns, so there the memory counts for nothing.
	it("without a loss if the state is only in this process's memory", async () => {
		await watchAndLose();
		edit('A');
		expect(shapeOf(await host.activate('update'))).toEqual(HAS_DURABLE_SCHEDULER ? ['updated A'] : ['stateLost', 'updated A again']);
	});
});
