import { expect, it } from '@jest/globals';

import { readAuditNames } from '../../../../nodes/shared/connect/audit/auditNames';
import { auditRow } from '../../../support/auditRows';
import { KEY_ITEM, openScene } from '../../../support/connectScene';

const behaviour = { replicas: [{ readLagMs: 0 }] };

it('names every row with one list of vaults, and one for each vault that occurs', async () => {
	const scene = await openScene({
		behaviour,
		vaults: [
			{ name: 'Staging', items: [KEY_ITEM] },
			{ name: 'Unused', items: [KEY_ITEM] },
		],
	});
	const staging = scene.emulator.admin.vault('Staging').id;
	const other = scene.emulator.admin.items(staging)[0]?.id ?? '';
	const rows = Array.from({ length: 50 }, (_, n) =>
		n % 2 === 0 ? auditRow({ vaultId: scene.vaultId, itemId: scene.itemId }) : auditRow({ vaultId: staging, itemId: other }),
	);
	const names = await readAuditNames(scene.run.reads, rows);
	expect(scene.trace()).toEqual(['GET 200', 'GET 200', 'GET 200']);
	expect(rows.map(names.complete).slice(0, 2)).toMatchObject([
		{ vaultName: 'Production', itemTitle: 'Payments API' },
		{ vaultName: 'Staging', itemTitle: 'Payments API' },
	]);
	expect(names.tagged.size).toBe(2);
});

it('looks for a tag in every vault, regardless of the rows', async () => {
	const scene = await openScene({ behaviour, vaults: [{ name: 'Staging', items: [{ ...KEY_ITEM, tags: [] }] }] });
	const staging = scene.emulator.admin.vault('Staging').id;
	const other = scene.emulator.admin.items(staging)[0]?.id ?? '';
	const { tagged } = await readAuditNames(scene.run.reads, [], 'payments');
	expect(Object.fromEntries(tagged)).toMatchObject({ [`${scene.vaultId}/${scene.itemId}`]: true, [`${staging}/${other}`]: false });
	expect(scene.trace()).toHaveLength(3);
});

it('a vault or item that is gone keeps its ID, and needs no request', async () => {
	const scene = await openScene({ behaviour });
	const rows = [auditRow({ vaultId: 'gone' }), auditRow({ vaultId: scene.vaultId, itemId: 'gone' }), auditRow({ vaultId: null, itemId: null })];
	const names = await readAuditNames(scene.run.reads, rows);
	expect(rows.map(names.complete)).toMatchObject([
		{ vaultId: 'gone', vaultName: null, itemTitle: null },
		{ vaultName: 'Production', itemId: 'gone', itemTitle: null },
		{ vaultName: null },
	]);
	expect(scene.trace()).toHaveLength(2);
	expect(names.tagged.has(`${scene.vaultId}/gone`)).toBe(false);
});

it('rows without a vault need no request', async () => {
	const scene = await openScene();
	await readAuditNames(scene.run.reads, [auditRow({ vaultId: null, itemId: null })]);
	expect(scene.trace()).toEqual([]);
});

it('an unreadable list causes missing names, not missing rows', async () => {
	const scene = await openScene({ behaviour });
	scene.break('GET', { kind: 'status', status: 403, message: 'no permission' }, { path: /items/ });
	const row = auditRow({ vaultId: scene.vaultId, itemId: scene.itemId });
	const names = await readAuditNames(scene.run.reads, [row]);
	expect(names.complete(row)).toMatchObject({ vaultName: 'Production', itemTitle: null });
	expect(names.failure?.code).toBe('FORBIDDEN');
});

it('names are safe for every table', async () => {
	const reads = {
		vaults: async () => await Promise.resolve([{ id: 'v', name: 'a\0b' }]),
		items: async () => await Promise.resolve([{ id: 'i', title: 'c\ud800' }]),
	} as unknown as Parameters<typeof readAuditNames>[0];
	const { complete } = await readAuditNames(reads, [auditRow()]);
	expect(complete(auditRow())).toMatchObject({ vaultName: 'a\ufffdb', itemTitle: 'c\ufffd' });
});
