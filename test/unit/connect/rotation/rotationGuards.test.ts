import { describe, expect, it } from '@jest/globals';

import { describeRotation } from '../../../../nodes/shared/core/rotation/rotationStatus';
import type { FullItem } from '../../../../nodes/shared/core/wire';
import { expectRefusal } from '../../../support/refusal';
import { KEY_ITEM, valueOf } from '../../../support/connectScene';
import { NO_EMPTY_FIELDS, OLD, SECRETS, blind, openRotation, stateOf, type RotationScene } from './rotationScene';

/** A rotation that has finished long ago, on servers of which one answers late. */
async function openFinished(readLagMs = 0, more: object = {}): Promise<RotationScene> {
	const scene = await openRotation({ behaviour: { replicas: [{ readLagMs: 0 }, { readLagMs }], ...more } });
	await scene.process().begin();
	await scene.process().finish();
	scene.emulator.admin.settle();
	scene.clock.advance(120_000);
	return scene;
}

describe('steps where the second has not seen the first', () => {
	it.each([3_000, 6_000])('rollback, then end, while a server lags %d ms: the withdrawn key stays in the item', async (lag) => {
		const scene = await openFinished(lag);
		await scene.process().rollback();
		await expectRefusal(scene.process().end(), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect([scene.live(), stateOf(scene.reading())]).toEqual([OLD, expect.objectContaining({ state: 'rolled back', withdrawn: 'new-1' })]);
	});

	it.each([3_000, 6_000])('end, then rollback, while a server lags %d ms: the dropped key does not become live', async (lag) => {
		const scene = await openFinished(lag);
		await scene.process().end();
		await expectRefusal(scene.process().rollback(), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect([scene.live(), stateOf(scene.reading())]).toEqual(['new-1', expect.objectContaining({ state: 'ended' })]);
	});

	it('rollback, then the next begin: the withdrawn key stays in the item', async () => {
		const scene = await openFinished();
		const run = blind(scene);
		await scene.process().rollback();
		scene.emulator.admin.settle();
		await scene.process({ rotationId: 'r2', run }).begin();
		expect([scene.live(), stateOf(scene.reading())]).toEqual([
			OLD,
			expect.objectContaining({ rotationId: 'r2', state: 'pending', withdrawn: 'new-1' }),
		]);
	});

	it('a manual edit, then begin: finish starts from the last state seen by begin', async () => {
		const scene = await openRotation();
		const run = blind(scene);
		scene.edit('credential', 'by-hand-9');
		scene.emulator.admin.settle();
		await scene.process({ run }).begin();
		scene.emulator.admin.settle();
		await scene.process().finish();
		expect([scene.live(), stateOf(scene.reading())]).toEqual(['new-1', expect.objectContaining({ previous: 'by-hand-9' })]);
	});
});

describe('a live value that was edited by hand', () => {
	it('prevents the previous value from being dropped', async () => {
		const scene = await openFinished();
		scene.edit('credential', OLD);
		scene.emulator.admin.settle();
		await expectRefusal(scene.process().end(), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect(stateOf(scene.reading())).toMatchObject({ state: 'finished', previous: OLD });
		await scene.process().finish({ previousValue: 'drop', expectedVersion: scene.truth().version });
		expect(stateOf(scene.reading())).toMatchObject({ state: 'ended', previous: '' });
	});

	it('makes finish fail, even if the version is unchanged', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		scene.emulator.admin.editItem(scene.vaultId, scene.itemId, (item) => {
			for (const field of item.fields) {
				if (field.label === 'credential') field.value = 'by-hand-9';
				if (field.label === 'staged at version') field.value = '3';
			}
		});
		scene.emulator.admin.settle();
		await expectRefusal(
			scene.process().finish(),
			{ code: 'VERSION_CONFLICT', message: expect.stringContaining("was changed since the rotation's last step") as never },
			SECRETS,
		);
	});

	it('does not count as rolled back if it is the staged value', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		scene.edit('credential', 'new-1');
		scene.emulator.admin.settle();
		await expectRefusal(
			scene.process().rollback(),
			{ code: 'VERSION_CONFLICT', message: expect.stringContaining('is already live') as never },
			SECRETS,
		);
		await scene.process().finish({ expectedVersion: 3 });
		expect([scene.live(), stateOf(scene.reading())]).toEqual(['new-1', expect.objectContaining({ state: 'finished' })]);
	});

	it('is never the previous value of a later rotation: rollback does not replace it with an older one', async () => {
		const scene = await openFinished();
		const next = scene.process({ rotationId: 'r2' });
		await next.begin();
		scene.edit('credential', 'new-2');
		scene.emulator.admin.settle();
		await next.finish({ expectedVersion: scene.truth().version });
		await expectRefusal(next.rollback(), { code: 'INVALID_INPUT', message: expect.stringContaining('no previous value') as never }, SECRETS);
		expect(scene.live()).toBe('new-2');
	});

	it.each<[string, (scene: RotationScene) => void, string]>([
		['edited after finish', (scene) => scene.edit('credential', 'by-hand-9'), 'the live value or one of the other fields was changed'],
		[
			'removed after finish',
			({ emulator, vaultId, itemId }) =>
				emulator.admin.editItem(
					vaultId,
					itemId,
					(item) =>
						void item.fields.splice(
							item.fields.findIndex(({ label }) => label === 'credential'),
							1,
						),
				),
			'is no longer in the item',
		],
	])('is reported by the status: %s', async (_what, change, explanation) => {
		const scene = await openFinished(0, NO_EMPTY_FIELDS);
		const statusOf = (item: FullItem): ReturnType<typeof describeRotation> => describeRotation(item, { now: scene.clock.now(), dueAfterDays: 90 });
		expect(statusOf(scene.truth())).toMatchObject({
			liveValueChanged: false,
			explanation: expect.stringContaining('the new value is live'),
		});
		change(scene);
		expect(statusOf(scene.truth())).toMatchObject({
			state: 'finished',
			liveValueChanged: true,
			explanation: expect.stringContaining(explanation),
		});
	});
});

describe('roll back', () => {
	it('respects the expected version, even before finish', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		await expectRefusal(scene.process().rollback({ expectedVersion: 99 }), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect(stateOf(scene.reading())).toMatchObject({ state: 'pending' });
		await scene.process().rollback({ expectedVersion: 2 });
		expect(stateOf(scene.reading())).toMatchObject({ state: 'rolled back' });
	});

	it('drops a staged value but keeps a live one with Only If Pending', async () => {
		const [pending, finished] = [await openRotation(), await openFinished()];
		await pending.process().begin();
		await pending.process().rollback({ onlyIfPending: true });
		expect(await pending.process().rollback({ onlyIfPending: true })).toMatchObject({ changed: false });
		await expectRefusal(finished.process().rollback({ onlyIfPending: true }), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect([pending.live(), finished.live()]).toEqual([OLD, 'new-1']);
	});
});

describe('roll back after an edit of the item', () => {
	function removeField({ emulator, vaultId, itemId }: RotationScene, label: string): void {
		emulator.admin.editItem(
			vaultId,
			itemId,
			(item) =>
				void item.fields.splice(
					item.fields.findIndex((field) => field.label === label),
					1,
				),
		);
		emulator.admin.settle();
	}

	it('drops the staged value if the rotated field is gone, which finish reports', async () => {
		const scene = await openRotation({ behaviour: NO_EMPTY_FIELDS });
		await scene.process().begin();
		removeField(scene, 'credential');
		const { version } = scene.truth();
		for (const expectedVersion of [undefined, version]) {
			await expectRefusal(
				scene.process().finish({ expectedVersion }),
				{ code: 'FIELD_NOT_FOUND', advice: expect.stringContaining('rolled back') as never },
				SECRETS,
			);
		}
		expect(await scene.process().rollback()).toMatchObject({ changed: true });
		expect(await scene.process().rollback()).toMatchObject({ changed: false });
		expect(JSON.stringify(scene.truth().fields)).not.toContain('new-1');
	});

	it.each<[string, (scene: RotationScene) => void]>([
		['the live value was edited', (scene) => scene.edit('credential', 'by-hand-9')],
		['a field that went with the value before was removed', (scene) => removeField(scene, 'username')],
	])('restores no value of an earlier rotation if %s', async (_what, change) => {
		const scene = await openRotation();
		await scene.process().begin();
		await scene.process().finish({ others: [{ field: 'username', value: 'second' }] });
		const later = scene.process({ rotationId: 'r2' });
		await later.begin();
		await later.rollback();
		change(scene);
		scene.emulator.admin.settle();
		const before = scene.truth();
		await expectRefusal(scene.process({ rotationId: 'r2' }).rollback(), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect(await scene.process({ rotationId: 'r2' }).rollback({ expectedVersion: before.version })).toMatchObject({ changed: false });
		expect(scene.truth()).toEqual(before);
	});

	it('says that there is nothing to restore instead of asking for a version', async () => {
		const scene = await openRotation({ items: [{ ...KEY_ITEM, fields: [{ id: 'credential', label: 'credential', type: 'CONCEALED' }] }] });
		await scene.process().begin();
		await scene.process().finish();
		scene.edit('credential', 'by-hand-9');
		scene.emulator.admin.settle();
		await expectRefusal(
			scene.process().rollback(),
			{ code: 'INVALID_INPUT', message: expect.stringContaining('no previous value') as never },
			SECRETS,
		);
	});

	it('restores everything that a concurrent finish has set if the server refused neither', async () => {
		const scene = await openRotation({ behaviour: { unknownFieldOnPatch: 'ignore' } });
		await scene.process().begin();
		const run = blind(scene);
		await scene.process().finish({ others: [{ field: 'username', value: 'second' }] });
		await expectRefusal(scene.process({ run }).rollback(), { code: 'VERSION_CONFLICT' }, SECRETS);
		await scene.process().rollback({ expectedVersion: scene.truth().version });
		expect([scene.live(), valueOf(scene.truth(), 'username')]).toEqual([OLD, 'payments-service']);
	});
});

describe('other fields', () => {
	it.each([0, 120, -300, 800])(
		'that are dates change and are restored, even if the server has another zone (%d minutes)',
		async (zoneOffsetMinutes) => {
			const dates = [
				{ id: 'expires', type: 'DATE', label: 'expires', value: '1769817600' },
				{ id: 'month', type: 'MONTH_YEAR', label: 'month', value: '202601' },
			] as const;
			const items = [{ ...KEY_ITEM, fields: [...(KEY_ITEM.fields ?? []), ...dates] }];
			const scene = await openRotation({ behaviour: { zoneOffsetMinutes }, items });
			const others = [
				{ field: 'expires', value: '2026-11-21' },
				{ field: 'month', value: '2026/11' },
			];
			const held = (): unknown[] => dates.map(({ id }) => valueOf(scene.truth(), id));
			const before = held();
			await scene.process().begin();
			expect(await scene.process().finish({ others })).toMatchObject({ changed: true });
			expect(await scene.process().finish({ others })).toMatchObject({ changed: false });
			// One minute past noon UTC: the same day for every server.
			expect(held()).toEqual([String(Date.UTC(2026, 10, 21, 12, 1) / 1000), '202611']);
			await scene.process().rollback();
			expect(await scene.process().rollback()).toMatchObject({ changed: false });
			expect([scene.live(), ...held()]).toEqual([OLD, ...before]);
		},
	);

	it('make the status unclear, but not fail, if made unreadable', async () => {
		const scene = await openFinished();
		scene.edit('kept other fields', 'by-hand-9');
		const { state, explanation } = describeRotation(scene.truth(), { now: scene.clock.now(), dueAfterDays: 90 });
		expect([state, explanation]).toEqual(['unclear', expect.stringContaining('"kept other fields" was not written by a rotation')]);
	});
});

it('a grace period can be set after finish, and counts from there', async () => {
	const scene = await openRotation();
	await scene.process().begin();
	await scene.process().finish();
	const finishedAt = scene.clock.now();
	scene.clock.advance(3_600_000);
	expect(await scene.process().finish({ graceHours: 5 })).toMatchObject({ changed: true });
	expect(Date.parse(valueOf(scene.truth(), 'grace until') ?? '') - finishedAt).toBeLessThanOrEqual(5 * 3_600_000);
	expect(await scene.process().finish({ graceHours: 5 })).toMatchObject({ changed: false });
});
