/** Lists that lack items, servers that lag behind, clocks that jump: nothing is called deleted on such evidence, nothing lost. */

import { describe, expect, it } from '@jest/globals';

import { packItems, unpackItems } from '../../../../../nodes/shared/core/changes/knownItems';
import type { Item } from '../../../../../nodes/shared/core/wire';
import type { SeedItem } from '../../../../emulators/connect';
import { kindsOf, openWatcher, type Watcher } from './pollScene';

const MINUTE = 60_000;

function seeds(count: number): SeedItem[] {
	return Array.from({ length: count }, (_, index) => ({ title: `Item ${index}` }));
}

/** Lists of items that answer as if they had only these. */
function scriptList({ scene }: Watcher, items: readonly Item[], times = 1): void {
	const rows = items.map(({ id, title, vault, category, version, createdAt, updatedAt }) => ({
		id,
		title,
		vault,
		category,
		version,
		createdAt,
		updatedAt,
	}));
	scene.emulator.faults.script({ kind: 'status', status: 200, body: rows, match: { method: 'GET', path: /\/items$/ }, times });
}

describe('the full listing', () => {
	it.each([
		[{}, 15],
		[{ options: { fullListingMinutes: 3 } }, 3],
	])('finds what no vault tells of, with %j after %d minutes', async (parameters, minutes) => {
		const { poll, scene } = await openWatcher(parameters);
		await poll();
		const { admin, behaviour, faults } = scene.emulator;
		const vaults = admin.vaults();
		behaviour.contentVersionStep = 0;
		admin.editItem('Production', scene.itemId, { title: 'Secretly' });
		faults.script({ kind: 'status', status: 200, body: vaults, match: { path: /\/v1\/vaults$/ }, times: Infinity });
		for (let minute = 1; minute < minutes; minute++) expect(await poll()).toMatchObject({ events: [], requests: ['GET /v1/vaults'] });
		expect(await poll()).toMatchObject({ events: [{ kind: 'updated', version: 2 }] });
	});

	it('comes at once where the clock was set back, and once only', async () => {
		const { poll } = await openWatcher();
		await poll();
		expect((await poll({ afterMs: -600 * MINUTE })).requests).toHaveLength(2);
		expect((await poll()).requests).toHaveLength(1);
		expect((await poll({ afterMs: 1e6 * MINUTE })).requests).toHaveLength(2);
		expect((await poll()).requests).toHaveLength(1);
	});
});

describe('a list that lacks items', () => {
	it.each([0, 1, 3])('deletes none of them: %d of 5 are left', async (left) => {
		const watcher = await openWatcher({}, { items: seeds(5) });
		const { poll, scene } = watcher;
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, { title: 'Edited' });
		scriptList(watcher, scene.emulator.admin.items('Production').slice(0, left));
		expect(kindsOf(await poll())).toEqual(['updated']);
		expect(kindsOf(await poll())).toEqual([]);
		expect(await poll()).toMatchObject({ events: [], requests: ['GET /v1/vaults'] });
	});

	it('of 2,000 items costs as many reads as events may be told', async () => {
		const watcher = await openWatcher({}, { items: seeds(2_000) });
		const { poll, scene } = watcher;
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, { title: 'Edited' });
		scriptList(watcher, []);
		const polled = await poll();
		expect(kindsOf(polled)).toEqual(['updated']);
		expect(polled.requests.length).toBe(202);
	});

	it('and items that cannot be read prove nothing where the vault counts more', async () => {
		const watcher = await openWatcher({}, { items: seeds(3) });
		const { poll, scene } = watcher;
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, { title: 'Edited' });
		const all = scene.emulator.admin.items('Production');
		scriptList(watcher, all.slice(0, 2));
		scene.break('GET', { kind: 'status', status: 404, message: 'item not found' }, { times: 1, path: new RegExp(all[2]?.id ?? '') });
		expect(kindsOf(await poll())).toEqual(['updated']);
		expect(kindsOf(await poll())).toEqual([]);
		expect((await poll()).requests).toEqual(['GET /v1/vaults']);
	});

	it('at the very start does not make old items look new, nor new ones old', async () => {
		const watcher = await openWatcher({}, { items: seeds(5) });
		const { poll, scene } = watcher;
		scriptList(watcher, scene.emulator.admin.items('Production').slice(0, 2));
		expect(kindsOf(await poll())).toEqual([]);
		scene.emulator.admin.createItem('Production', { title: 'Under watch' });
		expect((await poll()).events).toMatchObject([{ kind: 'created', item: { title: 'Under watch' } }]);
		expect(kindsOf(await poll())).toEqual([]);
		expect((await poll()).requests).toEqual(['GET /v1/vaults']);
	});

	it('does not keep deletions back for ever where a server counts otherwise than it lists', async () => {
		const { poll, scene } = await openWatcher({}, { items: seeds(3) });
		const { admin, faults } = scene.emulator;
		const script = (): void => {
			faults.clear();
			const vaults = admin.vaults().map((vault) => ({ ...vault, items: (vault.items ?? 0) + 7 }));
			faults.script({ kind: 'status', status: 200, body: vaults, match: { path: /\/v1\/vaults$/ }, times: Infinity });
		};
		script();
		for (let round = 0; round < 4; round++) await poll();
		expect((await poll()).requests).toHaveLength(1);
		admin.deleteItem('Production', scene.itemId);
		admin.createItem('Production', { title: 'New' });
		script();
		const kinds = [await poll(), await poll(), await poll()].flatMap(kindsOf);
		expect(kinds).toEqual(['created', 'deleted']);
		expect((await poll()).requests).toHaveLength(1);
	});
});

describe('an item that vanishes', () => {
	it('is not deleted while it cannot be asked for', async () => {
		const { poll, scene } = await openWatcher();
		await poll();
		scene.emulator.admin.deleteItem('Production', scene.itemId);
		scene.break('GET', { kind: 'status', status: 500 }, { times: 4, path: new RegExp(`/items/${scene.itemId}`) });
		expect(kindsOf(await poll())).toEqual([]);
		expect(kindsOf(await poll())).toEqual(['deleted']);
	});

	it.each(['hidden', 'listed'] as const)('into the archive, and comes back, where archived items are %s', async (archivedItems) => {
		const { poll, scene } = await openWatcher({}, { behaviour: { archivedItems } });
		const { admin } = scene.emulator;
		await poll();
		admin.archiveItem('Production', scene.itemId);
		expect((await poll()).events).toMatchObject([{ kind: 'archived', previousVersion: 1, version: 2 }]);
		admin.restoreItem('Production', scene.itemId);
		admin.editItem('Production', scene.itemId, { title: 'Edited' });
		expect((await poll()).events).toMatchObject([{ kind: 'restored', previousVersion: 2, version: 4, versionsAdvanced: 2 }]);
		admin.archiveItem('Production', scene.itemId);
		expect(kindsOf(await poll())).toEqual(['archived']);
		expect((await poll()).requests).toEqual(['GET /v1/vaults']);
	});

	it('after something that no list has shown is asked for at two polls', async () => {
		const { poll, scene } = await openWatcher();
		const { admin } = scene.emulator;
		await poll();
		admin.editItem('Production', scene.itemId, { title: 'Edited' });
		admin.deleteItem('Production', scene.itemId);
		expect(kindsOf(await poll())).toEqual([]);
		expect((await poll()).events).toMatchObject([{ kind: 'deleted', version: 1 }]);
		await poll();
		expect((await poll()).requests).toEqual(['GET /v1/vaults']);
	});

	it('counts as deleted where archived items are gone, and as restored when it is back', async () => {
		const { poll, scene } = await openWatcher({}, { behaviour: { archivedItems: 'gone' } });
		const { admin } = scene.emulator;
		await poll();
		admin.archiveItem('Production', scene.itemId);
		expect(kindsOf(await poll())).toEqual(['deleted']);
		admin.restoreItem('Production', scene.itemId);
		expect((await poll()).events).toMatchObject([{ kind: 'restored', previousVersion: 1, version: 3 }]);
	});

	it('from an archive that was full when watching began is told when it is back', async () => {
		const { poll, scene } = await openWatcher(
			{},
			{ items: [{ title: 'Old', state: 'ARCHIVED', version: 4 }], behaviour: { archivedItems: 'listed' } },
		);
		await poll();
		expect((await poll()).requests).toHaveLength(1);
		scene.emulator.admin.restoreItem('Production', scene.itemId);
		expect((await poll()).events).toMatchObject([{ kind: 'restored', previousVersion: 4, version: 5 }]);
	});

	it('and is shown once more by a server that lags behind is not restored', async () => {
		const { poll, scene } = await openWatcher({}, { items: seeds(2), behaviour: { replicas: [{ readLagMs: 0 }] } });
		const { admin, behaviour } = scene.emulator;
		behaviour.replicas = [{ readLagMs: 0 }, { readLagMs: 90_000 }];
		await poll();
		admin.editItem('Production', scene.itemId, { title: 'Edited' });
		scene.clock.advance(40_000);
		admin.deleteItem('Production', scene.itemId);
		behaviour.replicas = [{ readLagMs: 0 }];
		expect([...kindsOf(await poll({ afterMs: 500 })), ...kindsOf(await poll({ afterMs: 30_000 }))]).toEqual(['deleted']);
		// The list shows the edited item, of which nobody knew, and is older than the deletion.
		behaviour.replicas = [{ readLagMs: 50_000 }];
		expect(kindsOf(await poll({ afterMs: 1_000 }))).toEqual([]);
		behaviour.replicas = [{ readLagMs: 0 }];
		expect([...kindsOf(await poll()), ...kindsOf(await poll({ afterMs: 16 * MINUTE }))]).toEqual([]);
	});
});

describe('a vault that leaves the scope of the token', () => {
	it('deletes nothing, and what happened meanwhile is told when it is back', async () => {
		const { poll, scene, state } = await openWatcher({}, { items: seeds(20), vaults: [{ name: 'Staging', items: seeds(2) }] });
		const { admin, token } = scene.emulator;
		await poll();
		const narrow = scene.emulator.issueToken({ vaults: { Staging: 'r' } });
		expect(await poll({ token: narrow })).toMatchObject({ events: [], failure: undefined });
		admin.editItem('Production', scene.itemId, { title: 'Edited' });
		admin.deleteItem('Production', admin.items('Production')[1]?.id ?? '');
		expect(await poll()).toMatchObject({ events: [], requests: ['GET /v1/vaults'] });
		expect(state()?.vaults[scene.vaultId]).toBeDefined();
		expect(kindsOf(await poll({ token }))).toEqual(['updated', 'deleted']);
	});

	it('while its items are read is a failure of that vault, not a deletion', async () => {
		const { poll, scene } = await openWatcher();
		await poll();
		scene.emulator.admin.deleteItem('Production', scene.itemId);
		scene.break('GET', { kind: 'status', status: 403, message: 'vault is not in scope' }, { times: 1, path: /\/items$/ });
		expect(await poll()).toMatchObject({ events: [], failure: { code: 'FORBIDDEN' } });
		expect(kindsOf(await poll())).toEqual(['deleted']);
	});
});

it('what was deleted last is remembered longest', async () => {
	const { poll, scene, state } = await openWatcher({ options: { maxEvents: 1_000 } }, { items: seeds(520) });
	const { admin } = scene.emulator;
	const ids = admin.items('Production').map(({ id }) => id);
	await poll();
	for (const id of ids.slice(100)) admin.deleteItem('Production', id);
	await poll();
	for (const id of ids.slice(0, 100)) admin.deleteItem('Production', id);
	await poll();
	const known = unpackItems(state()?.vaults[scene.vaultId]?.items ?? '') ?? new Map();
	expect(known.size).toBe(500);
	expect(ids.slice(0, 100).filter((id) => !known.has(id))).toEqual([]);
	expect(unpackItems(packItems(known))).toEqual(known);
});

it.each<[RegExp, string, unknown]>([
	[/\/v1\/vaults$/, 'contentVersion', 'x'],
	[/\/items$/, 'version', {}],
	[/\/items$/, 'state', 5],
])('an answer of %s in which %s is %j neither ends the watch nor makes an event', async (path, name, value) => {
	const watcher = await openWatcher({}, { items: seeds(2) });
	await watcher.poll();
	const { admin, faults } = watcher.scene.emulator;
	admin.editItem('Production', watcher.scene.itemId, { title: 'Edited' });
	const rows = name === 'contentVersion' ? admin.vaults() : admin.items('Production');
	faults.script({ kind: 'status', status: 200, body: JSON.stringify(rows.map((row) => ({ ...row, [name]: value }))), match: { path } });
	expect(await watcher.poll().then(kindsOf, () => [])).toEqual([]);
	expect(kindsOf(await watcher.poll())).toEqual(['updated']);
});

describe('with a poll every two seconds', () => {
	const SHORT = 2_000;
	const pollFor = async ({ poll }: Watcher, ms: number): Promise<string[]> => {
		const kinds: string[] = [];
		for (let passed = 0; passed < ms; passed += SHORT) kinds.push(...kindsOf(await poll({ afterMs: SHORT })));
		return kinds;
	};

	it('a change that shows fifteen seconds after the version of its vault is not left to the full listing', async () => {
		const watcher = await openWatcher({}, { items: seeds(3) });
		await watcher.poll();
		const { admin, faults } = watcher.scene.emulator;
		const before = admin.items('Production');
		admin.editItem('Production', watcher.scene.itemId, { title: 'Edited' });
		faults.script({ kind: 'status', status: 200, times: 7, body: JSON.stringify(before), match: { path: /\/items$/ } });
		expect(await pollFor(watcher, 60_000)).toEqual(['updated']);
	});

	it('an item that is missing for fifteen seconds is not deleted', async () => {
		const watcher = await openWatcher({}, { items: seeds(3) });
		await watcher.poll();
		const { admin, faults } = watcher.scene.emulator;
		const [, ...others] = admin.items('Production');
		admin.editItem('Production', others[0]?.id ?? '', { title: 'Edited' });
		admin.editItem('Production', others[0]?.id ?? '', { title: 'Edited again' });
		const vaults = admin.vaults().map((vault) => ({ ...vault, items: 2 }));
		faults.script(
			{ kind: 'status', status: 200, times: 7, body: JSON.stringify(vaults), match: { path: /\/vaults$/ } },
			{ kind: 'status', status: 200, times: 7, body: JSON.stringify(others), match: { path: /\/items$/ } },
			{ kind: 'status', status: 404, message: 'item not found', times: 7, match: { path: new RegExp(watcher.scene.itemId) } },
		);
		expect(await pollFor(watcher, 80_000)).toEqual(['updated']);
	});

	it('a deletion is reported all the same', async () => {
		const watcher = await openWatcher({}, { items: seeds(3) });
		await watcher.poll();
		watcher.scene.emulator.admin.editItem('Production', watcher.scene.itemId, { title: 'Edited' });
		watcher.scene.emulator.admin.deleteItem('Production', watcher.scene.itemId);
		expect(await pollFor(watcher, 60_000)).toEqual(['deleted']);
	});
});

it('600 items deleted at once are not created again by a server that lags behind', async () => {
	const watcher = await openWatcher({ options: { maxEvents: 1_000 } }, { items: seeds(700) });
	await watcher.poll();
	const { admin, faults } = watcher.scene.emulator;
	const vaults = JSON.stringify(admin.vaults());
	const items = admin.items('Production');
	for (const { id } of items.slice(0, 600)) admin.deleteItem('Production', id);
	expect(kindsOf(await watcher.poll())).toHaveLength(600);
	for (let round = 0; round < 2; round++) {
		faults.script({ kind: 'status', status: 200, body: vaults, match: { path: /\/v1\/vaults$/ } });
		scriptList(watcher, items);
		expect(kindsOf(await watcher.poll())).toEqual([]);
	}
	expect(kindsOf(await watcher.poll())).toEqual([]);
});

it.each([/\/v1\/vaults$/, /\/items$/])('what %s shows twice is told once, as it is now', async (path) => {
	const watcher = await openWatcher({}, { items: seeds(2) });
	await watcher.poll();
	const { admin, faults } = watcher.scene.emulator;
	admin.editItem('Production', watcher.scene.itemId, { title: 'Edited' });
	const rows: readonly object[] = path.test('/v1/vaults') ? admin.vaults() : admin.items('Production');
	const older = rows.map((row) => ('version' in row ? { ...row, version: 1 } : row));
	faults.script({ kind: 'status', status: 200, body: JSON.stringify([...older, ...rows, ...rows, ...older]), match: { path } });
	expect(await watcher.poll()).toMatchObject({ events: [{ kind: 'updated', version: 2 }] });
	expect((await watcher.poll()).events).toEqual([]);
});

it.each([null, '', 'ACTIVE'])('an item whose state is %j is an active one: its change is told', async (state) => {
	const { poll, scene } = await openWatcher();
	await poll();
	const { admin, faults } = scene.emulator;
	admin.editItem('Production', scene.itemId, { title: 'Edited' });
	const rows = admin.items('Production').map((row) => ({ ...row, state }));
	faults.script({ kind: 'status', status: 200, body: JSON.stringify(rows), match: { path: /\/items$/ } });
	expect(kindsOf(await poll())).toEqual(['updated']);
});
