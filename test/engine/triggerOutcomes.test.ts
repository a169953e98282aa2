import type { INode } from 'n8n-workflow';

import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { HAS_DURABLE_SCHEDULER } from './support/pollExecutor';
import { TriggerHost, type Ending, type EmittedEvent } from './support/triggerHost';

/**
 * What happens to events after each possible outcome of their execution, in the process that emitted them and after it.
 */

let emulator: ConnectEmulator;
let host: TriggerHost;

const clock = { now: 0 };

beforeEach(async () => {
	jest.spyOn(Date, 'now').mockImplementation(() => clock.now);
	clock.now = performance.timeOrigin + performance.now();
	emulator = await startConnectEmulator({
		behaviour: NO_LAG,
		seed: { vaults: [{ name: 'Production', items: [{ title: 'A' }, { title: 'B' }, { title: 'C' }] }] },
	});
	host = await TriggerHost.start({ credential: { serverUrl: emulator.url, accessToken: emulator.token } });
});

afterEach(async () => {
	jest.restoreAllMocks();
	await emulator.close();
});

const edit = (index: number): void => {
	const id = emulator.admin.items('Production')[index]?.id ?? '';
	emulator.admin.editItem('Production', id, { tags: [`edited ${emulator.admin.item('Production', id).version ?? 0}`] });
};

const tick = async (seconds = 60): Promise<readonly EmittedEvent[]> => {
	clock.now += seconds * 1000;
	return await host.tick();
};

const shapeOf = (events: readonly EmittedEvent[]): string[] => events.map(({ eventId, redelivered }) => `${eventId}${redelivered ? ' again' : ''}`);

/** Emits one change, to an execution that ends like that. */
async function tellTo(ending: Ending): Promise<string> {
	edit(0);
	host.ending = ending;
	const [event] = await tick();
	host.ending = 'success';
	return event?.eventId ?? host.lost.at(-1)?.events[0]?.eventId ?? '';
}

const CODE_NODE = { id: 'n2', name: 'Code', type: 'n8n-nodes-base.code', typeVersion: 2, position: [0, 0] as [number, number] };

// Older releases do not say how an execution ends.
if (HAS_DURABLE_SCHEDULER) {
	const ENGINES: ReadonlyArray<readonly [string, boolean]> = [
		['the default engine', false],
		['the durable scheduler', true],
	];

	describe.each(ENGINES)('on %s, events', (_engine, isDurable) => {
		beforeEach(async () => {
			host.isDurable = isDurable;
			host.worker = {};
			await host.activate();
		});

		it.each<Ending>(['success', 'nodeFailed', 'cancelled', 'timeout', 'waiting'])('are not repeated after the outcome "%s"', async (ending) => {
			const id = await tellTo(ending);
			expect(id).not.toBe('');
			expect([...(await tick()), ...(await tick())]).toEqual([]);
			edit(1);
			expect(shapeOf(await tick())).toEqual([expect.not.stringContaining('again')]);
			await tick();
			const kept = `${host.database.cursor ?? ''}${host.database.staticData}`;
			expect(kept).not.toContain(id);
		});

		it.each<Ending>(['stalled', 'crashed', 'refused', 'notStarted', 'shutdown'])(
			'are repeated after the outcome "%s", with the same ID',
			async (ending) => {
				const id = await tellTo(ending);
				expect(shapeOf(await tick())).toEqual([`${id} again`]);
				expect(await tick()).toEqual([]);
			},
		);

		it('are repeated until an execution succeeds, along with new events', async () => {
			const id = await tellTo('stalled');
			host.ending = 'stalled';
			edit(1);
			const both = await tick();
			expect(shapeOf(both)).toEqual([`${id} again`, expect.not.stringContaining('again')]);
			// A failing one must not affect the other.
			expect(host.executions.slice(-2).map(({ events }) => events.length)).toEqual([1, 1]);
			host.ending = 'success';
			expect(shapeOf(await tick())).toEqual(both.map(({ eventId }) => `${eventId} again`));
			expect(await tick()).toEqual([]);
		});

		it('are dropped after ten more lost executions', async () => {
			const id = await tellTo('stalled');
			host.ending = 'stalled';
			for (let more = 0; more < 10; more++) expect(shapeOf(await tick())).toEqual([`${id} again`]);
			expect([...(await tick()), ...(await tick())]).toEqual([]);
		});

		it('are repeated after a failed execution as often as set', async () => {
			host.change({ options: { repeatFailed: 2 } });
			await host.activate('update');
			const id = await tellTo('nodeFailed');
			host.ending = 'nodeFailed';
			expect(shapeOf([...(await tick()), ...(await tick())])).toEqual([`${id} again`, `${id} again`]);
			expect(await tick()).toEqual([]);
		});

		it('in progress wait, even if the workflow is published again, and are repeated by the next process', async () => {
			const id = await tellTo('open');
			expect([...(await tick()), ...(await host.activate('update')), ...(await tick())]).toEqual([]);
			await host.restart();
			const early = shapeOf([...host.executions.flatMap(({ events }) => events).slice(1), ...(await tick(60))]);
			const late = shapeOf(await tick(180));
			expect([...early, ...late]).toEqual([`${id} again`]);
			expect(await tick(300)).toEqual([]);
		});

		it('are not repeated with At Most Once', async () => {
			host.change({ options: { delivery: 'atMostOnce' } });
			await host.activate('update');
			await tellTo('stalled');
			expect([...(await tick()), ...(await host.restart()), ...(await tick(300))]).toEqual([]);
		});
	});

	describe('a worker that writes static data', () => {
		const wipe = async (followers: INode[] = [{ ...CODE_NODE, parameters: { jsCode: '$getWorkflowStaticData("global").x = 1' } }]): Promise<void> => {
			host.worker = { staticData: { global: { x: 1 } } };
			host.followers = followers;
			await host.activate();
			await tellTo('success');
			expect(host.database.staticData).not.toContain('onePasswordTrigger');
		};

		it('does not leave the state replaced for longer than a poll, even if n8n is killed after it', async () => {
			await wipe();
			expect(await tick()).toEqual([]);
			expect([host.emptyRuns, host.database.staticData]).toEqual([1, expect.stringContaining('onePasswordTrigger')]);
			await tick();
			expect(host.emptyRuns).toBe(1);
			edit(1);
			edit(2);
			expect(shapeOf(await host.restart()).filter((id) => !id.endsWith('again'))).toHaveLength(2);
		});

		it('causes no empty execution if the next events save the state anyway', async () => {
			await wipe();
			edit(1);
			expect(await tick()).toHaveLength(1);
			expect(host.emptyRuns).toBe(0);
		});

		it('does no harm while the process runs, when the workflow is published again', async () => {
			await wipe();
			edit(1);
			expect(await host.activate('update')).toHaveLength(1);
			expect(host.database.staticData).toContain('x');
		});

		it.each<[string, number, object, object]>([
			['nothing after the trigger writes any', 0, { parameters: { jsCode: 'return []' } }, {}],
			['the node is disabled', 0, { disabled: true, parameters: { jsCode: '$getWorkflowStaticData()' } }, {}],
			['a Function node does', 1, { type: 'n8n-nodes-base.function', parameters: { functionCode: 'getWorkflowStaticData("node")' } }, {}],
			['the Audit Logger may', 1, { type: 'n8n-nodes-1password-connect.onePasswordAuditLogger', parameters: {} }, {}],
			['it is always to be protected', 1, { parameters: {} }, { protectState: 'always' }],
			['it is never to be protected', 0, { parameters: { jsCode: '$getWorkflowStaticData()' } }, { protectState: 'never' }],
		])('if %s: %d empty executions', async (_what, runs, node, options) => {
			host.change({ options: { ...options } });
			await wipe([{ ...CODE_NODE, parameters: {}, ...node }]);
			await tick();
			await tick();
			expect(host.emptyRuns).toBe(runs);
		});

		it('needs no protection with the durable scheduler', async () => {
			host.isDurable = true;
			host.worker = { staticData: { global: { x: 1 } } };
			host.followers = [{ ...CODE_NODE, parameters: { jsCode: '$getWorkflowStaticData("global").x = 1' } }];
			await host.activate();
			await tellTo('success');
			await tick();
			edit(1);
			expect([host.emptyRuns, await tick()]).toEqual([0, [expect.objectContaining({ kind: 'updated' })]]);
		});
	});
}

it('an older n8n, which does not report how executions end, gets its events in one execution', async () => {
	await host.activate();
	edit(0);
	edit(1);
	expect(await tick()).toHaveLength(2);
	expect(host.executions).toHaveLength(1);
	expect(await tick()).toEqual([]);
});
