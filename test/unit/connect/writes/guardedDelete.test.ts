import { describe, expect, it } from '@jest/globals';

import { deleteItem } from '../../../../nodes/shared/connect/writes/guardedDelete';
import { findItemId } from '../../../../nodes/shared/connect/lookup/lookup';
import type { FaultKind } from '../../../emulators/connect';
import { expectRefusal } from '../../../support/refusal';
import { openScene, type Scene } from '../../../support/connectScene';

function remains({ emulator, vaultId }: Scene): number {
	return emulator.admin.items(vaultId).length;
}

describe('a deletion', () => {
	it('waits until reads no longer show the item', async () => {
		const scene = await openScene();
		expect(await deleteItem(scene.run, scene.vaultId, scene.itemId)).toBe(true);
		expect(scene.trace().slice(0, 2)).toEqual(['DELETE 204', 'GET 200']);
		expect(scene.trace().at(-1)).toBe('GET 404');
		expect([remains(scene), scene.applied()]).toEqual([0, 1]);
	});

	it('is unconfirmed but done if reads lag longer than the user waits', async () => {
		const scene = await openScene({ behaviour: { replicas: [{ readLagMs: 60_000 }] } });
		expect(await deleteItem(scene.run, scene.vaultId, scene.itemId, 2_000)).toBe(false);
		expect(remains(scene)).toBe(0);
	});

	it('reads nothing if the user does not wait', async () => {
		const scene = await openScene();
		expect(await deleteItem(scene.run, scene.vaultId, scene.itemId, 0)).toBe(false);
		expect(scene.trace()).toEqual(['DELETE 204']);
	});

	it('treats an archived item as gone', async () => {
		const scene = await openScene({ behaviour: { replicas: [{ readLagMs: 60_000 }] } });
		scene.emulator.admin.archiveItem(scene.vaultId, scene.itemId);
		scene.emulator.admin.settle();
		expect(await deleteItem(scene.run, scene.vaultId, scene.itemId)).toBe(true);
	});

	it('hides the item from later lookups of the run, although lists lag', async () => {
		const scene = await openScene({ behaviour: { replicas: [{ readLagMs: 60_000 }] } });
		await scene.run.reads.items(scene.vaultId);
		await deleteItem(scene.run, scene.vaultId, scene.itemId, 0);
		const search = findItemId(scene.run, scene.vaultId, { by: 'name', text: 'Payments API' });
		await expectRefusal(search, { code: 'ITEM_NOT_FOUND' });
	});

	it('of a missing item is an error', async () => {
		const scene = await openScene();
		await expectRefusal(deleteItem(scene.run, scene.vaultId, 'a'.repeat(26)), { code: 'ITEM_NOT_FOUND', status: 404, attempts: 1 });
	});

	it.each<[string, FaultKind, number]>([
		['500 as racing writers get it', { kind: 'status', status: 500 }, 3],
		['409', { kind: 'status', status: 409 }, 3],
		['503', { kind: 'status', status: 503 }, 3],
		['a cut before the server acted', { kind: 'resetBeforeHeaders', act: false }, 3],
		['a cut after the server acted', { kind: 'resetBeforeHeaders', act: true }, 2],
		['no answer in time', { kind: 'hang' }, 3],
	])('is sent again after %s, and applied once', async (_what, kind, sent) => {
		const scene = await openScene();
		scene.break('DELETE', kind, { times: sent - 1 });
		expect(await deleteItem(scene.open({ timeoutMs: 200 }), scene.vaultId, scene.itemId)).toBe(true);
		expect([scene.writes().length, scene.applied(), remains(scene)]).toEqual([sent, 1, 0]);
	});

	it('gives up after three more attempts, and says that it may have been done', async () => {
		const scene = await openScene();
		scene.break('DELETE', { kind: 'resetBeforeHeaders', act: false });
		await expectRefusal(deleteItem(scene.run, scene.vaultId, scene.itemId), { code: 'NETWORK', attempts: 4, outcomeUnknown: true }, [
			scene.emulator.token,
		]);
		expect(scene.applied()).toBe(0);
	});

	it('is refused with a read-only token', async () => {
		const scene = await openScene();
		const token = scene.emulator.issueToken({ vaults: { Production: 'r' } });
		await expectRefusal(deleteItem(scene.open({ token }), scene.vaultId, scene.itemId), { code: 'FORBIDDEN', attempts: 1 }, [token]);
		expect(remains(scene)).toBe(1);
	});

	it.each<[string, FaultKind]>([
		['a redirect', { kind: 'redirect', location: 'https://sso.example.com/' }],
		["a proxy's page", { kind: 'html' }],
	])('does not count as done after %s', async (_what, kind) => {
		const scene = await openScene();
		scene.break('DELETE', kind);
		await expectRefusal(deleteItem(scene.run, scene.vaultId, scene.itemId, 0), { code: 'PROTOCOL' });
		expect(remains(scene)).toBe(1);
	});

	it("does not count as done after a gateway's own 404", async () => {
		const scene = await openScene();
		scene.break('DELETE', { kind: 'html', status: 502 }, { times: 1 });
		scene.break('DELETE', { kind: 'html', status: 404 });
		await expectRefusal(deleteItem(scene.run, scene.vaultId, scene.itemId, 0), { code: 'PROTOCOL' });
		expect(remains(scene)).toBe(1);
	});

	it.each([true, false])('is checked if the first attempt got no response and the second was refused (done: %s)', async (act) => {
		const scene = await openScene();
		scene.break('DELETE', { kind: 'resetBeforeHeaders', act }, { times: 1 });
		scene.break('DELETE', { kind: 'status', status: 429 });
		const attempt = deleteItem(scene.run, scene.vaultId, scene.itemId, 0);
		if (act) expect(await attempt).toBe(true);
		else await expectRefusal(attempt, { code: 'RATE_LIMITED', outcomeUnknown: true });
	});
});

describe('two deletions of one item at once', () => {
	it('delete it once, and the second reports that it is gone', async () => {
		const scene = await openScene();
		const outcomes = await Promise.allSettled([
			deleteItem(scene.run, scene.vaultId, scene.itemId),
			deleteItem(scene.run, scene.vaultId, scene.itemId),
		]);
		expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
		expect(scene.applied()).toBe(1);
	});
});
