/** Bounded events and time, and requests that fail: what is not told now is told later, once and in order. */

import { describe, expect, it } from '@jest/globals';

import type { SeedItem } from '../../../../emulators/connect';
import { kindsOf, openWatcher, type Polled, type Watcher } from '../poll/pollScene';

const seeds = (count: number): SeedItem[] => Array.from({ length: count }, (_, index) => ({ title: `Item ${index}` }));
const idsOf = ({ events }: Polled): unknown[] => events.map(({ item }) => (item as { id: string }).id);

async function editAll({ scene }: Watcher): Promise<string[]> {
	const ids = scene.emulator.admin.items('Production').map(({ id }) => id);
	for (const id of ids) {
		scene.clock.advance(400);
		scene.emulator.admin.editItem('Production', id, { favorite: true });
	}
	return await Promise.resolve(ids);
}

async function pollUntilIdle({ poll }: Watcher, options: object = {}): Promise<Polled[]> {
	const polls: Polled[] = [];
	for (let round = 0; round < 40; round++) {
		polls.push(await poll(options));
		if (polls.at(-1)?.requests.length === 1) return polls;
	}
	throw new Error('It never ends');
}

describe.each(['versions', 'fields', 'item'])('with details %s', (detail) => {
	it('no poll tells more events than wanted, and none is lost, doubled or out of order', async () => {
		const watcher = await openWatcher({ detail, options: { maxEvents: 3 } }, { items: seeds(10) });
		await pollUntilIdle(watcher);
		const ids = await editAll(watcher);
		const polls = await pollUntilIdle(watcher);
		expect(polls.map(({ events }) => events.length)).toEqual([3, 3, 3, 1, 0]);
		expect(polls.flatMap(idsOf)).toEqual(ids);
	});

	it('a poll without time loses nothing and gets on', async () => {
		const watcher = await openWatcher({ detail }, { items: seeds(6), vaults: [{ name: 'Staging', items: seeds(2) }] });
		await pollUntilIdle(watcher);
		const ids = await editAll(watcher);
		scriptEdit(watcher);
		const hasty = [];
		for (let round = 0; round < 3; round++) hasty.push(await watcher.poll({ budgetMs: 0 }));
		const told = hasty.flatMap(idsOf);
		expect(told.length).toBeGreaterThan(0);
		const rest = (await pollUntilIdle(watcher)).flatMap(idsOf);
		expect([...told, ...rest].sort()).toEqual([...ids, ...watcher.scene.emulator.admin.items('Staging').map(({ id }) => id)].sort());
	});

	it('a list that takes longer than the poll may does not keep its events back', async () => {
		const watcher = await openWatcher({ detail }, { items: seeds(2) });
		await pollUntilIdle(watcher);
		await editAll(watcher);
		watcher.scene.emulator.faults.script({ kind: 'delay', delayMs: 10_000, match: { path: /\/items$/ }, times: Infinity });
		const told = [...(await watcher.poll({ budgetMs: 5_000 })).events, ...(await watcher.poll({ budgetMs: 5_000 })).events];
		expect(told).toHaveLength(2);
	});
});

function scriptEdit({ scene }: Watcher): void {
	for (const { id } of scene.emulator.admin.items('Staging')) scene.emulator.admin.editItem('Staging', id, { favorite: true });
}

describe('a read that fails', () => {
	it.each<[string, object]>([
		['with 500', { kind: 'status', status: 500 }],
		['with 404', { kind: 'status', status: 404, message: 'item not found' }],
	])('%s makes the event come later, whole, and holds no other back', async (_what, fault) => {
		const watcher = await openWatcher({ detail: 'fields', options: { maxEvents: 1 } }, { items: seeds(3) });
		const { poll, scene } = watcher;
		await pollUntilIdle(watcher);
		const ids = await editAll(watcher);
		scene.break('GET', fault as never, { path: new RegExp(`/items/${ids[0]}`) });
		expect([...idsOf(await poll()), ...idsOf(await poll()), ...idsOf(await poll())]).toEqual([ids[1], ids[2]]);
		scene.emulator.faults.clear();
		expect((await poll()).events).toMatchObject([{ item: { id: ids[0] }, previousVersion: 1, version: 2, changedAttributes: ['favorite'] }]);
	});

	it('is a failure of the poll, unless the item is gone', async () => {
		const watcher = await openWatcher({ detail: 'item' });
		await watcher.poll();
		await editAll(watcher);
		watcher.scene.break('GET', { kind: 'status', status: 500 }, { times: 4, path: /\/items\/\w+$/ });
		expect(await watcher.poll()).toMatchObject({ events: [], failure: { code: 'UNAVAILABLE' } });
		watcher.scene.break('GET', { kind: 'status', status: 404, message: 'item not found' }, { times: 1, path: /\/items\/\w+$/ });
		const second = await watcher.poll();
		expect([second.failure, second.events]).toEqual([undefined, []]);
		expect(kindsOf(await watcher.poll())).toEqual(['updated']);
	});

	it('or shows an older version is repeated', async () => {
		const { poll, scene } = await openWatcher({ detail: 'fields' });
		await poll();
		const before = scene.emulator.admin.item('Production', scene.itemId);
		scene.emulator.admin.editItem('Production', scene.itemId, { tags: ['new'] });
		scene.emulator.faults.script({ kind: 'status', status: 200, body: before, match: { path: /\/items\/\w+$/ } });
		expect(kindsOf(await poll())).toEqual([]);
		expect((await poll()).events).toMatchObject([{ version: 2, changedAttributes: ['tags'] }]);
	});

	it('and shows a newer version tells that one, once', async () => {
		const { poll, scene } = await openWatcher({ detail: 'fields' });
		await poll();
		const { admin, faults } = scene.emulator;
		admin.editItem('Production', scene.itemId, { tags: ['new'] });
		const rows = admin.items('Production').map(({ fields: _fields, ...row }) => row);
		admin.editItem('Production', scene.itemId, { tags: ['newer'] });
		faults.script({ kind: 'status', status: 200, body: rows, match: { path: /\/items$/ } });
		expect((await poll()).events).toMatchObject([{ previousVersion: 1, version: 3, versionsAdvanced: 2 }]);
		expect([...kindsOf(await poll()), ...kindsOf(await poll())]).toEqual([]);
	});
});

describe('a list that fails', () => {
	it('does not keep the other vaults back', async () => {
		const { poll, scene } = await openWatcher({}, { vaults: [{ name: 'Staging', items: seeds(1) }] });
		await poll();
		const { admin } = scene.emulator;
		for (const vault of ['Production', 'Staging']) admin.editItem(vault, admin.items(vault)[0]?.id ?? '', { favorite: true });
		scene.break('GET', { kind: 'status', status: 500 }, { times: 4, path: new RegExp(`${scene.vaultId}/items$`) });
		expect(await poll()).toMatchObject({ events: [{ vault: { name: 'Staging' } }], failure: { code: 'UNAVAILABLE' } });
		expect(await poll()).toMatchObject({ events: [{ vault: { name: 'Production' } }], failure: undefined });
	});
});

describe('a server that cannot be reached', () => {
	const EVENTS = { events: ['updated', 'serverHealth'] };

	it('is told once, and once when it is back', async () => {
		const { poll, scene } = await openWatcher(EVENTS);
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, { favorite: true });
		scene.break('GET', { kind: 'status', status: 503 });
		const [down] = (await poll()).events;
		expect(down).toMatchObject({ kind: 'serverUnreachable', reason: 'UNAVAILABLE' });
		expect(kindsOf(await poll())).toEqual([]);
		scene.emulator.faults.clear();
		const back = await poll();
		expect(back.events).toMatchObject([{ kind: 'serverReachable', since: down?.since }, { kind: 'updated' }]);
		expect(back.events[0]?.unreachableSeconds).toBeGreaterThanOrEqual(120);
		expect(kindsOf(await poll())).toEqual([]);
	});

	it('is no event once that is not wanted any more', async () => {
		const { poll, scene } = await openWatcher(EVENTS);
		await poll();
		scene.break('GET', { kind: 'status', status: 503 });
		await poll();
		scene.emulator.faults.clear();
		expect(kindsOf(await poll({ parameters: { events: ['updated'] } }))).toEqual([]);
	});

	it('is an error where nobody asked for the event, and at the start', async () => {
		const { poll, scene, state } = await openWatcher(EVENTS);
		scene.break('GET', { kind: 'status', status: 503 });
		await expect(poll()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
		expect(state()).toBeUndefined();
		scene.emulator.faults.clear();
		await poll({ parameters: { events: ['updated'] } });
		const before = state();
		scene.break('GET', { kind: 'status', status: 503 });
		await expect(poll()).rejects.toMatchObject({ code: 'UNAVAILABLE' });
		expect(state()).toEqual(before);
	});

	it('is another thing than a token that is refused', async () => {
		const { poll, scene } = await openWatcher(EVENTS);
		await poll();
		scene.emulator.revokeToken(scene.emulator.token);
		await expect(poll()).rejects.toMatchObject({ code: 'AUTH_FAILED' });
	});
});
