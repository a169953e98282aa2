import { describe, expect, it } from '@jest/globals';

import { updateItem } from '../../../../nodes/shared/connect/writes/guardedUpdate';
import { expectRefusal } from '../../../support/refusal';
import { openScene } from '../../../support/connectScene';

/** An update starts from the item as it is now, not as this run or a lagging server remembers it. */

const set = (value: string) => ({ fields: [{ field: 'hostname', action: 'set', value }] }) as const;

describe('an update of an item written earlier in this run', () => {
	it('keeps what someone else has added since', async () => {
		const { emulator, run, vaultId, itemId } = await openScene();
		await updateItem(run, vaultId, itemId, { addTags: ['mine'] });
		emulator.admin.editItem(vaultId, itemId, (item) => ({ tags: [...(item.tags ?? []), 'theirs'] }));
		emulator.admin.settle();
		await updateItem(run, vaultId, itemId, { addTags: ['mine too'] });
		expect(emulator.admin.item(vaultId, itemId).tags).toEqual(expect.arrayContaining(['mine', 'mine too', 'theirs']));
	});

	it('is refused if the version is not the expected one', async () => {
		const { emulator, run, vaultId, itemId } = await openScene();
		await updateItem(run, vaultId, itemId, set('first'));
		emulator.admin.editItem(vaultId, itemId, { title: 'Edited in the app' });
		emulator.admin.settle();
		await expectRefusal(updateItem(run, vaultId, itemId, set('second'), { expectedVersion: 2 }), { code: 'VERSION_CONFLICT' });
	});

	it('is sent although this run has already written the value', async () => {
		const { emulator, run, vaultId, itemId } = await openScene();
		await updateItem(run, vaultId, itemId, set('mine'));
		const labelled = emulator.admin.item(vaultId, itemId).fields?.find(({ label }) => label === 'hostname');
		emulator.admin.editItem(vaultId, itemId, (item) => {
			for (const field of item.fields) if (field.id === labelled?.id) field.value = 'theirs';
		});
		emulator.admin.settle();
		expect(await updateItem(run, vaultId, itemId, set('mine'))).toMatchObject({ changed: true, confirmed: true });
	});
});

it('an update in another run waits for a server that still shows the old item', async () => {
	const { emulator, run, open, vaultId, itemId } = await openScene({ behaviour: { replicas: [{ readLagMs: 2_000 }] } });
	const original = emulator.admin.item(vaultId, itemId).fields?.find(({ label }) => label === 'hostname')?.value ?? '';
	await updateItem(run, vaultId, itemId, set('new'), { syncTimeoutMs: 0 });
	const later = { ...open(), memory: run.memory };
	expect(await updateItem(later, vaultId, itemId, set(original))).toMatchObject({ changed: true, confirmed: true });
	expect(emulator.admin.item(vaultId, itemId).version).toBe(3);
});

it('an update overwritten right afterwards says so, and shows the current item', async () => {
	const { emulator, run, vaultId, itemId } = await openScene({ behaviour: { replicas: [{ readLagMs: 0 }] } });
	const field = emulator.admin.item(vaultId, itemId).fields?.find(({ label }) => label === 'hostname');
	const patchItem = run.client.patchItem.bind(run.client);
	run.client.patchItem = async (...to) => {
		const answer = await patchItem(...to);
		emulator.admin.editItem(vaultId, itemId, (item) => {
			for (const candidate of item.fields) if (candidate.id === field?.id) candidate.value = 'theirs';
		});
		return answer;
	};
	const result = await updateItem(run, vaultId, itemId, set('mine'), { syncTimeoutMs: 1_000 });
	expect(result).toMatchObject({ confirmed: false, concurrentEdit: true, previousVersion: 1 });
	expect(result.item.fields?.find(({ id }) => id === field?.id)?.value).toBe('theirs');
});
