import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { HAS_DURABLE_SCHEDULER } from './support/pollExecutor';
import { TriggerHost, type Crash, type EmittedEvent } from './support/triggerHost';

/** No change is lost or reported with two IDs, regardless of what happens to n8n between two polls. */

let emulator: ConnectEmulator;
let host: TriggerHost;

beforeEach(async () => {
	emulator = await startConnectEmulator({
		behaviour: NO_LAG,
		seed: { vaults: [{ name: 'Production', items: [{ title: 'A' }, { title: 'B' }, { title: 'C' }] }, { name: 'Staging' }] },
	});
	host = await TriggerHost.start({ credential: { serverUrl: emulator.url, accessToken: emulator.token } });
});

afterEach(async () => await emulator.close());

const edit = (title: string): void => {
	const id = emulator.admin.items('Production').find((item) => item.title === title)?.id ?? '';
	emulator.admin.editItem('Production', id, { tags: [`edited ${emulator.admin.item('Production', id).version ?? 0}`] });
};

const idsOf = (events: readonly EmittedEvent[]): string[] => events.map(({ eventId }) => eventId);

const redeliveries = (events: readonly EmittedEvent[]): boolean[] => events.map(({ redelivered }) => redelivered);

const allEvents = (): EmittedEvent[] => host.executions.flatMap(({ events }) => events);

/** @returns the ids of the events that n8n had in its hands when it crashed. */
async function crashAt(crash: Crash): Promise<string[]> {
	host.crash = crash;
	await host.tick();
	const batch = crash === 'beforeExecution' ? host.lost : host.executions;
	return idsOf(batch.at(-1)?.events ?? []);
}

describe('n8n crashes between storing the state and starting the execution', () => {
	it('the same events are repeated after the restart, marked, until a later poll confirms them', async () => {
		await host.activate();
		edit('A');
		edit('B');
		const ids = await crashAt('beforeExecution');
		expect(ids).toHaveLength(2);
		expect(host.executions).toEqual([]);
		const repeated = await host.restart();
		expect([idsOf(repeated), redeliveries(repeated)]).toEqual([ids, [true, true]]);
		expect(await host.tick()).toEqual([]);
		edit('C');
		const next = await host.tick();
		expect(redeliveries(next)).toEqual([false]);
		// Only the last batch is in doubt now.
		expect(idsOf(await host.restart())).toEqual(idsOf(next));
	});

	it('they are repeated if n8n crashes at the same point again', async () => {
		await host.activate();
		edit('A');
		const ids = await crashAt('beforeExecution');
		for (let crash = 0; crash < 3; crash++) {
			await host.restart();
			expect(idsOf(allEvents())).toEqual(Array<string>(crash + 1).fill(ids[0] ?? ''));
		}
	});

	it('they are emitted with what changed while n8n was down', async () => {
		await host.activate();
		edit('A');
		const ids = await crashAt('beforeExecution');
		edit('A');
		edit('B');
		const events = await host.restart();
		expect(redeliveries(events)).toEqual([true, false, false]);
		expect(events[0]?.eventId).toBe(ids[0]);
		expect(events[1]).toMatchObject({ previousVersion: 2, version: 3 });
	});

	it('they are not repeated with At Most Once', async () => {
		host.change({ options: { delivery: 'atMostOnce' } });
		await host.activate();
		edit('A');
		await crashAt('beforeExecution');
		expect(await host.restart()).toEqual([]);
		edit('B');
		expect(redeliveries(await host.tick())).toEqual([false]);
		expect(await host.restart()).toEqual([]);
	});

	it('the item is read again, and concealed as before, with Full Item', async () => {
		host.change({ detail: 'item', reveal: 'none', simplify: true });
		await host.activate();
		edit('A');
		await crashAt('beforeExecution');
		expect(await host.restart()).toMatchObject([{ redelivered: true, item: { title: 'A', fields: {} } }]);
	});
});

describe('n8n crashes between starting the execution and storing the state', () => {
	it.each(['atLeastOnce', 'atMostOnce'])('the same events are repeated with the same IDs (%s)', async (delivery) => {
		host.change({ options: { delivery } });
		await host.activate();
		edit('A');
		emulator.admin.createItem('Staging', { title: 'New' });
		emulator.admin.deleteItem('Production', emulator.admin.items('Production')[2]?.id ?? '');
		const ids = await crashAt('beforeSave');
		expect(ids).toHaveLength(3);
		expect(idsOf(await host.restart())).toEqual(ids);
		expect(await host.tick()).toEqual([]);
	});
});

it('the process that delivered a batch does not repeat it when the workflow is published again', async () => {
	await host.activate();
	edit('A');
	await host.tick();
	expect(await host.activate('update')).toEqual([]);
	edit('B');
	expect(await host.tick()).toHaveLength(1);
});

it('a renamed node continues where it was', async () => {
	await host.activate();
	edit('A');
	host.rename('Rotations');
	expect(await host.activate('update')).toHaveLength(1);
	host.rename('Rotated again');
	await host.activate('update');
	edit('B');
	expect(await host.tick()).toHaveLength(1);
	expect(allEvents()).toHaveLength(2);
});

it('a failed poll leaves the state unchanged', async () => {
	await host.activate();
	const before = host.database.staticData;
	edit('A');
	emulator.faults.script({ kind: 'status', status: 401, times: Infinity });
	await host.tick();
	emulator.faults.clear();
	expect([host.failures.length, host.database.staticData]).toEqual([1, before]);
	expect(await host.tick()).toHaveLength(1);
});

// Older releases have none.
if (HAS_DURABLE_SCHEDULER) {
	describe('the durable scheduler', () => {
		const state = (): string => host.database.cursor ?? '';

		beforeEach(async () => {
			host.isDurable = true;
			await host.activate();
		});

		it('commits the state with the execution, and drops the batch with the poll that finds it delivered', async () => {
			edit('A');
			const told = await host.tick();
			expect(told).toHaveLength(1);
			expect(state()).toContain('"format":1');
			expect(state()).toContain(told[0]?.eventId);
			expect(await host.tick()).toEqual([]);
			expect(state() + host.database.staticData).not.toContain(told[0]?.eventId);
			expect(await host.restart()).toEqual([]);
		});

		it('repeats the same IDs if the state was discarded with the execution', async () => {
			edit('A');
			await host.tick();
			await host.tick();
			edit('B');
			await crashAt('beforeExecution');
			const restarted = await host.restart();
			expect(idsOf(restarted)).toEqual([expect.stringMatching(/@2$/)]);
			expect(redeliveries(restarted)).toEqual([false]);
			expect(new Set(idsOf(allEvents())).size).toBe(2);
		});

		it('discards what a failing poll has staged', async () => {
			await host.tick();
			const before = state();
			edit('A');
			emulator.faults.script({ kind: 'status', status: 401, times: Infinity });
			for (let poll = 0; poll < 3; poll++) await host.tick();
			emulator.faults.clear();
			expect([host.failures.length, state()]).toEqual([1, before]);
			expect(await host.tick()).toHaveLength(1);
		});

		it('and back to the default engine: nothing is lost or repeated', async () => {
			const seen: string[] = [];
			for (const isDurable of [true, false, true, false, false, true]) {
				edit('A');
				host.isDurable = isDurable;
				seen.push(...idsOf(await host.activate('update')));
				edit('B');
				seen.push(...idsOf(await host.tick()));
			}
			expect(seen).toHaveLength(12);
			expect(new Set(seen).size).toBe(12);
		});

		it('and back with restarts: nothing is lost, and repeats have the original IDs', async () => {
			for (const isDurable of [true, false, true, false]) {
				edit('A');
				host.isDurable = isDurable;
				await host.restart();
				edit('B');
				await host.tick();
			}
			const events = allEvents();
			for (const version of [2, 3, 4, 5]) {
				expect(new Set(idsOf(events.filter((event) => event.version === version))).size).toBe(2);
			}
			expect(new Set(idsOf(events.filter(({ redelivered }) => !redelivered))).size).toBe(8);
		});
	});
}
