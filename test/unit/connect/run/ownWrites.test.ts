import { describe, expect, it } from '@jest/globals';

import { createItem } from '../../../../nodes/shared/connect/writes/guardedCreate';
import { deleteItem } from '../../../../nodes/shared/connect/writes/guardedDelete';
import { updateItem } from '../../../../nodes/shared/connect/writes/guardedUpdate';
import { OwnWrites } from '../../../../nodes/shared/connect/run/ownWrites';
import type { ItemChange } from '../../../../nodes/shared/core/changes/itemChange';
import { openScene } from '../../../support/connectScene';

const ME = { server: 'https://a.example', workflowId: 'wf-1' };
const HOUR = 3_600_000;

const change = (version: number, previousVersion?: number, kind: ItemChange['kind'] = 'updated'): ItemChange => ({
	kind,
	vaultId: 'v',
	itemId: 'i',
	version,
	...(previousVersion !== undefined && { previousVersion }),
});

describe('own writes', () => {
	it.each<[string, ItemChange, boolean]>([
		['every step of an update', change(3, 1), true],
		['the last step', change(3, 2), true],
		['a foreign step among them', change(4, 1), false],
		['a foreign step before them', change(2, 0), false],
		['an archived item', change(3, 2, 'archived'), false],
		['a deletion that was not made', change(3, 3, 'deleted'), false],
		['a created item with foreign steps', change(3, undefined, 'created'), false],
		['no step at all', change(0, undefined, 'created'), false],
		['a step back', change(2, 3), false],
	])('explain %s as expected', (_what, what, expected) => {
		const writes = new OwnWrites(() => 0);
		writes.note(ME, 'v', 'i', 2);
		writes.note(ME, 'v', 'i', 3);
		expect(writes.explain(ME, what)).toBe(expected);
	});

	it('from another workflow, server, vault or item explain nothing', () => {
		const writes = new OwnWrites(() => 0);
		writes.note({ ...ME, workflowId: 'wf-2' }, 'v', 'i', 2);
		writes.note({ ...ME, server: 'https://b.example' }, 'v', 'i', 2);
		writes.note(ME, 'w', 'i', 2);
		writes.note(ME, 'v', 'j', 2);
		writes.note(ME, 'v', 'i', 'deleted');
		expect(writes.explain(ME, change(2, 1))).toBe(false);
		expect(writes.explain(ME, change(2, 2, 'deleted'))).toBe(true);
	});

	it('are forgotten if they are withdrawn, too old, or too many', () => {
		let now = 0;
		const writes = new OwnWrites(() => now);
		writes.note(ME, 'v', 'i', 2)();
		expect(writes.explain(ME, change(2, 1))).toBe(false);
		writes.note(ME, 'v', 'i', 2);
		now = 24 * HOUR;
		expect(writes.explain(ME, change(2, 1))).toBe(true);
		now += 1;
		expect(writes.explain(ME, change(2, 1))).toBe(false);
		writes.note(ME, 'v', 'i', 2);
		for (let version = 1; version <= 10_000; version++) writes.note(ME, 'v', 'other', version);
		expect(writes.explain(ME, change(2, 1))).toBe(false);
		expect(writes.explain(ME, { ...change(10_000, 0), itemId: 'other' })).toBe(true);
	});
});

describe('the writes of a run', () => {
	it('are recorded: created, updated and deleted', async () => {
		const { run, vaultId } = await openScene();
		const { item } = await createItem(run, { title: 'New', category: 'LOGIN', vault: { id: vaultId } });
		await updateItem(run, vaultId, item.id, { title: 'Newer' });
		await deleteItem(run, vaultId, item.id);
		const at = { vaultId, itemId: item.id };
		expect(run.ownWrites.explain(run, { ...at, kind: 'created', version: 2 })).toBe(true);
		expect(run.ownWrites.explain(run, { ...at, kind: 'deleted', version: 2 })).toBe(true);
		expect(run.ownWrites.explain(run, { ...at, kind: 'updated', version: 3, previousVersion: 2 })).toBe(false);
	});

	it.each<[string, boolean]>([
		['refused', false],
		['lost and not done', false],
		['lost and done', true],
	])('count as done if they were %s: %p', async (what, expected) => {
		const scene = await openScene();
		const { run, vaultId, itemId } = scene;
		const fault = what === 'refused' ? ({ kind: 'status', status: 400 } as const) : ({ kind: 'resetBeforeHeaders', act: expected } as const);
		scene.break('PATCH', fault);
		await updateItem(run, vaultId, itemId, { title: 'New' }).catch(() => undefined);
		expect(run.ownWrites.explain(run, { kind: 'updated', vaultId, itemId, version: 2, previousVersion: 1 })).toBe(expected);
	});

	it('are not distinguished from other writes if both happen at once', async () => {
		const scene = await openScene();
		const { run, vaultId, itemId, emulator } = scene;
		const { patchItem } = run.client;
		run.client.patchItem = async (...request) => {
			emulator.admin.editItem('Production', itemId, { tags: ['theirs'] });
			return await patchItem.apply(run.client, request);
		};
		const { concurrentEdit } = await updateItem(run, vaultId, itemId, { title: 'New' });
		expect(concurrentEdit).toBe(true);
		expect(run.ownWrites.explain(run, { kind: 'updated', vaultId, itemId, version: 2, previousVersion: 1 })).toBe(false);
	});

	it('do not include a lost deletion that was not done', async () => {
		const scene = await openScene();
		const { run, vaultId, itemId } = scene;
		scene.break('DELETE', { kind: 'resetBeforeHeaders', act: false });
		await deleteItem(run, vaultId, itemId).catch(() => undefined);
		expect(run.ownWrites.explain(run, { kind: 'deleted', vaultId, itemId, version: 1 })).toBe(false);
	});
});
