/** Which vaults and items are watched, which of their changes are told, and what that costs. */

import { describe, expect, it } from '@jest/globals';

import { deleteItem } from '../../../../../nodes/shared/connect/writes/guardedDelete';
import { updateItem } from '../../../../../nodes/shared/connect/writes/guardedUpdate';
import type { SeedItem } from '../../../../emulators/connect';
import { ALL_EVENTS, kindsOf, openWatcher } from './pollScene';

const MINUTE = 60_000;
const ITEMS: SeedItem[] = [
	{ title: 'One', tags: ['a'] },
	{ title: 'Two', category: 'SERVER' },
	{ title: 'Three', tags: ['a', 'quiet'] },
];
const STAGING = { vaults: [{ name: 'Staging', items: ITEMS }], items: ITEMS };
const byName = (name: string): object => ({ scope: 'items', vault: { mode: 'name', value: name } });

describe('the cost of a poll', () => {
	it.each([1, 50, 500])(
		'is one request where nothing happened, with %d vaults',
		async (count) => {
			const { poll } = await openWatcher({}, { vaults: Array.from({ length: count - 1 }, (_, index) => ({ name: `v${index}` })) });
			await poll();
			expect((await poll()).requests).toEqual(['GET /v1/vaults']);
		},
		30_000,
	);

	it('is two requests for one change among 50,000 items', async () => {
		const { poll, scene } = await openWatcher(
			{},
			{ items: Array.from({ length: 50_000 }, (_, index) => ({ title: `Item ${index}`, category: 'SERVER' })) },
		);
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, { title: 'Edited' });
		const { events, requests } = await poll();
		expect([events.length, requests.length]).toEqual([1, 2]);
	});

	it('of a moved item is one list of each vault, and one read', async () => {
		const { poll, scene } = await openWatcher({}, STAGING);
		await poll();
		scene.emulator.admin.moveItem('Production', scene.itemId, 'Staging');
		const moved = await poll();
		expect(kindsOf(moved)).toEqual(['moved']);
		expect(moved.requests).toHaveLength(4);
	});
});

describe('each kind of event', () => {
	it.each([...ALL_EVENTS])('%s comes alone where only it is chosen, and the others are not made up for later', async (kind) => {
		const { poll, scene } = await openWatcher(
			{ events: [kind] },
			{ items: [{ title: 'Away', state: 'ARCHIVED' }, ...ITEMS], vaults: STAGING.vaults, behaviour: { archivedItems: 'listed' } },
		);
		const { admin } = scene.emulator;
		await poll();
		const [away, one, two, three] = admin.items('Production').map(({ id }) => id);
		admin.restoreItem('Production', away ?? '');
		admin.editItem('Production', one ?? '', { title: 'Edited' });
		admin.archiveItem('Production', two ?? '');
		admin.moveItem('Production', three ?? '', 'Staging');
		admin.deleteItem('Staging', admin.items('Staging')[0]?.id ?? '');
		// Without 'moved' the copy is created and the original deleted.
		const expected = { created: ['created'], deleted: ['deleted', 'deleted'] }[kind] ?? [kind];
		expect(kindsOf(await poll())).toEqual(expected);
		expect((await poll({ parameters: { events: ALL_EVENTS } })).events).toEqual([]);
		expect((await poll({ afterMs: 20 * MINUTE })).events).toEqual([]);
	});

	it('of a move is a creation and a deletion where two items look alike', async () => {
		const { poll, scene } = await openWatcher({}, { items: [ITEMS[0] ?? {}, ITEMS[0] ?? {}], vaults: [{ name: 'Staging' }] });
		const { admin } = scene.emulator;
		await poll();
		for (const { id } of admin.items('Production')) admin.moveItem('Production', id, 'Staging');
		expect(kindsOf(await poll()).sort()).toEqual(['created', 'created', 'deleted', 'deleted']);
	});

	it('of a move waits as a whole for the next poll', async () => {
		const { poll, scene } = await openWatcher({ options: { maxEvents: 1 } }, STAGING);
		const { admin } = scene.emulator;
		await poll();
		admin.editItem('Production', admin.items('Production')[1]?.id ?? '', { title: 'First' });
		scene.clock.advance(1_000);
		admin.moveItem('Production', scene.itemId, 'Staging');
		expect([await poll(), await poll(), await poll()].map(kindsOf)).toEqual([['updated'], ['moved'], []]);
	});
});

describe('chosen vaults', () => {
	it('are watched by name or id, and others are not', async () => {
		const { poll, scene } = await openWatcher({ scope: 'vaults', vaults: ['Staging'] }, STAGING);
		const { admin } = scene.emulator;
		await poll();
		admin.createItem('Production', {});
		admin.createItem('Staging', {});
		expect((await poll()).events).toMatchObject([{ kind: 'created', vault: { name: 'Staging' } }]);
		expect(kindsOf(await poll({ parameters: { vaults: [scene.vaultId] } }))).toEqual([]);
		admin.createItem('Production', {});
		expect((await poll()).events).toMatchObject([{ kind: 'created', vault: { name: 'Production' } }]);
	});

	it('stay watched under another name', async () => {
		const { poll, scene } = await openWatcher({ scope: 'vaults', vaults: ['Production'] });
		const { admin } = scene.emulator;
		await poll();
		admin.editVault('Production', { name: 'Renamed' });
		admin.editItem('Renamed', scene.itemId, { title: 'Edited' });
		expect(await poll()).toMatchObject({ events: [{ kind: 'updated', vault: { name: 'Renamed' } }], failure: undefined });
	});

	it('must all be there at the start, and may be missing later', async () => {
		const { poll, scene, state } = await openWatcher({ scope: 'vaults', vaults: ['Production', 'Staging', 'None'] }, STAGING);
		await expect(poll()).rejects.toMatchObject({ code: 'VAULT_NOT_FOUND' });
		expect(state()).toBeUndefined();
		await poll({ parameters: { vaults: ['Production', 'Staging'] } });
		const narrow = scene.emulator.issueToken({ vaults: { Production: 'r' } });
		scene.emulator.admin.createItem('Production', {});
		scene.emulator.admin.createItem('Staging', {});
		expect(await poll({ token: narrow })).toMatchObject({ events: [{ kind: 'created' }], failure: { code: 'VAULT_NOT_FOUND' } });
		expect((await poll({ token: scene.emulator.token })).events).toMatchObject([{ kind: 'created', vault: { name: 'Staging' } }]);
	});
});

describe('chosen items', () => {
	it.each<[string, (id: string) => Record<string, unknown>]>([
		['name', () => ({ ...byName('Production'), items: ['One'] })],
		['id', (id) => ({ ...byName('Production'), items: [id] })],
		['reference', () => ({ scope: 'items', items: ['op://Production/One'] })],
	])('by %s are watched alone, also under another name', async (_what, parameters) => {
		const { poll, scene } = await openWatcher({}, STAGING);
		const { admin } = scene.emulator;
		const [one = '', two = ''] = admin.items('Production').map(({ id }) => id);
		expect(kindsOf(await poll({ parameters: parameters(one) }))).toEqual([]);
		admin.editItem('Production', one, { title: 'Renamed' });
		admin.editItem('Production', two, { title: 'One' });
		admin.createItem('Production', { title: 'One' });
		expect((await poll()).events).toMatchObject([{ kind: 'updated', item: { id: one } }]);
		admin.deleteItem('Production', one);
		expect((await poll()).events).toMatchObject([{ kind: 'deleted', item: { id: one } }]);
		expect(await poll()).toMatchObject({ events: [], failure: undefined });
	});

	it('in several vaults are watched, and one that is chosen later is not created', async () => {
		const { poll, scene } = await openWatcher({ scope: 'items', items: ['op://Production/One', 'op://Staging/Two'] }, STAGING);
		const { admin } = scene.emulator;
		await poll();
		expect(kindsOf(await poll({ parameters: { items: ['op://Production/One', 'op://Staging/Two', 'op://Staging/Three'] } }))).toEqual([]);
		for (const vault of ['Production', 'Staging']) for (const { id } of admin.items(vault)) admin.editItem(vault, id, { favorite: true });
		expect((await poll()).events).toMatchObject([{ item: { title: 'One' } }, { item: { title: 'Two' } }, { item: { title: 'Three' } }]);
	});

	it('for which there was no time when they were chosen are listed at the next poll', async () => {
		const { poll, scene } = await openWatcher({ scope: 'items', items: ['op://Production/One', 'op://Staging/One'] }, STAGING);
		const { admin } = scene.emulator;
		await poll();
		const items = ['Production', 'Staging'].flatMap((vault) => [`op://${vault}/One`, `op://${vault}/Two`]);
		await poll({ parameters: { items }, budgetMs: 0 });
		expect(kindsOf(await poll())).toEqual([]);
		for (const vault of ['Production', 'Staging']) admin.editItem(vault, admin.items(vault)[1]?.id ?? '', { title: 'Edited' });
		expect(kindsOf(await poll())).toEqual(['updated', 'updated']);
	});

	it('to all vaults and back: what happens in the meantime is neither lost nor made up', async () => {
		const all = { scope: 'allVaults' };
		const chosen = { scope: 'items', items: ['op://Production/One'] };
		const { poll, scene } = await openWatcher(all, STAGING);
		const { admin } = scene.emulator;
		const edit = (): unknown => admin.editItem('Production', scene.itemId, { favorite: true });
		await poll();
		for (const parameters of [chosen, all, { scope: 'vaults', vaults: ['Production'] }, chosen, all]) {
			edit();
			expect((await poll({ parameters })).events).toMatchObject([{ kind: 'updated', item: { id: scene.itemId } }]);
			expect(kindsOf(await poll())).toEqual([]);
		}
	});
});

describe('filters', () => {
	it.each<[object, string[]]>([
		[{ title: 'o' }, ['One', 'Two']],
		[{ title: 't*' }, ['Two', 'Three']],
		[{ tags: 'a' }, ['One', 'Three']],
		[{ categories: ['SERVER'] }, ['Two']],
		[{ tags: 'a', ignoreTag: 'quiet' }, ['One']],
	])('%j tell only what fits, also of deletions', async (filters, titles) => {
		const { poll, scene } = await openWatcher({ filters }, { items: ITEMS });
		const { admin } = scene.emulator;
		await poll();
		const items = admin.items('Production');
		const expected = items.filter(({ title = '' }) => titles.includes(title)).map(({ id }) => id);
		const idsOf = async (): Promise<unknown[]> => (await poll()).events.map(({ item }) => (item as { id: string }).id);
		for (const { id } of items) admin.editItem('Production', id, { favorite: true });
		expect(await idsOf()).toEqual(expected);
		for (const { id } of items) admin.deleteItem('Production', id);
		expect(await idsOf()).toEqual(expected);
	});

	it('that change tell nothing of what has been', async () => {
		const { poll, scene } = await openWatcher({ filters: { title: 'none' } }, { items: ITEMS });
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, { favorite: true });
		expect(kindsOf(await poll())).toEqual([]);
		expect(kindsOf(await poll({ parameters: { filters: {} }, afterMs: 16 * MINUTE }))).toEqual([]);
		scene.emulator.admin.deleteItem('Production', scene.itemId);
		expect(kindsOf(await poll())).toEqual(['deleted']);
	});
});

describe('existing items', () => {
	it('are told once where wanted, over several polls', async () => {
		const { poll, scene } = await openWatcher({ options: { emitExisting: true, maxEvents: 2 } }, { items: ITEMS });
		expect(kindsOf(await poll())).toEqual(['existing', 'existing']);
		scene.emulator.admin.createItem('Production', { title: 'New' });
		expect(kindsOf(await poll())).toEqual(['existing', 'created']);
		expect(await poll()).toMatchObject({ events: [], requests: ['GET /v1/vaults'] });
	});
});

describe('own writes', () => {
	it('are passed over where the user wants it, and those of others in between are not', async () => {
		const { poll, openRun, scene } = await openWatcher({ detail: 'fields', options: { ignoreOwnWrites: true } });
		const { admin } = scene.emulator;
		const { vaultId, itemId } = scene;
		await poll();
		await updateItem(openRun(), vaultId, itemId, { title: 'Ours' });
		expect(kindsOf(await poll())).toEqual([]);
		expect((await poll()).requests).toHaveLength(1);
		admin.editItem('Production', itemId, { tags: ['theirs'] });
		await updateItem(openRun(), vaultId, itemId, { title: 'Ours again' });
		expect((await poll()).events).toMatchObject([{ versionsAdvanced: 2, changedAttributes: ['title', 'tags'] }]);
		await updateItem(openRun('wf-2'), vaultId, itemId, { title: 'Of another workflow' });
		expect((await poll()).events).toMatchObject([{ kind: 'updated', changedAttributes: ['title'] }]);
		await deleteItem(openRun(), vaultId, itemId);
		expect(kindsOf(await poll())).toEqual([]);
	});

	it('are told otherwise', async () => {
		const { poll, openRun, scene } = await openWatcher();
		await poll();
		await updateItem(openRun(), scene.vaultId, scene.itemId, { title: 'Ours' });
		expect(kindsOf(await poll())).toEqual(['updated']);
	});
});
