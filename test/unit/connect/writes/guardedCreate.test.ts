import { describe, expect, it } from '@jest/globals';

import { createItem } from '../../../../nodes/shared/connect/writes/guardedCreate';
import { draftItem } from '../../../../nodes/shared/core/item/itemDraft';
import type { ItemDraft } from '../../../../nodes/shared/core/wire';
import type { SeedItem } from '../../../emulators/connect';
import { CANARY, expectRefusal } from '../../../support/refusal';
import { LOST_ANSWERS, openScene, valueOf, type Scene } from '../../../support/connectScene';

const SECRETS = [CANARY];

function draftFor(vaultId: string): ItemDraft {
	return draftItem({
		vaultId,
		title: 'New key',
		category: 'API_CREDENTIAL',
		tags: ['rotated'],
		fields: [
			{ field: 'credential', action: 'set', value: CANARY },
			{ field: 'pin', action: 'generate', type: 'CONCEALED' },
		],
	});
}

/** The item that the draft makes, as another client makes it. */
const TWIN: SeedItem = {
	title: 'New key',
	category: 'API_CREDENTIAL',
	fields: [
		{ id: 'credential', type: 'CONCEALED', label: 'credential', value: CANARY },
		{ id: 'pin', type: 'CONCEALED', label: 'pin', value: '1234' },
	],
};

async function openEmpty(behaviour = {}): Promise<Scene> {
	// Whether a new field takes the place of an empty one of the same name is an open question.
	return await openScene({ items: [], behaviour: { emptyBuiltIns: 'notesOnly', ...behaviour } });
}

function itemsOf({ emulator, vaultId }: Scene): string[] {
	return emulator.admin.items(vaultId).map(({ id }) => id);
}

describe('a new item', () => {
	it('is sent once, and waited for until a read shows it', async () => {
		const scene = await openEmpty();
		const { item, confirmed } = await createItem(scene.run, draftFor(scene.vaultId));
		expect([confirmed, item.version, valueOf(item, 'credential')]).toEqual([true, 1, CANARY]);
		expect(scene.trace()[0]).toBe('POST 200');
		expect(scene.trace()).toContain('GET 404');
		expect([itemsOf(scene), scene.applied()]).toEqual([[item.id], 1]);
	});

	it('is returned from the response if reads lag longer than the user waits', async () => {
		const scene = await openEmpty({ replicas: [{ readLagMs: 60_000 }] });
		const { item, confirmed } = await createItem(scene.run, draftFor(scene.vaultId), 1_000);
		expect([confirmed, valueOf(item, 'credential')]).toEqual([false, CANARY]);
		expect(itemsOf(scene)).toEqual([item.id]);
	});

	it("is not waited for if the user doesn't want to", async () => {
		const scene = await openEmpty();
		expect(await createItem(scene.run, draftFor(scene.vaultId), 0)).toMatchObject({ confirmed: false });
		expect(scene.trace()).toEqual(['POST 200']);
	});

	it('is found by later lookups of the run although lists lag', async () => {
		const scene = await openEmpty({ replicas: [{ readLagMs: 60_000 }] });
		const { item } = await createItem(scene.run, draftFor(scene.vaultId), 0);
		expect((await scene.run.reads.items(scene.vaultId)).map(({ id }) => id)).toEqual([item.id]);
		expect((await scene.run.reads.item(scene.vaultId, item.id)).id).toBe(item.id);
	});

	it.each([409, 429])('is sent again after a %d, and created once', async (status) => {
		const scene = await openEmpty();
		scene.break('POST', { kind: 'status', status }, { times: 2 });
		await createItem(scene.run, draftFor(scene.vaultId));
		expect([scene.writes().length, scene.applied(), itemsOf(scene).length]).toEqual([3, 1, 1]);
	});

	it.each<[number, string, string]>([
		[400, `Validation: bad value "${CANARY}"`, 'INVALID_INPUT'],
		[400, `Validation: bad value ${JSON.stringify(CANARY)} for ${encodeURIComponent(CANARY)}`, 'INVALID_INPUT'],
		[401, 'Invalid bearer token', 'AUTH_FAILED'],
		[403, 'Authorization: token does not have permission to perform create on vault x', 'FORBIDDEN'],
		[413, 'Request body is too large', 'INVALID_INPUT'],
	])('that the server refuses with %d is not sent again: %s', async (status, message, code) => {
		const scene = await openEmpty();
		scene.break('POST', { kind: 'status', status, message });
		const error = await expectRefusal(createItem(scene.run, draftFor(scene.vaultId)), { code: code as 'INVALID_INPUT', status, attempts: 1 }, [
			...SECRETS,
			scene.emulator.token,
		]);
		expect(error.details.outcomeUnknown).toBeUndefined();
		expect(scene.trace()).toEqual([`POST ${status}`]);
	});
});

describe('a new item whose response is lost', () => {
	it.each(LOST_ANSWERS)('%s: is sent once, and adopted if it exists', async (_how, kind, acted) => {
		const scene = await openEmpty();
		const run = scene.open({ timeoutMs: 200 });
		scene.break('POST', kind);
		const attempt = createItem(run, draftFor(scene.vaultId));
		if (acted) {
			const { item, confirmed } = await attempt;
			expect([[item.id], confirmed]).toEqual([itemsOf(scene), true]);
		} else {
			await expectRefusal(attempt, { code: expect.any(String) as never, attempts: 1, outcomeUnknown: true }, [...SECRETS, scene.emulator.token]);
		}
		expect([scene.writes().length, scene.applied()]).toEqual([1, acted ? 1 : 0]);
	});

	it("is adopted late in a second if the server's time is before the request", async () => {
		const scene = await openEmpty();
		scene.clock.advance(900);
		scene.break('POST', { kind: 'cutMidBody' });
		const { item } = await createItem(scene.run, draftFor(scene.vaultId));
		expect(itemsOf(scene)).toEqual([item.id]);
		expect(item.createdAt).toBe('2026-01-01T00:00:00Z');
	});

	it('is adopted among older items of the same title', async () => {
		const old = { ...TWIN, createdAt: '2025-12-31T23:00:00Z' };
		const scene = await openScene({ items: [old, old] });
		const before = itemsOf(scene);
		scene.break('POST', { kind: 'cutMidBody' });
		const { item } = await createItem(scene.run, draftFor(scene.vaultId));
		expect(itemsOf(scene)).toEqual([...before, item.id]);
	});

	it('is not chosen from two matching new ones', async () => {
		const scene = await openScene({ items: [TWIN], behaviour: { replicas: [{ readLagMs: 0 }] } });
		scene.break('POST', { kind: 'resetBeforeHeaders', act: true });
		await expectRefusal(createItem(scene.run, draftFor(scene.vaultId)), { code: 'NETWORK', outcomeUnknown: true }, SECRETS);
		expect(scene.writes()).toHaveLength(1);
	});

	it('is not chosen from several while reads lag behind', async () => {
		const scene = await openScene({ items: [TWIN] });
		scene.break('POST', { kind: 'resetBeforeHeaders', act: true });
		await expectRefusal(createItem(scene.run, draftFor(scene.vaultId)), { code: 'NETWORK', outcomeUnknown: true }, SECRETS);
		expect(scene.writes()).toHaveLength(1);
	});

	it.each<[string, SeedItem]>([
		['another title', { ...TWIN, title: 'new key' }],
		['another category', { ...TWIN, category: 'DATABASE' }],
		[
			'another value',
			{
				...TWIN,
				fields: [
					{ label: 'credential', type: 'CONCEALED', value: 'other' },
					{ label: 'pin', value: '1' },
				],
			},
		],
		[
			'no generated value',
			{
				...TWIN,
				fields: [
					{ label: 'credential', value: CANARY },
					{ label: 'pin', type: 'CONCEALED' },
				],
			},
		],
		['a missing field', { ...TWIN, fields: [{ label: 'credential', value: CANARY }] }],
		['an edit since', { ...TWIN, version: 2 }],
		['an age of an hour', { ...TWIN, createdAt: '2025-12-31T23:00:00Z' }],
		['no time of creation', { ...TWIN, createdAt: 'unknown' }],
	])('is not mistaken for an item with %s', async (_what, other) => {
		const scene = await openScene({ items: [other] });
		scene.break('POST', { kind: 'resetBeforeHeaders', act: false });
		await expectRefusal(createItem(scene.run, draftFor(scene.vaultId)), { code: 'NETWORK', outcomeUnknown: true }, SECRETS);
	});

	it('is not mistaken for one that the run made before', async () => {
		const scene = await openEmpty();
		await createItem(scene.run, draftFor(scene.vaultId));
		scene.break('POST', { kind: 'resetBeforeHeaders', act: false });
		await expectRefusal(createItem(scene.run, draftFor(scene.vaultId)), { code: 'NETWORK', outcomeUnknown: true }, SECRETS);
		expect(itemsOf(scene)).toHaveLength(1);
	});

	it('is found after a lag of seconds, and not waited for longer', async () => {
		for (const [readLagMs, adopted] of [
			[6_000, true],
			[60_000, false],
		] as const) {
			const scene = await openEmpty({ replicas: [{ readLagMs }] });
			scene.break('POST', { kind: 'cutMidBody' });
			const attempt = createItem(scene.run, draftFor(scene.vaultId));
			if (adopted) expect([(await attempt).item.id]).toEqual(itemsOf(scene));
			else await expectRefusal(attempt, { code: 'NETWORK', outcomeUnknown: true }, SECRETS);
		}
	});

	it("is not adopted while the vault can't be listed", async () => {
		const scene = await openEmpty();
		scene.break('POST', { kind: 'cutMidBody' });
		scene.break('GET', { kind: 'status', status: 401 });
		await expectRefusal(createItem(scene.run, draftFor(scene.vaultId)), { code: 'NETWORK', outcomeUnknown: true }, SECRETS);
		expect(scene.writes()).toHaveLength(1);
	});

	it("is found although its title can't be used in a filter", async () => {
		const scene = await openEmpty();
		scene.break('POST', { kind: 'cutMidBody' });
		const { item } = await createItem(scene.run, { ...draftFor(scene.vaultId), title: 'a "quoted" \\ title' });
		expect([item.id]).toEqual(itemsOf(scene));
	});

	it('is not chosen because the other candidate could not be read', async () => {
		const scene = await openScene({ items: [TWIN] });
		const [twin] = itemsOf(scene);
		scene.break('GET', { kind: 'status', status: 404, message: `item ${twin} not found` }, { path: new RegExp(`/items/${twin}$`) });
		scene.break('POST', { kind: 'resetBeforeHeaders', act: true });
		const run = scene.open();
		scene.emulator.behaviour.replicas = [{ readLagMs: 0 }];
		await expectRefusal(createItem(run, draftFor(scene.vaultId)), { code: 'NETWORK', outcomeUnknown: true }, SECRETS);
	});
});

describe('new items of one run with the same content', () => {
	it('are distinguished although one is still waited for', async () => {
		const scene = await openEmpty({ replicas: [{ readLagMs: 0 }] });
		let goOn = (): void => undefined;
		const waiting = new Promise<void>((resolve) => (goOn = resolve));
		const effects = { ...scene.run.effects, sleep: async (ms: number) => await (ms === 100 ? waiting : scene.clock.sleep(ms)) };
		const run = { ...scene.run, effects };
		scene.break('GET', { kind: 'status', status: 404, message: 'item not found' }, { path: /items\/\w{26}$/, times: 1 });
		scene.break('POST', { kind: 'resetBeforeHeaders', act: false }, { skip: 1, times: 1 });
		const first = createItem(run, draftFor(scene.vaultId));
		const second = createItem(run, draftFor(scene.vaultId)).finally(goOn);
		await expectRefusal(second, { code: 'NETWORK', outcomeUnknown: true });
		expect([(await first).item.id]).toEqual(itemsOf(scene));
	});

	it('are not both matched to the one that was created', async () => {
		const scene = await openEmpty();
		scene.break('POST', { kind: 'resetBeforeHeaders', act: true }, { times: 1 });
		scene.break('POST', { kind: 'resetBeforeHeaders', act: false });
		const outcomes = await Promise.allSettled([createItem(scene.run, draftFor(scene.vaultId)), createItem(scene.run, draftFor(scene.vaultId))]);
		expect(itemsOf(scene)).toHaveLength(1);
		expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(1);
		// The second one is not sent while the first one may still be looked for.
		expect(scene.trace().slice(0, 2)).toEqual(['POST 0', 'GET 200']);
	});

	it('are all created, one after the other', async () => {
		const scene = await openEmpty();
		const made = await Promise.all([1, 2, 3].map(async () => await createItem(scene.run, draftFor(scene.vaultId))));
		expect(new Set(made.map(({ item }) => item.id)).size).toBe(3);
		expect(scene.writes().map(({ status }) => status)).toEqual([200, 200, 200]);
	});
});
