import { NO_LAG, manualClock, seededRandom, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { HAS_DURABLE_SCHEDULER } from './support/pollExecutor';
import { TriggerHost, type Ending } from './support/triggerHost';

/** Hundreds of steps in queue mode: workers die, replace the static data, and main is killed. Every change is in an execution that ended well. */

const STEPS = 300;

const ENDINGS: readonly Ending[] = ['success', 'success', 'success', 'stalled', 'crashed', 'notStarted', 'open'];

let emulator: ConnectEmulator | undefined;

afterEach(async () => {
	jest.restoreAllMocks();
	await emulator?.close();
});

const CODE_NODE = {
	id: 'n2',
	name: 'Code',
	type: 'n8n-nodes-base.code',
	typeVersion: 2,
	position: [0, 0] as [number, number],
	parameters: { jsCode: '$getWorkflowStaticData("global").x = 1' },
};

interface Run {
	readonly host: TriggerHost;
	/** By item id, the version that the last change led to. */
	readonly changed: ReadonlyMap<string, number>;
}

async function runSteps(seed: number, isDurable: boolean): Promise<Run> {
	const clock = manualClock();
	jest.spyOn(Date, 'now').mockImplementation(clock.now);
	const server = await startConnectEmulator({
		behaviour: NO_LAG,
		clock,
		seed: { vaults: [{ name: 'Production', items: ['A', 'B', 'C', 'D', 'E'].map((title) => ({ title })) }] },
	});
	emulator = server;
	const host = await TriggerHost.start({ credential: { serverUrl: server.url, accessToken: server.token } });
	const random = seededRandom(seed);
	const changed = new Map<string, number>();
	host.isDurable = isDurable;
	host.worker = { staticData: { global: { x: 1 } } };
	host.followers = [CODE_NODE];
	const poll = async (seconds = 60): Promise<void> => {
		clock.advance(seconds * 1000);
		await host.tick();
	};
	await host.activate();
	await poll();
	for (let step = 0; step < STEPS; step++) {
		const what = random();
		host.ending = ENDINGS[Math.floor(random() * ENDINGS.length)] ?? 'success';
		if (what < 0.45) {
			const items = server.admin.items('Production');
			const { id = '' } = items[Math.floor(random() * items.length)] ?? {};
			changed.set(id, server.admin.editItem('Production', id, { tags: [`step ${step}`] }).version ?? 0);
		} else if (what < 0.9) await poll();
		else if (what < 0.93) await host.activate('update');
		else await host.restart();
	}
	host.ending = 'success';
	await host.restart();
	for (let more = 0; more < 12; more++) await poll();
	return { host, changed };
}

/** Older releases do not say how an execution ends. */
const ENGINES = HAS_DURABLE_SCHEDULER ? [['the default engine', false] as const, ['the durable scheduler', true] as const] : [];

it('runs if n8n reports how executions end', () => {
	expect(ENGINES.length > 0).toBe(HAS_DURABLE_SCHEDULER);
});

for (const [engine, isDurable] of ENGINES) {
	it.each([1, 2, 3, 4])(`loses no change on ${engine}, seed %d`, async (seed) => {
		const { host, changed } = await runSteps(seed, isDurable);
		const arrived = host.executions.filter(({ ending }) => ending === 'success').flatMap(({ events }) => events);
		const missing = [...changed].filter(([id, version]) => !arrived.some((event) => event.item?.id === id && Number(event.version) >= version));
		expect(missing).toEqual([]);
		const again = arrived.filter(({ redelivered }) => redelivered);
		expect(again.length).toBeGreaterThan(0);
		expect(host.executions.filter(({ ending }) => ending === 'stalled').length).toBeGreaterThan(5);
		expect(host.failures).toEqual([]);
	});
}
