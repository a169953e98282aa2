import { describe, expect, it } from '@jest/globals';

import { unpackItems } from '../../../../../nodes/shared/core/changes/knownItems';
import { CANARY, expectNoSecret } from '../../../../support/refusal';
import { KEY_ITEM } from '../../../../support/connectScene';
import { itemsInThreeLanguages, type EditableItem, type SeedItem } from '../../../../emulators/connect';
import { openWatcher } from '../poll/pollScene';

const EDIT = (item: EditableItem): void => {
	item.title = 'Renamed';
	item.sections = [{ id: 's', label: 'Rotation' }];
	item.fields = [
		{ id: 'credential', type: 'CONCEALED', label: 'credential', value: `${CANARY} 2` },
		{ id: 'hostname', type: 'STRING', label: 'hostname', value: 'old.example.com' },
		{ id: 'added', type: 'CONCEALED', label: 'key', section: { id: 's' }, value: CANARY },
	];
};

it('versions only never reads an item but to make sure that it is gone', async () => {
	const { poll, scene, stored } = await openWatcher();
	await poll();
	scene.emulator.admin.editItem('Production', scene.itemId, EDIT);
	const { events, requests } = await poll();
	expect(requests).toEqual(['GET /v1/vaults', 'GET /v1/vaults/{vaultUuid}/items']);
	expect(Object.keys(events[0] ?? {})).not.toContain('changedFields');
	expectNoSecret([events, stored()], [CANARY]);
});

it('changed fields are told by name, section and kind', async () => {
	const { poll, scene, stored } = await openWatcher({ detail: 'fields' }, { behaviour: { emptyBuiltIns: 'notesOnly' } });
	await poll();
	scene.emulator.admin.editItem('Production', scene.itemId, EDIT);
	const { events } = await poll();
	expect(events).toMatchObject([
		{
			changedFields: [
				{ id: 'credential', label: 'credential', section: '', kind: 'changed' },
				{ id: 'added', label: 'key', section: 'Rotation', kind: 'added' },
				{ id: 'username', label: 'username', section: '', kind: 'removed' },
			],
			changedAttributes: ['title'],
		},
	]);
	expectNoSecret([events, stored()], [CANARY, 'old.example.com', scene.emulator.token]);
});

it.each<[string, object, string]>([
	['none', {}, '<concealed by 1Password>'],
	['selected', { revealFields: ['credential', 'not there'] }, CANARY],
	['all', {}, CANARY],
])('the full item shows %s of its secrets, and the state holds none', async (reveal, more, shown) => {
	const { poll, scene, state, stored } = await openWatcher({ detail: 'item', reveal, ...more });
	await poll();
	scene.emulator.admin.editItem('Production', scene.itemId, { favorite: true });
	const { events } = await poll();
	expect(events).toMatchObject([{ item: { title: 'Payments API', fields: { credential: shown } }, changedAttributes: ['favorite'] }]);
	expectNoSecret([state(), stored()], [CANARY, scene.emulator.token]);
});

it('an archived item is read as it is in the archive, and compared with what it was when it is back', async () => {
	const { poll, scene } = await openWatcher({ detail: 'fields' });
	const { admin } = scene.emulator;
	await poll();
	admin.archiveItem('Production', scene.itemId);
	expect((await poll()).events).toMatchObject([{ kind: 'archived', version: 2, changedFields: [] }]);
	admin.restoreItem('Production', scene.itemId);
	admin.editItem('Production', scene.itemId, { tags: ['back'] });
	expect((await poll()).events).toMatchObject([{ kind: 'restored', changedFields: [], changedAttributes: ['tags'] }]);
});

describe('the codes', () => {
	it('are made anew under another token: nothing is lost, nothing invented', async () => {
		const { poll, scene, state } = await openWatcher({ detail: 'fields' });
		await poll();
		const codes = JSON.stringify(state()?.vaults[scene.vaultId]?.prints);
		scene.emulator.admin.editItem('Production', scene.itemId, { tags: ['under the old token'] });
		const { events } = await poll({ token: scene.emulator.issueToken() });
		expect(events).toMatchObject([{ kind: 'updated', version: 2 }]);
		expect(events[0]?.changedFields).toEqual([]);
		scene.emulator.admin.editItem('Production', scene.itemId, { tags: ['under the new one'] });
		expect((await poll()).events).toMatchObject([{ changedFields: [], changedAttributes: ['tags'] }]);
		expect(JSON.stringify(state()?.vaults[scene.vaultId]?.prints)).not.toBe(codes);
		expect((await poll()).requests).toHaveLength(1);
	});

	it('are kept up to date by changes that nobody is told of', async () => {
		const { poll, scene } = await openWatcher({ detail: 'fields', events: ['deleted'] });
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, { tags: ['untold'] });
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, { favorite: true });
		expect((await poll({ parameters: { events: ['updated'] } })).events).toMatchObject([{ changedAttributes: ['favorite'] }]);
	});

	it('are made when they are first wanted, and dropped when not', async () => {
		const { poll, scene, state } = await openWatcher();
		await poll();
		await poll({ parameters: { detail: 'fields' } });
		scene.emulator.admin.editItem('Production', scene.itemId, { favorite: true });
		expect((await poll()).events).toMatchObject([{ changedAttributes: ['favorite'] }]);
		scene.emulator.admin.editItem('Production', scene.itemId, { favorite: false });
		await poll({ parameters: { detail: 'versions' } });
		expect(state()?.vaults[scene.vaultId]?.prints).toBeUndefined();
	});
});

it('the state takes at most 26 bytes an item', async () => {
	const { poll, scene, state } = await openWatcher({ events: ['updated'] }, { items: Array.from({ length: 1_000 }, () => KEY_ITEM) });
	await poll();
	const { items = '' } = state()?.vaults[scene.vaultId] ?? {};
	expect(unpackItems(items)?.size).toBe(1_000);
	expect(JSON.stringify(state()).length / 1_000).toBeLessThanOrEqual(26);
});

it('items that have no version are read once, and not with each poll', async () => {
	const { poll, scene } = await openWatcher({ detail: 'fields' });
	const [item] = scene.emulator.admin.items('Production');
	const row = { ...item, version: undefined };
	scene.emulator.faults.script(
		{ kind: 'status', status: 200, body: JSON.stringify([row]), match: { path: /\/items$/ }, times: Infinity },
		{ kind: 'status', status: 200, body: row, match: { path: /\/items\/\w+$/ }, times: Infinity },
	);
	expect((await poll()).requests).toHaveLength(3);
	expect((await poll()).requests).toHaveLength(1);
});

describe('two fields of one id', () => {
	const item: SeedItem = {
		title: 'Twins',
		category: 'SERVER',
		sections: [
			{ id: 'p', label: 'Prod' },
			{ id: 't', label: 'Test' },
		],
		fields: ['p', 't'].map((id) => ({ id: 'password', type: 'CONCEALED', label: 'password', section: { id }, value: `${CANARY} ${id}` })),
	};
	const change = (edited: EditableItem): void => {
		for (const field of edited.fields) if (field.section?.id === 't') field.value = 'new';
	};

	it('are told apart: only the one that changed is reported', async () => {
		const { poll, scene, stored } = await openWatcher({ detail: 'fields' }, { items: [item] });
		await poll();
		scene.emulator.admin.editItem('Production', scene.itemId, change);
		const { events } = await poll();
		expect(events[0]?.changedFields).toEqual([{ id: 'password', label: 'password', section: 'Test', sectionId: 't', kind: 'changed' }]);
		expectNoSecret([events, stored()], [`${CANARY} p`, `${CANARY} t`]);
	});
});

it('a field of an account in another language is reported by its id', async () => {
	const { poll, scene } = await openWatcher(
		{ detail: 'fields' },
		{ items: itemsInThreeLanguages().filter(({ title }) => title === 'API credential (German)') },
	);
	await poll();
	scene.emulator.admin.editItem('Production', scene.itemId, (edited) => {
		for (const field of edited.fields) if (field.id === 'credential') field.value = 'new';
	});
	expect((await poll()).events).toMatchObject([{ changedFields: [{ id: 'credential', label: 'Anmeldedaten', kind: 'changed' }] }]);
});

it.each([
	['id', 'validFrom'],
	['label', 'valid from'],
	['shownLabel', 'Gültig ab'],
])('the full item has the keys that were chosen: %s', async (fieldKeys, key) => {
	const { poll, scene } = await openWatcher(
		{ detail: 'item', fieldKeys },
		{ items: itemsInThreeLanguages().filter(({ title }) => title === 'API credential (German)') },
	);
	await poll();
	scene.emulator.admin.editItem('Production', scene.itemId, { favorite: true });
	expect((await poll()).events).toMatchObject([{ item: { fields: { [key]: '' } } }]);
});
