/** Servers cut times to whole seconds: what happens in one second has one time, and none of it is lost for that. */

import { describe, expect, it } from '@jest/globals';

import { kindsOf, openWatcher, type Watcher } from './pollScene';

/** A list that shows nothing yet, as of a server that lags behind. */
function showNothing({ scene }: Watcher): void {
	scene.emulator.faults.script({ kind: 'status', status: 200, body: [], match: { method: 'GET', path: /\/items$/ } });
}

/** Watching begins in the second of the vault's last change, and with a list that lacks items. */
async function beginAfter(change: (watcher: Watcher) => void): Promise<Watcher> {
	const watcher = await openWatcher({}, { behaviour: { replicas: [{ readLagMs: 0 }] } });
	watcher.scene.clock.advance(60_000);
	change(watcher);
	showNothing(watcher);
	expect(kindsOf(await watcher.poll({ afterMs: 0 }))).toEqual([]);
	return watcher;
}

describe('an item of the second in which watching began', () => {
	it('is new where it was created after that', async () => {
		const watcher = await beginAfter(({ scene }) => void scene.emulator.admin.editItem('Production', scene.itemId, { title: 'Old' }));
		const { admin } = watcher.scene.emulator;
		const { id, createdAt } = admin.createItem('Production', { title: 'New' });
		expect(createdAt).toBe(admin.item('Production', watcher.scene.itemId).updatedAt);
		const { events } = await watcher.poll();
		expect(events).toMatchObject([{ kind: 'created', eventId: expect.stringContaining(id) }]);
	});

	it('is not where it was there before, and the list only lacked it', async () => {
		const watcher = await beginAfter(({ scene }) => void scene.emulator.admin.createItem('Production', { title: 'Just before' }));
		expect(kindsOf(await watcher.poll())).toEqual([]);
		watcher.scene.emulator.admin.createItem('Production', { title: 'Later' });
		expect(kindsOf(await watcher.poll())).toEqual(['created']);
	});

	it('is not where the vault had been at rest for long before, whatever happens later', async () => {
		const watcher = await openWatcher({}, { items: [{ title: 'One' }, { title: 'Two' }] });
		showNothing(watcher);
		expect(kindsOf(await watcher.poll())).toEqual([]);
		watcher.scene.emulator.admin.createItem('Production', { title: 'New' });
		expect(kindsOf(await watcher.poll())).toEqual(['created']);
	});

	it('and an older one that the list lacked is not new either, when the vault changes', async () => {
		const watcher = await beginAfter(({ scene }) => void scene.emulator.admin.editItem('Production', scene.itemId, { title: 'Old' }));
		watcher.scene.emulator.admin.editItem('Production', watcher.scene.itemId, { title: 'Older' });
		expect(kindsOf(await watcher.poll())).toEqual([]);
	});
});

describe('changes of one second', () => {
	it('are all told, each once', async () => {
		const { poll, scene } = await openWatcher({}, { behaviour: { replicas: [{ readLagMs: 0 }] } });
		await poll();
		const { admin } = scene.emulator;
		const ids = [1, 2, 3].map((number) => admin.createItem('Production', { title: `New ${number}` }).id);
		admin.editItem('Production', scene.itemId, { title: 'Edited' });
		const first = await poll({ afterMs: 0 });
		admin.editItem('Production', ids[0] ?? '', { title: 'Edited too' });
		const second = await poll({ afterMs: 0 });
		expect([kindsOf(first).sort(), kindsOf(second)]).toEqual([['created', 'created', 'created', 'updated'], ['updated']]);
		expect(kindsOf(await poll())).toEqual([]);
	});
});

describe('accesses of one second', () => {
	it.each(['newestFirst', 'oldestFirst'] as const)('are all told, each once, in a log with order %s', async (order) => {
		const { poll, scene } = await openWatcher({ events: ['accessed'] }, { behaviour: { activity: { order } } });
		const { admin } = scene.emulator;
		const access = (count: number): void => {
			for (let turn = 0; turn < count; turn++) {
				admin.logActivity([{ action: 'READ', vaultId: scene.vaultId, itemId: scene.itemId, jti: 'other', itemVersion: 1 }]);
			}
		};
		access(3);
		expect(kindsOf(await poll())).toEqual([]);
		access(1);
		expect(kindsOf(await poll({ afterMs: 0 }))).toHaveLength(1);
		access(2);
		expect(kindsOf(await poll({ afterMs: 0 }))).toHaveLength(2);
		expect(kindsOf(await poll({ afterMs: 0 }))).toHaveLength(0);
		access(120);
		const seen = [...kindsOf(await poll({ afterMs: 0 })), ...kindsOf(await poll({ afterMs: 0 }))];
		expect(seen).toHaveLength(120);
	});
});
