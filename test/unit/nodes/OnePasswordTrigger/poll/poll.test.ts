import { expect, test } from '@jest/globals';

import { KEY_ITEM } from '../../../../support/connectScene';
import { kindsOf, openWatcher } from './pollScene';

const SECOND = { ...KEY_ITEM, title: 'Second' };

test('the first poll remembers what is there and tells nothing', async () => {
	const { poll } = await openWatcher();
	const first = await poll();
	expect(first.events).toEqual([]);
	expect(first.requests).toEqual(['GET /v1/vaults', 'GET /v1/vaults/{vaultUuid}/items']);
});

test('an idle poll is one request', async () => {
	const { poll } = await openWatcher({}, { vaults: Array.from({ length: 20 }, (_, n) => ({ name: `v${n}`, items: [SECOND] })) });
	await poll();
	expect(await poll()).toMatchObject({ events: [], requests: ['GET /v1/vaults'] });
});

test('every kind of change is told once', async () => {
	const { poll, scene } = await openWatcher({}, { items: [KEY_ITEM, SECOND], vaults: [{ name: 'Staging', items: [] }] });
	const { admin } = scene.emulator;
	await poll();
	const { itemId } = scene;
	admin.editItem('Production', itemId, { title: 'Renamed' });
	admin.editItem('Production', itemId, { title: 'Renamed again' });
	const updated = await poll();
	expect(updated.events).toMatchObject([
		{
			kind: 'updated',
			eventId: `${scene.vaultId}/${itemId}@3`,
			previousVersion: 1,
			version: 3,
			versionsAdvanced: 2,
			item: { title: 'Renamed again' },
			vault: { id: scene.vaultId, name: 'Production' },
		},
	]);
	expect(updated.requests).toHaveLength(2);
	expect(kindsOf(await poll())).toEqual([]);

	const created = admin.createItem('Production', { title: 'New', fields: [] });
	expect((await poll()).events).toMatchObject([{ kind: 'created', version: 1, previousVersion: null }]);

	admin.archiveItem('Production', created.id);
	expect((await poll()).events).toMatchObject([{ kind: 'archived', version: 2, item: { title: 'New' } }]);
	expect(kindsOf(await poll())).toEqual([]);

	admin.restoreItem('Production', created.id);
	expect((await poll()).events).toMatchObject([{ kind: 'restored', version: 3, previousVersion: 2 }]);

	const copy = admin.moveItem('Production', created.id, 'Staging');
	const moved = await poll();
	expect(moved.events).toMatchObject([{ kind: 'moved', item: { id: copy.id }, movedFrom: { vaultId: scene.vaultId, itemId: created.id } }]);

	admin.deleteItem('Production', itemId);
	const deleted = await poll();
	expect(deleted.events).toMatchObject([{ kind: 'deleted', version: 3, item: { id: itemId } }]);
	expect(deleted.requests).toHaveLength(3);
	expect(await poll()).toMatchObject({ events: [], requests: ['GET /v1/vaults'] });
});

test('changed fields are named, and no value is kept', async () => {
	const { poll, scene, stored } = await openWatcher({ detail: 'fields' });
	await poll();
	scene.emulator.admin.editItem('Production', scene.itemId, (item) => {
		const field = item.fields.find(({ id }) => id === 'credential');
		if (field) field.value = 'another-value-of-the-key';
		item.tags = ['payments', 'rotated'];
	});
	const { events } = await poll();
	expect(events).toMatchObject([{ kind: 'updated', changedFields: [{ label: 'credential', kind: 'changed' }], changedAttributes: ['tags'] }]);
	expect(stored()).not.toContain('another-value');
	expect(await poll()).toMatchObject({ events: [], requests: ['GET /v1/vaults'] });
});
