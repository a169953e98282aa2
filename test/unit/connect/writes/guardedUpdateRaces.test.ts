import { afterEach, describe, expect, it } from '@jest/globals';

import { updateItem } from '../../../../nodes/shared/connect/writes/guardedUpdate';
import type { ItemUpdate } from '../../../../nodes/shared/core/item/itemUpdate';
import type { FullItem } from '../../../../nodes/shared/core/wire';
import { itemOfEveryCategory, startConnectEmulator, type ConnectEmulator } from '../../../emulators/connect';
import { HASTY_EFFECTS, openTestRun } from '../../../support/openTestRun';
import { openScene, valueOf } from '../../../support/connectScene';

function setField(field: string, value: string): ItemUpdate {
	return { fields: [{ field, action: 'set', value }] };
}

describe('lagging reads', () => {
	it('longer than the user waits leave the update unconfirmed, with the item from the response', async () => {
		const { run, vaultId, itemId, clock } = await openScene({ behaviour: { replicas: [{ readLagMs: 60_000 }] } });
		const startedAt = clock.now();
		const result = await updateItem(run, vaultId, itemId, setField('hostname', 'new'), { syncTimeoutMs: 5_000 });
		expect(result).toMatchObject({ changed: true, confirmed: false, concurrentEdit: false });
		expect([result.item.version, valueOf(result.item, 'hostname')]).toEqual([2, 'new']);
		expect(clock.now() - startedAt).toBeLessThanOrEqual(5_100);
	});

	it("are not waited for if the user doesn't want to", async () => {
		const { run, vaultId, itemId, trace, sleeps } = await openScene();
		const result = await updateItem(run, vaultId, itemId, setField('hostname', 'new'), { syncTimeoutMs: 0 });
		expect(result).toMatchObject({ changed: true, confirmed: false });
		expect(result.item.version).toBe(2);
		expect([trace(), sleeps]).toEqual([['GET 200', 'PATCH 200'], []]);
	});

	it.each(['old', 'new'] as const)('give the same result if the response has the %s version', async (answerVersion) => {
		const { run, vaultId, itemId } = await openScene({ behaviour: { answerVersion } });
		for (const syncTimeoutMs of [0, 15_000]) {
			const result = await updateItem(run, vaultId, itemId, setField('hostname', `new ${syncTimeoutMs}`), { syncTimeoutMs });
			expect(result.concurrentEdit).toBe(false);
			expect(result.item.version).toBe(result.previousVersion + 1);
		}
	});

	it.each([
		[{ readLagMs: 0 }, { readLagMs: 3_000 }],
		[{ readLagMs: 3_000 }, { readLagMs: 0 }],
		[{ readLagMs: 100 }, { readLagMs: 400 }, { readLagMs: 6_000 }],
	])('with different delays on different replicas end in one confirmed update', async (...replicas) => {
		const { run, vaultId, itemId, applied } = await openScene({ behaviour: { replicas } });
		for (const value of ['first', 'second', 'third']) {
			const result = await updateItem(run, vaultId, itemId, setField('hostname', value));
			expect(result).toMatchObject({ changed: true, confirmed: true, concurrentEdit: false });
			expect(valueOf(result.item, 'hostname')).toBe(value);
		}
		expect(applied()).toBe(3);
	});

	it('can fail occasionally without making the update fail', async () => {
		const { run, vaultId, itemId, ...scene } = await openScene();
		scene.break('GET', { kind: 'status', status: 401 }, { skip: 1, times: 2 });
		expect(await updateItem(run, vaultId, itemId, setField('hostname', 'new'))).toMatchObject({ confirmed: true });
	});

	it('can fail permanently without making the update fail', async () => {
		const { run, vaultId, itemId, ...scene } = await openScene();
		scene.break('GET', { kind: 'html', status: 502 }, { skip: 1 });
		const result = await updateItem(run, vaultId, itemId, setField('hostname', 'new'));
		expect(result).toMatchObject({ changed: true, confirmed: false });
		expect(valueOf(result.item, 'hostname')).toBe('new');
	});
});

describe('updates of one item in one run', () => {
	it('see each other, and read the item once', async () => {
		const { emulator, run, vaultId, itemId, trace } = await openScene();
		const [first, second] = await Promise.all([
			updateItem(run, vaultId, itemId, { addTags: ['one'] }),
			updateItem(run, vaultId, itemId, { addTags: ['two'] }),
		]);
		expect([first.item.version, second.previousVersion, second.item.version]).toEqual([2, 2, 3]);
		expect(emulator.admin.item(vaultId, itemId).tags).toEqual(['one', 'payments', 'two']);
		expect(trace().findIndex((line) => line.startsWith('PATCH'))).toBe(1);
	});

	it('see each other even without waiting for reads', async () => {
		const { emulator, run, vaultId, itemId } = await openScene();
		for (const tag of ['one', 'two']) await updateItem(run, vaultId, itemId, { addTags: [tag] }, { syncTimeoutMs: 0 });
		expect(emulator.admin.item(vaultId, itemId).tags).toEqual(['one', 'payments', 'two']);
	});

	it('see each other even if reads lag longer than the user waits', async () => {
		const { emulator, run, vaultId, itemId } = await openScene({ behaviour: { replicas: [{ readLagMs: 60_000 }] } });
		const href = (n: number): string => `https://${n}.example.com`;
		for (const n of [1, 2]) await updateItem(run, vaultId, itemId, { addUrls: [{ href: href(n) }] }, { syncTimeoutMs: 1_000 });
		expect(emulator.admin.item(vaultId, itemId).urls?.map((url) => url.href)).toEqual(['https://payments.example.com', href(1), href(2)]);
	});

	it('report an edit by someone else in between', async () => {
		const { emulator, run, vaultId, itemId } = await openScene();
		await run.reads.item(vaultId, itemId);
		emulator.admin.editItem(vaultId, itemId, { title: 'Edited in the app' });
		const result = await updateItem(run, vaultId, itemId, setField('hostname', 'new'));
		expect(result).toMatchObject({ confirmed: true, concurrentEdit: true, previousVersion: 1 });
		expect(result.item).toMatchObject({ version: 3, title: 'Edited in the app' });
	});

	it("keep someone else's change to the same item", async () => {
		const { emulator, run, vaultId, itemId } = await openScene();
		await run.reads.item(vaultId, itemId);
		emulator.admin.editItem(vaultId, itemId, (item) => {
			for (const field of item.fields) if (field.id === 'username') field.value = 'changed-in-the-app';
		});
		await updateItem(run, vaultId, itemId, setField('hostname', 'new'));
		const after = emulator.admin.item(vaultId, itemId);
		expect([valueOf(after, 'username'), valueOf(after, 'hostname')]).toEqual(['changed-in-the-app', 'new']);
	});
});

describe('clients that update the same item at once', () => {
	const opened: ConnectEmulator[] = [];

	afterEach(async () => {
		await Promise.all(opened.splice(0).map(async (emulator) => await emulator.close()));
	});

	/** Real time, for writes take some and can collide only then. */
	async function openRace(): Promise<{ emulator: ConnectEmulator; vaultId: string; itemId: string }> {
		const emulator = await startConnectEmulator({
			seed: { vaults: [{ name: 'Production', items: [{ title: 'Shared', fields: fieldsOf(['one', 'two', 'three']) }] }] },
			behaviour: { writeLatencyMs: 10, replicas: [{ readLagMs: 20 }, { readLagMs: 60 }] },
		});
		opened.push(emulator);
		const vaultId = emulator.admin.vaults()[0]?.id ?? '';
		return { emulator, vaultId, itemId: emulator.admin.items(vaultId)[0]?.id ?? '' };
	}

	const fieldsOf = (ids: string[]): Array<{ id: string; label: string; value: string }> => ids.map((id) => ({ id, label: id, value: 'old' }));

	it('both succeed if they change different fields', async () => {
		const { emulator, vaultId, itemId } = await openRace();
		const results = await Promise.all(
			['one', 'two', 'three'].map(async (field, index) => {
				const effects = { ...HASTY_EFFECTS, random: () => (index + 1) / 4 };
				const client = openTestRun({ serverUrl: emulator.url, token: emulator.token, effects });
				return await updateItem(client, vaultId, itemId, setField(field, `new ${field}`));
			}),
		);
		const after = emulator.admin.item(vaultId, itemId);
		expect(['one', 'two', 'three'].map((id) => valueOf(after, id))).toEqual(['new one', 'new two', 'new three']);
		expect(results.every(({ changed }) => changed)).toBe(true);
		expect(after.version).toBe(4);
		expect(emulator.requests.filter(({ applied }) => applied)).toHaveLength(3);
		expect(emulator.requests.some(({ status }) => status === 409)).toBe(true);
	});

	it("don't even collide within one process", async () => {
		const { emulator, vaultId, itemId } = await openRace();
		const { locks } = openTestRun({ serverUrl: emulator.url, token: emulator.token });
		await Promise.all(
			['one', 'two', 'three'].map(async (field) => {
				const run = openTestRun({ serverUrl: emulator.url, token: emulator.token, locks });
				await updateItem(run, vaultId, itemId, setField(field, 'new'), { syncTimeoutMs: 0 });
			}),
		);
		expect(emulator.requests.filter(({ status }) => status === 409)).toEqual([]);
		expect(emulator.admin.item(vaultId, itemId).version).toBe(4);
	});
});

describe('an update of one field', () => {
	it('leaves every other byte of the item unchanged in any category', async () => {
		const { emulator, run, vaultId } = await openScene({ items: itemOfEveryCategory() });
		const items = emulator.admin.items(vaultId);
		expect(items).toHaveLength(22);
		for (const before of items) {
			await updateItem(run, vaultId, before.id, setField('secret', 'changed'), { syncTimeoutMs: 0 });
			const after = emulator.admin.item(vaultId, before.id);
			expect(valueOf(after, 'secret')).toBe('changed');
			expect(restOf(after)).toBe(restOf(before));
		}
	});

	it.each<[string, ItemUpdate]>([
		['generates it', { fields: [{ field: 'secret', action: 'generate' }] }],
		['empties it', { fields: [{ field: 'secret', action: 'clear' }] }],
	])('leaves every other byte unchanged when it %s', async (_what, update) => {
		const { emulator, run, vaultId } = await openScene({ items: itemOfEveryCategory() });
		for (const before of emulator.admin.items(vaultId)) {
			const result = await updateItem(run, vaultId, before.id, update);
			expect(result.confirmed).toBe(true);
			const after = emulator.admin.item(vaultId, before.id);
			expect(valueOf(after, 'secret')).not.toBe(valueOf(before, 'secret'));
			expect(restOf(after)).toBe(restOf(before));
		}
	});
});

/** Everything but the version, who made it when, and the value of the changed field, which has its place all the same. */
function restOf(item: FullItem): string {
	const { version: _version, updatedAt: _updatedAt, lastEditedBy: _editor, ...rest } = item;
	return JSON.stringify({
		...rest,
		fields: item.fields?.map((field) => {
			if (field.id !== 'secret') return { ...field, totp: undefined };
			const { id, type, label, section } = field;
			return { id, type, label, section };
		}),
	});
}
