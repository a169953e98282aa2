import { NO_LAG, manualClock, seededRandom, startConnectEmulator, type BehaviourOptions, type ConnectEmulator } from '../emulators/connect';
import { TriggerHost, type EmittedEvent } from './support/triggerHost';

/** Two hundred and fifty steps of edits, polls, publications and crashes: no change is lost, and none has two ids. */

const STEPS = 250;

const POLL_INTERVAL_MS = 60_000;

let emulator: ConnectEmulator;

afterEach(async () => {
	jest.restoreAllMocks();
	await emulator.close();
});

interface Step {
	readonly itemId: string;
	readonly kind: 'created' | 'updated' | 'restored' | 'archived' | 'deleted';
	readonly version: number;
	/** How many polls there were before it. */
	readonly polls: number;
}

function change(random: () => number, polls: number): Step {
	const vault = emulator.admin.vaults()[random() < 0.7 ? 0 : 1]?.id ?? '';
	const items = emulator.admin.items(vault);
	const item = items[Math.floor(random() * items.length)];
	const what = random();
	if (item === undefined || what < 0.2) {
		const { id } = emulator.admin.createItem(vault, { title: 'New' });
		return { itemId: id, kind: 'created', version: 1, polls };
	}
	if (item.state !== undefined) {
		return { itemId: item.id, kind: 'restored', version: emulator.admin.restoreItem(vault, item.id).version ?? 0, polls };
	}
	if (what < 0.3) {
		return { itemId: item.id, kind: 'archived', version: emulator.admin.archiveItem(vault, item.id).version ?? 0, polls };
	}
	if (what < 0.4) {
		emulator.admin.deleteItem(vault, item.id);
		return { itemId: item.id, kind: 'deleted', version: item.version ?? 0, polls };
	}
	const { version = 0 } = emulator.admin.editItem(vault, item.id, { tags: [`seen ${polls}`] });
	return { itemId: item.id, kind: 'updated', version, polls };
}

/**
 * A later event of the item may stand for several changes; an item that came and went between two polls leaves none.
 * @param window polls after which every server shows a change.
 */
function isTold(step: Step, events: readonly EmittedEvent[], steps: readonly Step[], window: number): boolean {
	const own = events.filter(({ item }) => item?.id === step.itemId);
	const meanwhile = steps.filter(({ itemId, polls }) => itemId === step.itemId && Math.abs(polls - step.polls) <= window);
	const cameAndWent =
		meanwhile.some(({ kind }) => kind === 'created' || kind === 'restored') &&
		meanwhile.some(({ kind }) => kind === 'archived' || kind === 'deleted');
	if (cameAndWent || own.some(({ kind }) => kind === 'deleted')) return true;
	return (
		step.kind !== 'deleted' &&
		own.some(({ previousVersion, version }) => Number(previousVersion ?? 0) < step.version && step.version <= Number(version))
	);
}

/** Three servers behind one address, taking turns; the last two are up to two polls behind. */
const LAGGING: BehaviourOptions = {
	replicas: [{ readLagMs: 150 }, { readLagMs: 40_000 }, { readLagMs: 90_000 }],
	writeLatencyMs: 0,
};

describe.each([
	['a server that shows every change at once', NO_LAG, [1, 2, 3], 0],
	['servers that lag behind', LAGGING, [12, 20], 4],
] as const)('%s', (_server, behaviour, seeds, window) => {
	it.each(seeds)('seed %d', async (seed) => {
		const clock = manualClock();
		// n8n and the server are as far in time.
		jest.spyOn(Date, 'now').mockImplementation(clock.now);
		const seedItems = [{ title: 'A' }, { title: 'B' }, { title: 'C' }];
		emulator = await startConnectEmulator({
			behaviour,
			clock,
			seed: { vaults: [{ name: 'Production', items: seedItems }, { name: 'Staging' }] },
		});
		const host = await TriggerHost.start({ credential: { serverUrl: emulator.url, accessToken: emulator.token } });
		const random = seededRandom(seed);
		const steps: Step[] = [];
		const poll = async (): Promise<void> => {
			clock.advance(POLL_INTERVAL_MS);
			await host.tick();
		};
		await host.activate();
		for (let number = 0; number < STEPS; number++) {
			const what = random();
			if (what < 0.5) steps.push(change(random, number - steps.length));
			else if (what < 0.83) await poll();
			else if (what < 0.86) await host.activate('update');
			else {
				host.crash = what < 0.92 ? 'beforeExecution' : what < 0.98 ? 'beforeSave' : undefined;
				await poll();
				await host.restart();
			}
		}
		for (let more = 0; more <= 2 * window; more++) await poll();
		const events = host.executions.flatMap((execution) => execution.events);
		expect(steps.filter((step) => !isTold(step, events, steps, window))).toEqual([]);
		const known = new Map<string, string>();
		for (const { eventId, kind, item, version } of events) {
			const change = `${item?.id} ${kind} ${kind === 'deleted' ? '' : String(version)}`;
			expect([change, eventId]).toEqual([change, known.get(change) ?? eventId]);
			known.set(change, eventId);
		}
		// Without a repeat the crashes would have proven nothing.
		expect(events.filter(({ redelivered }) => redelivered).length).toBeGreaterThan(0);
		expect(host.lost.length).toBeGreaterThan(0);
		expect(host.failures).toEqual([]);
		expect(events.length).toBeGreaterThan(50);
	});
});
