import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { seededRandom, type BehaviourOptions } from '../../../emulators/connect';
import { Interleaver, inTurns, type Turn } from './processes';
import { OLD, openRotation, pendingOf, settle, stateOf, type RotationScene, type Steps } from './rotationScene';

const SEEDS = Array.from({ length: 8 }, (_, seed) => seed + 1);

const KNOBS: ReadonlyArray<readonly [string, BehaviourOptions]> = [
	['409 for the later writer', { concurrentWrites: 'conflict' }],
	['writers in a row', { concurrentWrites: 'serialise' }],
	['404 for a field that is gone', { concurrentWrites: 'serialise', unknownFieldOnPatch: 404 }],
	['no refusal of a field that is gone', { concurrentWrites: 'serialise', unknownFieldOnPatch: 'ignore' }],
	['replicas that lag', { replicas: [{ readLagMs: 0 }, { readLagMs: 3_000 }] }],
];

const CASES = KNOBS.flatMap(([name, behaviour]) => SEEDS.map((seed) => [name, seed, behaviour] as const));

async function race<T>(
	scene: RotationScene,
	seed: number,
	contestants: ReadonlyArray<readonly [rotationId: string, step: (steps: Steps) => Promise<T>]>,
): Promise<Array<T | OnePasswordError>> {
	const interleaver = new Interleaver(seededRandom(seed));
	const results = await interleaver.run(
		contestants.map(([rotationId, step]) => async (turn: Turn) => {
			const steps = scene.process({ rotationId, run: inTurns(scene.open(), turn) });
			return await settle(step(steps));
		}),
	);
	scene.emulator.admin.settle();
	return results;
}

async function rotateOnce(scene: RotationScene): Promise<void> {
	await scene.process({ rotationId: 'r0' }).begin();
	await scene.process({ rotationId: 'r0' }).finish();
	scene.emulator.admin.settle();
}

describe.each([
	['the first rotation', false],
	['a later rotation', true],
])('%s of one item, begun twice', (_which, isLater) => {
	it.each(CASES)('%s, seed %d: one wins, and can finish', async (_name, seed, behaviour) => {
		const scene = await openRotation({ behaviour });
		if (isLater) await rotateOnce(scene);
		const live = scene.live();
		const before = scene.offered.length;
		const results = await race(
			scene,
			seed,
			['a', 'b'].map((id) => [id, async ({ begin }) => await begin({ value: `of-${id}` })]),
		);
		const winner = ['a', 'b'].find((_id, index) => !(results[index] instanceof OnePasswordError)) ?? '';
		const losses = results.filter((result) => result instanceof OnePasswordError);
		expect(losses.map(({ code }) => code)).toEqual(['VERSION_CONFLICT']);
		expect(stateOf(scene.reading())).toEqual({
			rotationId: winner,
			state: 'pending',
			pending: `of-${winner}`,
			previous: isLater ? OLD : '',
			strays: 0,
		});
		expect([scene.live(), scene.offered.length - before]).toEqual([live, 2]);
		const loser = winner === 'a' ? 'b' : 'a';
		expect(await settle(scene.process({ rotationId: loser, syncTimeoutMs: 1_000 }).rollback())).toBeInstanceOf(OnePasswordError);
		await scene.process({ rotationId: winner }).finish();
		expect(stateOf(scene.reading())).toMatchObject({ state: 'finished', previous: live });
		expect(scene.live()).toBe(`of-${winner}`);
	});

	it.each(CASES)('%s, seed %d: both get the same value for the same rotation', async (_name, seed, behaviour) => {
		const scene = await openRotation({ behaviour });
		if (isLater) await rotateOnce(scene);
		const results = await race(
			scene,
			seed,
			[1, 2].map((n) => ['same', async ({ begin }) => await begin({ value: `of-${n}` })]),
		);
		const staged = results.map((result) => (result instanceof OnePasswordError ? result : pendingOf(result)));
		expect(staged).toEqual([staged[0], staged[0]]);
		expect(stateOf(scene.reading())).toMatchObject({ rotationId: 'same', pending: staged[0], strays: 0 });
		await scene.process({ rotationId: 'same' }).finish();
		expect(scene.live()).toBe(staged[0]);
	});
});

it.each(CASES)('three at once, %s, seed %d: at most one wins, and no live value is lost', async (_name, seed, behaviour) => {
	const scene = await openRotation({ behaviour });
	const results = await race(
		scene,
		seed,
		['a', 'b', 'c'].map((id) => [id, async ({ begin }) => await begin({ value: `of-${id}` })]),
	);
	const winners = ['a', 'b', 'c'].filter((_id, index) => !(results[index] instanceof OnePasswordError));
	expect([winners.length, scene.live()]).toEqual([1, OLD]);
	expect(stateOf(scene.reading())).toMatchObject({ rotationId: winners[0], pending: `of-${winners[0]}` });
	await scene.process({ rotationId: winners[0] }).finish();
	expect([scene.live(), stateOf(scene.reading())]).toEqual([
		`of-${winners[0]}`,
		expect.objectContaining({ state: 'finished', previous: OLD, strays: 0 }),
	]);
});

describe.each([
	['finish and finish', ['finish', 'finish']],
	['finish and rollback', ['finish', 'rollback']],
	['rollback and rollback', ['rollback', 'rollback']],
] as const)('%s of one rotation at once', (_what, steps) => {
	it.each(CASES)('%s, seed %d: neither key is lost', async (_name, seed, behaviour) => {
		const scene = await openRotation({ behaviour });
		await scene.process().begin();
		scene.emulator.admin.settle();
		const results = await race(
			scene,
			seed,
			steps.map((step) => ['r1', async (process) => await process[step]()]),
		);
		const failed = results.filter((result) => result instanceof OnePasswordError);
		// A server that refuses nothing lets each undo a part of the other: one is told at least, and a repetition mends it.
		if (failed.length > 0 && behaviour.unknownFieldOnPatch === 'ignore') {
			const { version } = scene.truth();
			await scene.process().rollback({ expectedVersion: version });
		} else expect(failed.length).toBeLessThan(2);
		const reading = scene.reading();
		if (reading.kind !== 'found') throw new Error('The rotation is gone.');
		const { state, values } = reading.current;
		expect(scene.live()).toBe(state === 'finished' ? 'new-1' : OLD);
		expect([scene.live(), values.previous]).toContain(OLD);
		if (steps[0] === steps[1]) expect(results.map((result) => result instanceof OnePasswordError)).toEqual([false, false]);
	});
});
