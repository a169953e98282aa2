import { describe, expect, it } from '@jest/globals';

import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead, type ReadTarget } from '../../../../nodes/shared/connect/run/awaitRead';
import { openScene, type Scene } from '../../../support/connectScene';

function targetIn({ vaultId, itemId }: Scene, timeoutMs = DEFAULT_SYNC_TIMEOUT_MS): ReadTarget {
	return { vaultId, itemId, timeoutMs };
}

const LAGGING = { replicas: [{ readLagMs: 5_000 }] };

describe('waiting for a read', () => {
	it('ends with the first one that shows the write', async () => {
		const scene = await openScene({ behaviour: LAGGING });
		scene.emulator.admin.editItem(scene.vaultId, scene.itemId, { title: 'New' });
		const read = await awaitRead(scene.run.client, scene.run.effects, targetIn(scene), (item) => item?.title === 'New');
		expect([read.confirmed, read.item?.version]).toEqual([true, 2]);
		expect(scene.sleeps).toEqual([100, 200, 400, 800, 1_000, 1_000, 1_000, 1_000]);
	});

	it('does not sleep if the first read shows it', async () => {
		const scene = await openScene();
		expect(await awaitRead(scene.run.client, scene.run.effects, targetIn(scene), () => true)).toMatchObject({ confirmed: true });
		expect([scene.sleeps, scene.trace()]).toEqual([[], ['GET 200']]);
	});

	it('ends in time, with the last read', async () => {
		const scene = await openScene();
		const read = await awaitRead(scene.run.client, scene.run.effects, targetIn(scene, 2_000), () => false);
		expect([read.confirmed, read.item?.id]).toEqual([false, scene.itemId]);
		expect(scene.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(2_000);
	});

	it.each([0, -1])('for %d ms reads nothing', async (timeoutMs) => {
		const scene = await openScene();
		const read = await awaitRead(scene.run.client, scene.run.effects, targetIn(scene, timeoutMs), () => true);
		expect(read).toEqual({ confirmed: false, item: undefined });
		expect(scene.trace()).toEqual([]);
	});

	it('treats a missing item as a result', async () => {
		const scene = await openScene();
		const target = { ...targetIn(scene), itemId: 'a'.repeat(26) };
		expect(await awaitRead(scene.run.client, scene.run.effects, target, (item) => item === undefined)).toEqual({
			confirmed: true,
			item: undefined,
		});
	});

	it.each([401, 403, 500, 502])('treats a failed read (%d) as no result, never as a missing item', async (status) => {
		const scene = await openScene();
		scene.break('GET', { kind: 'status', status });
		const read = await awaitRead(scene.run.client, scene.run.effects, targetIn(scene, 1_000), (item) => item === undefined);
		expect(read).toEqual({ confirmed: false, item: undefined });
	});

	it('ends in time although the server asks for longer waits', async () => {
		const scene = await openScene();
		scene.break('GET', { kind: 'status', status: 429, retryAfter: 60 });
		await awaitRead(scene.run.client, scene.run.effects, targetIn(scene), () => false);
		expect(scene.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(DEFAULT_SYNC_TIMEOUT_MS);
	});
});
