import { describe, expect, it } from '@jest/globals';

import { describeRotation } from '../../../../nodes/shared/core/rotation/rotationStatus';
import { expectRefusal } from '../../../support/refusal';
import { OLD, openRotation, pendingOf, stateOf } from './rotationScene';
import { valueOf } from '../../../support/connectScene';

const DAY_MS = 24 * 3_600_000;

describe('a rotation', () => {
	it('stages beside the live value, promotes in one write, and ends', async () => {
		const scene = await openRotation();
		const { begin, finish, end } = scene.process();
		const begun = await begin();
		expect(begun).toMatchObject({ changed: true, concurrentEdit: false });
		expect(pendingOf(begun)).toBe('new-1');
		expect(scene.live()).toBe(OLD);
		expect(scene.truth().tags).toEqual(['payments', 'rotation']);
		expect(await finish({ graceHours: 24 })).toMatchObject({ changed: true });
		expect(scene.live()).toBe('new-1');
		expect(stateOf(scene.reading())).toMatchObject({ state: 'finished', pending: '', previous: OLD });
		expect(valueOf(scene.truth(), 'grace until')).toBe(
			new Date(scene.clock.now() - (scene.clock.now() % 1000) + DAY_MS).toISOString().replace('.000', ''),
		);
		expect(await end()).toMatchObject({ changed: true });
		expect(stateOf(scene.reading())).toMatchObject({ state: 'ended', previous: '' });
		expect([scene.live(), scene.applied()]).toEqual(['new-1', 3]);
	});

	it('is readable for people', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		const item = scene.truth();
		expect(item.sections).toEqual([expect.objectContaining({ label: 'Rotation' })]);
		const rows = (item.fields ?? []).filter(({ section }) => section).map(({ label, type, value }) => [label, type, value]);
		expect(rows).toEqual([
			['rotation ID', 'STRING', 'r1'],
			['rotation state', 'STRING', 'pending'],
			['rotated field', 'STRING', 'credential (credential)'],
			['pending value', 'CONCEALED', 'new-1'],
			['previous value', 'CONCEALED', undefined],
			['withdrawn value', 'CONCEALED', undefined],
			['kept other fields', 'CONCEALED', undefined],
			['rotation started', 'STRING', '2026-01-01T00:00:00Z'],
			['rotation finished', 'STRING', undefined],
			['grace until', 'STRING', undefined],
			['staged at version', 'STRING', '2'],
			['value check', 'CONCEALED', expect.stringMatching(/^[0-9a-f]{32}$/)],
		]);
	});

	it.each(['begin', 'finish', 'end'] as const)('changes nothing more when the step %s is repeated', async (step) => {
		const scene = await openRotation();
		for (const name of ['begin', 'finish', 'end'] as const) {
			await scene.process()[name]();
			if (name === step) break;
		}
		const before = scene.truth();
		const repeated = await scene.process()[step]();
		expect(repeated.changed).toBe(false);
		expect(scene.truth()).toEqual(before);
		expect(pendingOf(repeated)).toBe(step === 'begin' ? 'new-1' : '');
	});

	it('keeps the live value and drops the staged one when rolled back before finish', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		expect(await scene.process().rollback()).toMatchObject({ changed: true });
		expect(await scene.process().rollback()).toMatchObject({ changed: false });
		expect(JSON.stringify(scene.truth().fields)).not.toContain('new-1');
		expect([scene.live(), stateOf(scene.reading())]).toEqual([OLD, expect.objectContaining({ state: 'rolled back', previous: '' })]);
		await expectRefusal(scene.process().begin(), { code: 'VERSION_CONFLICT' });
		await expectRefusal(scene.process().finish(), { code: 'VERSION_CONFLICT' });
	});

	it('restores the old value and keeps the new one when rolled back after finish', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		await scene.process().finish({ graceHours: 1 });
		expect(await scene.process().rollback()).toMatchObject({ changed: true });
		expect(await scene.process().rollback()).toMatchObject({ changed: false });
		expect([scene.live(), stateOf(scene.reading())]).toEqual([
			OLD,
			expect.objectContaining({ state: 'rolled back', previous: '', withdrawn: 'new-1' }),
		]);
	});

	it("can't be rolled back after it has ended", async () => {
		const scene = await openRotation();
		await scene.process().begin();
		await scene.process().end();
		expect(scene.live()).toBe('new-1');
		await expectRefusal(scene.process().rollback(), { code: 'VERSION_CONFLICT' }, [OLD, 'new-1']);
	});

	it('can be followed by another one, which keeps the previous value until it has its own', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		await scene.process().finish();
		await scene.process({ rotationId: 'r2' }).begin();
		expect(stateOf(scene.reading())).toEqual({ rotationId: 'r2', state: 'pending', pending: 'new-2', previous: OLD, strays: 0 });
		await scene.process({ rotationId: 'r2' }).finish();
		expect(stateOf(scene.reading())).toEqual({ rotationId: 'r2', state: 'finished', pending: '', previous: 'new-1', strays: 0 });
		expect(scene.live()).toBe('new-2');
		expect(scene.truth().sections).toHaveLength(1);
	});
});

describe('a rotation step is refused', () => {
	const SECRETS = [OLD, 'new-1', 'new-2', 'given'];

	it('if another rotation is pending, and stages nothing', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		const before = scene.truth();
		for (const attempt of ['begin', 'finish', 'rollback'] as const) {
			await expectRefusal(
				scene.process({ rotationId: 'r2' })[attempt](),
				{ code: 'VERSION_CONFLICT', message: expect.stringContaining('"r1"') as never },
				SECRETS,
			);
		}
		expect(scene.truth()).toEqual(before);
	});

	it('if there is no rotation', async () => {
		const scene = await openRotation();
		for (const attempt of ['finish', 'rollback'] as const) await expectRefusal(scene.process()[attempt](), { code: 'INVALID_INPUT' }, SECRETS);
	});

	it('while the grace period of the previous rotation has not been ended', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		await scene.process().finish({ graceHours: 1 });
		const next = scene.process({ rotationId: 'r2' });
		await expectRefusal(
			next.begin(),
			{ code: 'VERSION_CONFLICT', message: expect.stringContaining('is in its grace period until') as never },
			SECRETS,
		);
		scene.clock.advance(3_601_000);
		await expectRefusal(next.begin(), { code: 'VERSION_CONFLICT', message: expect.stringContaining('ended at') as never }, SECRETS);
		await scene.process().end();
		expect(await next.begin()).toMatchObject({ changed: true });
	});

	it('if the ID was used for another value', async () => {
		const scene = await openRotation();
		await scene.process().begin({ isGiven: true, value: 'given' });
		await scene.process().finish();
		const again = scene.process();
		await expectRefusal(
			again.begin({ isGiven: true, value: 'new-2' }),
			{ code: 'VERSION_CONFLICT', message: expect.stringContaining('was used before') as never },
			SECRETS,
		);
		expect(await again.begin({ isGiven: true, value: 'given' })).toMatchObject({ changed: false });
		await again.end();
		await expectRefusal(again.begin({ isGiven: true, value: 'new-2' }), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect(scene.live()).toBe('given');
	});

	it('if another value or field is given for the same rotation', async () => {
		const scene = await openRotation();
		await scene.process().begin({ isGiven: true, value: 'given' });
		await expectRefusal(scene.process().begin({ isGiven: true, value: 'new-2' }), { code: 'VERSION_CONFLICT' }, SECRETS);
		await expectRefusal(scene.process().begin({ field: 'hostname' }), { code: 'VERSION_CONFLICT' }, SECRETS);
		expect(await scene.process().begin({ isGiven: true, value: 'given' })).toMatchObject({ changed: false });
	});

	it.each([
		['the live value', { isGiven: true, value: OLD }, 'INVALID_INPUT'],
		['an unknown field', { field: 'nothing' }, 'FIELD_NOT_FOUND'],
		['the stand-in of a hidden value', { isGiven: true, value: '<concealed by 1Password>' }, 'INVALID_INPUT'],
	] as const)('if it begins with %s', async (_what, command, code) => {
		const scene = await openRotation();
		await expectRefusal(scene.process().begin(command), { code }, SECRETS);
		expect(scene.applied()).toBe(0);
	});
});

describe('a manual edit between begin and finish', () => {
	it('makes finish refuse; nothing is lost, and the status explains', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		scene.edit('hostname', 'edited.example.com');
		scene.emulator.admin.settle();
		const before = scene.truth();
		const error = await expectRefusal(scene.process().finish(), { code: 'VERSION_CONFLICT' }, [OLD, 'new-1']);
		expect(error.message).toBe(
			`The item is at version 3, the new value was staged at version 2; it was last edited by ${before.lastEditedBy} at ${before.updatedAt}.`,
		);
		expect(scene.truth()).toEqual(before);
		const { explanation, state } = describeRotation(before, { now: scene.clock.now(), dueAfterDays: 90 });
		expect([state, explanation]).toEqual([
			'pending',
			expect.stringContaining(`version 3, the new value was staged at version 2; it was last edited by ${before.lastEditedBy}`),
		]);
	});

	it('can be accepted by giving its version, and no other', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		scene.edit('credential', 'by-hand-9');
		scene.emulator.admin.settle();
		await expectRefusal(scene.process().finish({ expectedVersion: 2 }), { code: 'VERSION_CONFLICT' });
		await scene.process().finish({ expectedVersion: 3 });
		expect([scene.live(), stateOf(scene.reading())]).toEqual(['new-1', expect.objectContaining({ previous: 'by-hand-9' })]);
	});

	it('leaves rollback possible, which keeps the edit', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		scene.edit('credential', 'by-hand-9');
		scene.emulator.admin.settle();
		await scene.process().rollback();
		expect(scene.live()).toBe('by-hand-9');
	});

	it('that puts the staged value in place loses no remaining value', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		scene.edit('credential', 'new-1');
		scene.emulator.admin.settle();
		await scene.process().finish({ expectedVersion: 3 });
		expect([scene.live(), stateOf(scene.reading())]).toEqual(['new-1', expect.objectContaining({ previous: '' })]);
	});
});

describe('a manual edit after finish', () => {
	it('of another field leaves rollback possible', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		await scene.process().finish();
		scene.edit('hostname', 'edited.example.com');
		scene.emulator.admin.settle();
		await scene.process().rollback();
		expect([scene.live(), valueOf(scene.truth(), 'hostname')]).toEqual([OLD, 'edited.example.com']);
	});

	it('of the live value makes rollback refuse unless its version is given, which keeps the edited value', async () => {
		const scene = await openRotation();
		await scene.process().begin();
		await scene.process().finish();
		scene.edit('credential', 'by-hand-9');
		scene.emulator.admin.settle();
		await expectRefusal(scene.process().rollback(), { code: 'VERSION_CONFLICT' }, [OLD, 'new-1', 'by-hand-9']);
		expect(scene.live()).toBe('by-hand-9');
		await scene.process().rollback({ expectedVersion: 4 });
		expect([scene.live(), stateOf(scene.reading())]).toEqual([OLD, expect.objectContaining({ withdrawn: 'by-hand-9' })]);
	});
});

describe('lagging reads', () => {
	it('longer than the user waits make the step fail unconfirmed, and its repetition finds it done', async () => {
		const scene = await openRotation({ behaviour: { replicas: [{ readLagMs: 20_000 }] } });
		await expectRefusal(scene.process({ syncTimeoutMs: 2_000 }).begin(), { code: 'UNAVAILABLE', outcomeUnknown: true });
		scene.clock.advance(20_000);
		const repeated = await scene.process().begin();
		expect([repeated.changed, pendingOf(repeated)]).toEqual([false, 'new-1']);
	});

	it('on another process make it wait until it sees the begun rotation', async () => {
		const scene = await openRotation({ behaviour: { replicas: [{ readLagMs: 0 }, { readLagMs: 3_000 }] } });
		await scene.process().begin();
		await scene.process().finish();
		expect(scene.live()).toBe('new-1');
	});
});
