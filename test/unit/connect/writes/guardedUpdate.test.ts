import { describe, expect, it } from '@jest/globals';

import { updateItem } from '../../../../nodes/shared/connect/writes/guardedUpdate';
import type { ItemUpdate } from '../../../../nodes/shared/core/item/itemUpdate';
import { CANARY, expectRefusal } from '../../../support/refusal';
import { LOST_ANSWERS, bodiesOf, openScene, valueOf } from '../../../support/connectScene';

const NEW_KEY = 'n3w-key "quoted" & /+=';
const ROTATE: ItemUpdate = { fields: [{ field: 'credential', action: 'set', value: NEW_KEY }] };
const SECRETS = [CANARY, NEW_KEY];

describe('an update', () => {
	it('sends only what changes, and waits until a read shows it', async () => {
		const { run, vaultId, itemId, trace, writes } = await openScene();
		const result = await updateItem(run, vaultId, itemId, ROTATE);
		expect(result).toMatchObject({ changed: true, confirmed: true, previousVersion: 1, concurrentEdit: false });
		expect([result.item.version, valueOf(result.item, 'credential')]).toEqual([2, NEW_KEY]);
		expect(result.changes).toEqual([{ target: 'field', kind: 'changed', id: 'credential', label: 'credential' }]);
		expect(bodiesOf(writes())).toEqual([[{ op: 'replace', path: '/fields/credential/value', value: NEW_KEY }]]);
		expect(trace().slice(0, 2)).toEqual(['GET 200', 'PATCH 200']);
		expect(trace().length).toBeGreaterThan(3);
	});

	it('that changes nothing sends nothing', async () => {
		const { run, vaultId, itemId, trace } = await openScene();
		const same: ItemUpdate = {
			title: 'Payments API',
			favorite: false,
			addTags: ['payments'],
			removeTags: ['gone'],
			fields: [{ field: 'credential', action: 'set', value: CANARY }],
		};
		const result = await updateItem(run, vaultId, itemId, same);
		expect(result).toMatchObject({ changed: false, changes: [], confirmed: true, previousVersion: 1 });
		expect(trace()).toEqual(['GET 200']);
	});

	it('with dryRun lists the changes without values and sends nothing', async () => {
		const { run, vaultId, itemId, trace } = await openScene();
		const result = await updateItem(run, vaultId, itemId, { ...ROTATE, title: 'New' }, { dryRun: true });
		expect(result).toMatchObject({ changed: false, confirmed: true });
		expect(result.changes.map(({ target, kind }) => `${target} ${kind}`)).toEqual(['title changed', 'field changed']);
		expect(JSON.stringify(result.changes)).not.toContain(NEW_KEY);
		expect(trace()).toEqual(['GET 200']);
	});

	it('is sent only at the expected version', async () => {
		const { emulator, open, vaultId, itemId, writes } = await openScene();
		emulator.admin.editItem(vaultId, itemId, { title: 'Edited in the app' });
		emulator.admin.settle();
		await expectRefusal(updateItem(open(), vaultId, itemId, ROTATE, { expectedVersion: 1 }), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect(writes()).toEqual([]);
		const result = await updateItem(open(), vaultId, itemId, ROTATE, { expectedVersion: 2 });
		expect(result).toMatchObject({ changed: true, previousVersion: 2 });
	});

	it('checks the expected version in a dry run too', async () => {
		const { run, vaultId, itemId } = await openScene();
		const attempt = updateItem(run, vaultId, itemId, ROTATE, { expectedVersion: 7, dryRun: true });
		await expectRefusal(attempt, { code: 'VERSION_CONFLICT' });
	});

	it('reports that the item vanished between read and write', async () => {
		const { emulator, run, vaultId, itemId, applied } = await openScene();
		await run.reads.item(vaultId, itemId);
		emulator.admin.deleteItem(vaultId, itemId);
		await expectRefusal(updateItem(run, vaultId, itemId, ROTATE), { code: 'ITEM_NOT_FOUND', status: 404 }, SECRETS);
		expect(applied()).toBe(0);
	});

	it('lets the server generate a value that n8n never sends', async () => {
		const { run, vaultId, itemId, writes } = await openScene();
		const result = await updateItem(run, vaultId, itemId, {
			fields: [{ field: 'credential', action: 'generate', recipe: { length: 20, characterSets: ['DIGITS'] } }],
		});
		expect(valueOf(result.item, 'credential')).toMatch(/^\d{20}$/);
		expect(JSON.stringify(bodiesOf(writes()))).not.toMatch(/\d{20}/);
	});
});

describe('an update that the server does not accept at once', () => {
	it('wins a race of writers with the same body, applied once', async () => {
		const { run, vaultId, itemId, writes, applied, ...scene } = await openScene();
		scene.break('PATCH', { kind: 'status', status: 409, message: 'Conflict: Internal server conflict.' }, { times: 2 });
		expect(await updateItem(run, vaultId, itemId, ROTATE)).toMatchObject({ changed: true, concurrentEdit: false });
		const bodies = bodiesOf(writes());
		expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
		expect(applied()).toBe(1);
	});

	it.each([
		['seconds', 2],
		['a date', 'Thu, 01 Jan 2026 00:00:02 GMT'],
	])('waits as long as the server requests in %s', async (_form, retryAfter) => {
		const { run, vaultId, itemId, applied, sleeps, ...scene } = await openScene();
		scene.break('PATCH', { kind: 'status', status: 429, retryAfter }, { times: 1 });
		await updateItem(run, vaultId, itemId, ROTATE);
		expect(sleeps[0]).toBe(2_000);
		expect(applied()).toBe(1);
	});

	it('gives up if the server asks for more than a minute', async () => {
		const { run, vaultId, itemId, writes, sleeps, ...scene } = await openScene();
		scene.break('PATCH', { kind: 'status', status: 429, retryAfter: 61 });
		const error = await expectRefusal(
			updateItem(run, vaultId, itemId, ROTATE),
			{ code: 'RATE_LIMITED', status: 429, attempts: 1, retryAfterMs: 61_000 },
			SECRETS,
		);
		expect(error.details.outcomeUnknown).toBeUndefined();
		expect([writes().length, sleeps]).toEqual([1, []]);
	});

	it('recovers from the spurious 403', async () => {
		const { run, vaultId, itemId, sleeps, ...scene } = await openScene();
		const message = `Authorization: token does not have access to vault ${vaultId}`;
		scene.break('PATCH', { kind: 'status', status: 403, message }, { times: 3 });
		expect(await updateItem(run, vaultId, itemId, ROTATE)).toMatchObject({ confirmed: true });
		expect(sleeps.slice(0, 3)).toEqual([100, 100, 100]);
	});

	it('is refused permanently with a read-only token', async () => {
		const { emulator, open, vaultId, itemId, writes } = await openScene();
		const token = emulator.issueToken({ vaults: { Production: 'r' } });
		await expectRefusal(updateItem(open({ token }), vaultId, itemId, ROTATE), { code: 'FORBIDDEN', status: 403, attempts: 1 }, [...SECRETS, token]);
		expect(writes()).toHaveLength(1);
	});
});

describe('an update whose response is lost', () => {
	it.each(LOST_ANSWERS)('%s: is sent once, and checked', async (_how, kind, acted) => {
		const { emulator, open, vaultId, itemId, writes, applied, ...scene } = await openScene();
		const run = open({ timeoutMs: 200 });
		scene.break('PATCH', kind);
		const attempt = updateItem(run, vaultId, itemId, ROTATE);
		if (acted) {
			expect(await attempt).toMatchObject({ changed: true, confirmed: true, concurrentEdit: false });
		} else {
			await expectRefusal(attempt, { code: expect.any(String) as never, attempts: 1, outcomeUnknown: true }, [...SECRETS, emulator.token]);
		}
		expect([writes().length, applied()]).toEqual([1, acted ? 1 : 0]);
		expect(valueOf(emulator.admin.item(vaultId, itemId), 'credential')).toBe(acted ? NEW_KEY : CANARY);
	});

	it('does not count as done because someone else wrote', async () => {
		const { emulator, run, vaultId, itemId, writes, ...scene } = await openScene();
		await run.reads.item(vaultId, itemId);
		emulator.admin.editItem(vaultId, itemId, { title: 'Edited in the app' });
		scene.break('PATCH', { kind: 'resetBeforeHeaders', act: false });
		await expectRefusal(updateItem(run, vaultId, itemId, ROTATE), { code: 'NETWORK', outcomeUnknown: true });
		expect(writes()).toHaveLength(1);
	});

	it('does not count as done because someone else wrote, if only the primary URL should change', async () => {
		const items = [{ title: 'Two', urls: [{ primary: true, href: 'https://a.example' }, { href: 'https://b.example' }] }];
		const { emulator, run, vaultId, itemId, ...scene } = await openScene({ items });
		await run.reads.item(vaultId, itemId);
		emulator.admin.editItem(vaultId, itemId, { title: 'Edited in the app' });
		scene.break('PATCH', { kind: 'resetBeforeHeaders', act: false });
		const update: ItemUpdate = { addUrls: [{ href: 'https://b.example', primary: true }] };
		await expectRefusal(updateItem(run, vaultId, itemId, update), { code: 'NETWORK', outcomeUnknown: true });
	});

	it('does not count as done if the response contains another item', async () => {
		const { run, vaultId, itemId, writes, ...scene } = await openScene();
		const other = { id: 'z'.repeat(26), vault: { id: vaultId }, category: 'LOGIN', version: 9 };
		scene.break('PATCH', { kind: 'status', status: 200, body: other });
		await expectRefusal(updateItem(run, vaultId, itemId, ROTATE), { code: 'PROTOCOL', outcomeUnknown: true }, SECRETS);
		expect(writes()).toHaveLength(1);
	});

	it('is checked even if the user does not want to wait', async () => {
		const { run, vaultId, itemId, ...scene } = await openScene();
		scene.break('PATCH', { kind: 'cutMidBody' });
		expect(await updateItem(run, vaultId, itemId, ROTATE, { syncTimeoutMs: 0 })).toMatchObject({ confirmed: true });
	});

	it('is not repeated by a second attempt in the same run that finds it done', async () => {
		const { run, vaultId, itemId, applied, ...scene } = await openScene({ behaviour: { replicas: [{ readLagMs: 20_000 }] } });
		scene.break('PATCH', { kind: 'resetBeforeHeaders', act: true }, { times: 1 });
		await expectRefusal(updateItem(run, vaultId, itemId, ROTATE), { code: 'NETWORK', outcomeUnknown: true });
		scene.clock.advance(20_000);
		expect(await updateItem(run, vaultId, itemId, ROTATE)).toMatchObject({ changed: false });
		expect(applied()).toBe(1);
	});
});
