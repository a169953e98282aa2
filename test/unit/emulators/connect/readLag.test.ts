import { afterEach, describe, expect, it } from '@jest/globals';

import type { ManualClock } from '../../../emulators/connect';
import { manualClock } from '../../../emulators/connect';
import type { Desk } from './support';
import { closeAll, field, startWith } from './support';

afterEach(closeAll);

const LAG = { replicas: [{ readLagMs: 150 }] };

async function lagging(behaviour = {}): Promise<{ desk: Desk; clock: ManualClock }> {
	const clock = manualClock();
	const seed = [{ title: 'Old', fields: [{ id: 'key', value: 'one' }] }];
	return { clock, desk: await startWith(seed, { ...LAG, ...behaviour }, { clock }) };
}

describe('reads after writes', () => {
	it('shows the seed at once', async () => {
		const { desk } = await lagging();
		expect(await desk.list()).toHaveLength(1);
	});

	it('hides a new item from get, list and filter until the lag has passed', async () => {
		const { desk, clock } = await lagging();
		const { body } = await desk.create({ title: 'New' });
		clock.advance(149);
		expect((await desk.get(body.id)).status).toBe(404);
		expect(await desk.list('title eq "New"')).toEqual([]);
		clock.advance(1);
		expect((await desk.get(body.id)).body.title).toBe('New');
		expect(await desk.list('title eq "New"')).toHaveLength(1);
	});

	it('answers a patch with the new contents and the old version, then catches up', async () => {
		const { desk, clock } = await lagging();
		const answer = await desk.patch(desk.id(), [{ op: 'replace', path: '/fields/key/value', value: 'two' }]);
		expect(field(answer.body, 'key')?.value).toBe('two');
		expect(answer.body.version).toBe(1);
		const stale = (await desk.get(desk.id())).body;
		expect([field(stale, 'key')?.value, stale.version]).toEqual(['one', 1]);
		clock.advance(150);
		const fresh = (await desk.get(desk.id())).body;
		expect([field(fresh, 'key')?.value, fresh.version]).toEqual(['two', 2]);
	});

	it('answers with the new version when told so', async () => {
		const { desk } = await lagging({ answerVersion: 'new' });
		expect((await desk.put(desk.id(), { title: 'Newer' })).body.version).toBe(2);
	});

	it('goes on showing a deleted item until the lag has passed', async () => {
		const { desk, clock } = await lagging();
		const id = desk.id();
		expect((await desk.delete(id)).status).toBe(204);
		expect((await desk.get(id)).status).toBe(200);
		clock.advance(150);
		expect((await desk.get(id)).status).toBe(404);
		expect(await desk.list()).toEqual([]);
	});

	it('moves contentVersion, item count and time of the vault together with the item row', async () => {
		const { desk, clock } = await lagging();
		const [before] = await desk.vaults();
		clock.advance(1_000);
		await desk.create({ title: 'New' });
		expect(await desk.vaults()).toEqual([before]);
		clock.advance(150);
		const [after] = await desk.vaults();
		expect(after).toMatchObject({ contentVersion: (before?.contentVersion ?? 0) + 1, items: 2 });
		expect(after?.updatedAt).not.toBe(before?.updatedAt);
	});

	it('shows every state that the lag leaves in between', async () => {
		const { desk, clock } = await lagging();
		const id = desk.id();
		const seen: unknown[] = [];
		for (const value of ['a', 'b', 'c']) {
			desk.emulator.admin.editItem(desk.vaultId, id, (item) => void (item.title = value));
			clock.advance(100);
			seen.push((await desk.get(id)).body.title);
		}
		clock.advance(100);
		seen.push((await desk.get(id)).body.title);
		expect(seen).toEqual(['Old', 'a', 'b', 'c']);
	});

	it('lets replicas of different lag take turns, so that versions go backwards', async () => {
		const { desk, clock } = await lagging({ replicas: [{ readLagMs: 0 }, { readLagMs: 1_000 }] });
		const id = desk.id();
		desk.emulator.admin.editItem(desk.vaultId, id, { title: 'New' });
		clock.advance(10);
		const versions = [];
		for (let turn = 0; turn < 4; turn++) versions.push((await desk.get(id)).body.version);
		expect(versions).toEqual([2, 1, 2, 1]);
		expect(desk.emulator.requests.map(({ replica }) => replica)).toEqual([0, 1, 0, 1]);
	});

	it('makes all replicas current when settled, and lags again afterwards', async () => {
		const { desk } = await lagging();
		const { body } = await desk.create({ title: 'First' });
		desk.emulator.admin.settle();
		await desk.create({ title: 'Second' });
		expect((await desk.list()).map(({ id }) => id)).toEqual([desk.id(), body.id]);
	});

	it('shows the truth to the admin at once', async () => {
		const { desk } = await lagging();
		const { body } = await desk.create({ title: 'New' });
		expect(desk.emulator.admin.item('Vault', body.id).title).toBe('New');
	});

	it('learns nothing new during an outage, refuses writes, and reads on', async () => {
		const { desk, clock } = await lagging();
		desk.emulator.admin.outage(true);
		desk.emulator.admin.createItem(desk.vaultId, { title: 'Unseen' });
		clock.advance(10_000);
		expect(await desk.list()).toHaveLength(1);
		expect((await desk.create({ title: 'Refused' })).status).toBe(500);
		desk.emulator.admin.outage(false);
		expect(await desk.list()).toHaveLength(2);
	});

	it('patches the stale copy when the knob says so, losing the change in between', async () => {
		const { desk } = await lagging({ patchBase: 'replica' });
		desk.emulator.admin.editItem(desk.vaultId, desk.id(), { title: 'Changed in the app' });
		await desk.patch(desk.id(), [{ op: 'add', path: '/tags', value: ['x'] }]);
		expect(desk.emulator.admin.item(desk.vaultId, desk.id())).toMatchObject({ title: 'Old', version: 3 });
	});

	it('patches the true copy by default', async () => {
		const { desk } = await lagging();
		desk.emulator.admin.editItem(desk.vaultId, desk.id(), { title: 'Changed in the app' });
		await desk.patch(desk.id(), [{ op: 'add', path: '/tags', value: ['x'] }]);
		expect(desk.emulator.admin.item(desk.vaultId, desk.id()).title).toBe('Changed in the app');
	});
});
