import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { shareOf } from '../../../../nodes/shared/connect/run/awaitRead';
import { createItem } from '../../../../nodes/shared/connect/writes/guardedCreate';
import { deleteItem } from '../../../../nodes/shared/connect/writes/guardedDelete';
import { updateItem } from '../../../../nodes/shared/connect/writes/guardedUpdate';
import { beginRotation, finishRotation } from '../../../../nodes/shared/connect/rotation/rotationSteps';
import { draftItem } from '../../../../nodes/shared/core/item/itemDraft';
import { startConnectEmulator, type ConnectEmulator, type Fault } from '../../../emulators/connect';
import { openTestRun } from '../../../support/openTestRun';
import { CANARY, expectRefusal } from '../../../support/refusal';

/**
 * The response to a write is lost, and the read that checks it hangs. If that read could take as long as any other request,
 * it would use up the time for checking, and the write would end as unknown although it was done. In real time.
 */

const LOST = { kind: 'resetBeforeHeaders', act: true } as const;

/** Milliseconds for checking; a request of the run may take much longer. */
const SYNC_MS = 3_000;
const REQUEST_MS = 60_000;

jest.setTimeout(30_000);

let emulator: ConnectEmulator;

beforeEach(async () => {
	emulator = await startConnectEmulator({
		seed: {
			vaults: [{ name: 'Production', items: [{ title: 'Key', fields: [{ id: 'k', type: 'CONCEALED', label: 'key', value: CANARY }] }] }],
		},
	});
});

afterEach(async () => await emulator.close());

const vault = (): string => emulator.admin.vaults()[0]?.id ?? '';
const item = (): string => emulator.admin.items(vault())[0]?.id ?? '';
const open = (): ReturnType<typeof openTestRun> => openTestRun({ serverUrl: emulator.url, token: emulator.token, timeoutMs: REQUEST_MS });

/** @param path of the reads that hang, of which `skip` pass before. */
function loseAndHang(method: string, path: RegExp, { skip = 0, times = 1 } = {}): void {
	const hang: Fault = { kind: 'hang', match: { method: 'GET', path }, skip, times };
	emulator.faults.script({ ...LOST, match: { method } }, hang);
}

const LIST = /\/items\?filter/;
const ONE = /\/items\/[a-z0-9]{26}$/;

async function create(): Promise<unknown> {
	return await createItem(
		open(),
		draftItem({ vaultId: vault(), title: 'New', category: 'PASSWORD', fields: [{ field: 'password', action: 'set', value: CANARY }] }),
		SYNC_MS,
	);
}

describe('the outcome of a write with a lost response is found although a read hangs:', () => {
	it.each([
		['the list', LIST, {}],
		['the candidate', ONE, {}],
		['the list twice', LIST, { times: 2 }],
	])('create (%s)', async (_what, path, aim) => {
		loseAndHang('POST', path, aim);
		expect(await create()).toMatchObject({ item: { title: 'New' } });
		expect(emulator.admin.items(vault())).toHaveLength(2);
		expect(emulator.faults.pending).toBe(0);
	});

	it('update', async () => {
		loseAndHang('PATCH', ONE, { skip: 1 });
		const result = await updateItem(open(), vault(), item(), { fields: [{ field: 'key', action: 'set', value: 'new' }] }, { syncTimeoutMs: SYNC_MS });
		expect([result.changed, result.confirmed, emulator.faults.pending]).toEqual([true, true, 0]);
	});

	it('delete', async () => {
		// DELETE is sent again, and the server says that the item is gone.
		emulator.faults.script({ ...LOST, match: { method: 'DELETE' } }, { kind: 'hang', match: { method: 'GET', path: ONE } });
		expect(await deleteItem(open(), vault(), item(), SYNC_MS)).toBe(true);
		expect(emulator.faults.pending).toBe(0);
	});

	it('the steps of a rotation', async () => {
		const run = open();
		const target = { vaultId: vault(), itemId: item(), syncTimeoutMs: SYNC_MS };
		const command = { rotationId: 'r-1', now: Date.now() };
		loseAndHang('PATCH', ONE, { skip: 1 });
		const begun = await beginRotation(run, target, { ...command, field: 'key', value: 'next', isGiven: true, tag: '' });
		loseAndHang('PATCH', ONE, { skip: 1 });
		const finished = await finishRotation(run, target, { ...command, previousValue: 'keep' });
		expect([begun.changed, finished.changed, emulator.faults.pending]).toEqual([true, true, 0]);
	});
});

it('ends in time if every read hangs, with an unknown outcome', async () => {
	loseAndHang('POST', LIST, { times: Infinity });
	const startedAt = performance.now();
	await expectRefusal(create(), { code: 'NETWORK', outcomeUnknown: true }, [CANARY]);
	expect(performance.now() - startedAt).toBeLessThan(SYNC_MS * 3);
});

it('a read gets half of the remaining time, and at least half a second', () => {
	expect([15_000, 3_001, 900, 0, -5].map(shareOf)).toEqual([7_500, 1_500, 500, 500, 500]);
});
