import { describe, expect, it } from '@jest/globals';

import type { ConnectRun } from '../../../../nodes/shared/connect/run/connectRun';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import type { FaultKind } from '../../../emulators/connect';
import { Killed } from './processes';
import { OLD, openRotation, pendingOf, settle, stateOf, type RotationScene, type Steps } from './rotationScene';
import { LOST_ANSWERS } from '../../../support/connectScene';

/**
 * Every step, broken in every way, and then taken again by another process of n8n: the live value is always one that the
 * provider accepts, there is never a second new key, and the old key is never lost.
 */

type Step = keyof Steps;

/** What comes before the step that breaks, and what the item holds once it was repeated. */
const MATRIX: ReadonlyArray<readonly [Step, readonly Step[], object]> = [
	['begin', [], { state: 'pending', live: OLD, pending: 'new-1', previous: '' }],
	['finish', ['begin'], { state: 'finished', live: 'new-1', pending: '', previous: OLD }],
	['end', ['begin', 'finish'], { state: 'ended', live: 'new-1', pending: '', previous: '' }],
	['rollback', ['begin'], { state: 'rolled back', live: OLD, pending: '', previous: '' }],
	['rollback', ['begin', 'finish'], { state: 'rolled back', live: OLD, pending: '', previous: '', withdrawn: 'new-1' }],
];

const DEATHS: ReadonlyArray<readonly [string, boolean]> = [
	['killed right before the request', false],
	['killed right after the server acted', true],
];

function doomed(run: ConnectRun, acts: boolean): ConnectRun {
	const patchItem = run.client.patchItem.bind(run.client);
	run.client.patchItem = async (...to) => {
		if (acts) await patchItem(...to);
		throw new Killed();
	};
	return run;
}

/** A provider that is told of a new key when it was staged, and to forget the old one before the grace is ended. */
class Provider {
	readonly accepted = new Set([OLD]);

	check(scene: RotationScene): void {
		expect([...this.accepted]).toContain(scene.live());
		const reading = scene.reading();
		const kept = reading.kind === 'found' ? [scene.live(), reading.current.values.previous] : [scene.live()];
		if (this.accepted.has(OLD)) expect(kept).toContain(OLD);
	}

	revoke(step: Step): void {
		if (step === 'end') this.accepted.delete(OLD);
	}

	/** The new key, once it counts as staged. */
	issue(step: Step, key: string): void {
		if (step === 'begin') this.accepted.add(key);
		expect(this.accepted.size).toBeLessThanOrEqual(2);
	}
}

async function take(scene: RotationScene, provider: Provider, step: Step, by: Steps): Promise<void> {
	provider.revoke(step);
	const result = await by[step]();
	provider.issue(step, pendingOf(result));
	provider.check(scene);
}

function held(scene: RotationScene): object {
	return { ...stateOf(scene.reading()), live: scene.live() };
}

describe.each(MATRIX)('%s after %j', (step, before, expected) => {
	it.each(LOST_ANSWERS)('%s, and repeated', async (_how, kind: FaultKind, acted) => {
		const scene = await openRotation();
		const provider = new Provider();
		for (const earlier of before) await take(scene, provider, earlier, scene.process());
		provider.revoke(step);
		scene.break('PATCH', kind, { times: 1 });
		const first = await settle(scene.process({ timeoutMs: 200 })[step]());
		provider.check(scene);
		expect(first instanceof OnePasswordError).toBe(!acted);
		if (first instanceof OnePasswordError) {
			expect(first.details).toMatchObject({ outcomeUnknown: true, advice: expect.stringContaining('same rotation ID') });
		}
		await take(scene, provider, step, scene.process());
		expect(held(scene)).toMatchObject({ ...adjust(expected, acted || step !== 'begin'), strays: 0 });
		await take(scene, provider, step, scene.process());
		expect(scene.applied()).toBe(before.length + 1);
	});

	it.each(
		DEATHS.flatMap(
			([how, acts]) =>
				[
					[how, acts, 150],
					[how, acts, 4_000],
				] as const,
		),
	)('%s (acted: %s), and repeated while reads lag %d ms', async (_how, acts, readLagMs) => {
		const scene = await openRotation({ behaviour: { replicas: [{ readLagMs: 0 }, { readLagMs }] } });
		const provider = new Provider();
		for (const earlier of before) await take(scene, provider, earlier, scene.process());
		provider.revoke(step);
		await expect(scene.process({ run: doomed(scene.open(), acts) })[step]()).rejects.toBeInstanceOf(Killed);
		provider.check(scene);
		await take(scene, provider, step, scene.process());
		expect(held(scene)).toMatchObject({ ...adjust(expected, acts || step !== 'begin'), strays: 0 });
		scene.emulator.admin.settle();
		const settled = scene.truth();
		await take(scene, provider, step, scene.process());
		expect(scene.truth()).toEqual(settled);
	});
});

/** Where nothing was staged by the first process, the key of the second one is the only one. */
function adjust(expected: object, firstCounts: boolean): object {
	return firstCounts ? expected : { ...expected, pending: 'new-2' };
}

it('can be completed after a crash at every step', async () => {
	const scene = await openRotation({ behaviour: { replicas: [{ readLagMs: 0 }, { readLagMs: 4_000 }] } });
	const provider = new Provider();
	for (const step of ['begin', 'finish', 'end'] as const) {
		await expect(scene.process({ run: doomed(scene.open(), true) })[step]()).rejects.toBeInstanceOf(Killed);
		await take(scene, provider, step, scene.process());
	}
	expect(held(scene)).toMatchObject({ state: 'ended', live: 'new-1', previous: '', strays: 0 });
});

describe('a second rotation that began without seeing the first one, and was killed', () => {
	async function openWithStray(): Promise<RotationScene> {
		const scene = await openRotation();
		const unaware = doomed(scene.open(), true);
		const early = scene.truth();
		await scene.process().begin();
		unaware.client.item = async () => await Promise.resolve(early);
		await expect(scene.process({ rotationId: 'r2', run: unaware }).begin()).rejects.toBeInstanceOf(Killed);
		scene.emulator.admin.settle();
		expect(stateOf(scene.reading())).toEqual({ rotationId: 'r1', state: 'pending', pending: 'new-1', previous: '', strays: 1 });
		return scene;
	}

	it.each([
		['finish', { state: 'finished', live: 'new-1', previous: OLD, strays: 0 }],
		['rollback', { state: 'rolled back', live: OLD, previous: '', strays: 0 }],
	] as const)('does not prevent the first one from %s, which cleans it up', async (step, expected) => {
		const scene = await openWithStray();
		await scene.process()[step]();
		expect(held(scene)).toMatchObject({ rotationId: 'r1', ...expected });
		expect(JSON.stringify(scene.truth().fields)).not.toContain('new-2');
	});

	it('withdraws when repeated, and the first one continues', async () => {
		const scene = await openWithStray();
		expect(await settle(scene.process({ rotationId: 'r2' }).begin())).toMatchObject({ code: 'VERSION_CONFLICT' });
		expect(held(scene)).toMatchObject({ rotationId: 'r1', state: 'pending', pending: 'new-1', strays: 0 });
		await scene.process().finish();
		expect(held(scene)).toMatchObject({ state: 'finished', live: 'new-1', previous: OLD });
	});
});
