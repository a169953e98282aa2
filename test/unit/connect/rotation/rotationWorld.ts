/**
 * Processes of n8n and persons that work at one item at once, in an order that a seed decides: killed at their writes, with
 * answers that are cut, on servers that lag behind each other.
 *
 * Left out, as known limits: a server that refuses no field that is gone; a person who puts the staged value in place, which
 * needs the expected version, as does the end of a grace period after an edit by hand. An edit between a step's read and its
 * write may be overwritten: the step tells of it.
 */

import type { ConnectRun } from '../../../../nodes/shared/connect/run/connectRun';
import type { StepResult } from '../../../../nodes/shared/connect/rotation/rotationSteps';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { describeRotation } from '../../../../nodes/shared/core/rotation/rotationStatus';
import { seededRandom, type BehaviourOptions, type FaultKind } from '../../../emulators/connect';
import { Interleaver, Killed, inTurns, type Turn } from './processes';
import { Ledger, snapshotOf, type Snapshot, type Step } from './rotationLedger';
import { OLD, openRotation, type RotationScene, type Steps } from './rotationScene';

const ROUNDS = 10;

type Kind = 'rotate' | 'begin' | 'rollback' | 'end' | 'edit';

/** Who is there; one seed has one cast, so that each kind of meeting is frequent in some. */
const CASTS: ReadonlyArray<readonly Kind[]> = [
	['rotate', 'rotate', 'rotate', 'begin', 'rollback', 'end', 'edit'],
	['rotate', 'edit'],
	['rotate', 'begin'],
	['rotate', 'rollback', 'end'],
	['rotate', 'rotate', 'rollback', 'rollback', 'end', 'end', 'edit'],
];

const LAGS: ReadonlyArray<readonly number[]> = [[0], [150], [4_000], [0, 3_000], [20_000, 0], [0, 3_000, 9_000]];

const CUTS: readonly FaultKind[] = [
	{ kind: 'resetBeforeHeaders', act: true },
	{ kind: 'resetBeforeHeaders', act: false },
	{ kind: 'cutMidBody' },
	{ kind: 'status', status: 500 },
	{ kind: 'html' },
];

/** At which of its writes a process is killed, and whether the server has acted by then. */
interface Death {
	readonly atWrite: number;
	readonly acts: boolean;
}

interface Process {
	readonly name: string;
	readonly rotationId: string;
	readonly turn: Turn;
}

/** @returns what happened, and what must not have happened. */
export async function playRotations(seed: number): Promise<Ledger> {
	const random = seededRandom(seed);
	const dice = new Dice(random);
	const behaviour: BehaviourOptions = {
		replicas: dice.pick(LAGS).map((readLagMs) => ({ readLagMs })),
		concurrentWrites: dice.pick(['conflict', 'serialise'] as const),
		unknownFieldOnPatch: dice.pick([400, 404] as const),
		writeLatencyMs: dice.pick([0, 5]),
	};
	const world = new World(await openRotation({ behaviour }), dice, random);
	world.ledger.note(JSON.stringify(behaviour));
	for (let round = 0; round < ROUNDS && world.ledger.breaches.length === 0; round++) await world.playRound(round);
	if (world.ledger.breaches.length === 0) await world.rotateOnceMore();
	return world.ledger;
}

class Dice {
	constructor(private readonly random: () => number) {}

	chance(share: number): boolean {
		return this.random() < share;
	}

	pick<T>(choices: readonly T[]): T {
		return choices[Math.floor(this.random() * choices.length)] as T;
	}
}

class World {
	readonly ledger = new Ledger();
	private readonly cast: readonly Kind[];
	private processes = 0;
	private typed = 0;
	private generation = 0;

	constructor(
		private readonly scene: RotationScene,
		private readonly dice: Dice,
		private readonly random: () => number,
	) {
		this.cast = dice.pick(CASTS);
	}

	async playRound(round: number): Promise<void> {
		const { ledger, scene, dice } = this;
		if (this.look().state !== 'pending' && dice.chance(0.4)) this.generation++;
		const kinds = dice.pick([[0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]).map(() => dice.pick(this.cast));
		ledger.note(`round ${round}: ${kinds.join(', ')}`);
		await new Interleaver(this.random, dice.pick([0, 0.3])).run(kinds.map((kind) => async (turn) => await this.act(kind, turn)));
		scene.emulator.faults.clear();
		if (dice.chance(0.5)) scene.emulator.admin.settle();
		if (dice.chance(0.2)) scene.clock.advance(dice.pick([1_000, 7_200_000]));
		ledger.rested(this.look());
	}

	/** Whatever has happened, documented steps lead on: to a rotation that finishes, and leaves nothing beside it. */
	async rotateOnceMore(): Promise<void> {
		this.settleForGood();
		await this.leavePending();
		const { state, graceUntil, rotationId, version } = this.look();
		if (state === 'finished' && graceUntil !== '') {
			await this.take('last', 'finish', this.calmly(rotationId).finish({ previousValue: 'drop', expectedVersion: version }));
			this.settleForGood();
		}
		const last = this.calmly('last');
		const isDone = (await this.take('last', 'begin', last.begin())) && (await this.take('last', 'finish', last.finish()));
		if (!isDone) this.ledger.breach('the item can not be rotated any more');
		else if (this.look().strays > 0) this.ledger.breach('sets are left beside the last rotation');
	}

	/** A pending rotation can be finished if nobody has edited the item since its begin; if not, it can be rolled back. */
	private async leavePending(): Promise<void> {
		const { state, rotationId } = this.look();
		if (state !== 'pending') return;
		if (!(await this.take('last', 'finish', this.calmly(rotationId).finish()))) {
			if (this.ledger.isUntouched(rotationId)) this.ledger.breach('nobody has edited the item, and finish is refused');
			this.settleForGood();
			if (!(await this.take('last', 'rollback', this.calmly(rotationId).rollback()))) this.ledger.breach('neither finish nor rollback is possible');
		}
		this.settleForGood();
	}

	private settleForGood(): void {
		this.scene.emulator.admin.settle();
		this.scene.clock.advance(3_600_000);
	}

	private async act(kind: Kind, turn: Turn): Promise<void> {
		const rotationId = this.chooseId(kind);
		const process: Process = { name: `${kind} ${++this.processes} [${rotationId}]`, rotationId, turn };
		if (kind === 'edit') return await this.edit(turn);
		if (this.dice.chance(0.15)) {
			this.scene.break('PATCH', this.dice.pick(CUTS), { times: 1 });
			this.ledger.broke();
		}
		if (kind === 'rotate') return await this.rotate(process);
		if (kind === 'begin') return void (await this.begin(process));
		const steps = this.open(process, kind, this.maybeDeath(0.25));
		await this.take(process.name, kind, steps[kind]());
	}

	/** Whoever only ends a rotation or rolls it back mostly takes the ID that stands in the item. */
	private chooseId(kind: Kind): string {
		const { rotationId } = this.look();
		if ((kind === 'rollback' || kind === 'end') && rotationId !== '' && this.dice.chance(0.9)) return rotationId;
		const name = this.dice.pick(['a', 'a', 'b']);
		// Every rotation has its own ID.
		while (this.ledger.spent.has(`${name}${this.generation}`)) this.generation++;
		return `${name}${this.generation}`;
	}

	private async edit(turn: Turn): Promise<void> {
		const { dice, scene } = this;
		for (let turns = dice.pick([1, 2, 4, 8]); turns > 0; turns--) await turn();
		const label = dice.pick(['credential', 'hostname', 'username']);
		const value = `hand-${++this.typed}`;
		scene.edit(label, value);
		this.ledger.edited(label, value, this.look());
	}

	private async rotate(process: Process): Promise<void> {
		const { dice } = this;
		const begun = await this.begin(process);
		if (begun === undefined || dice.chance(0.2)) return;
		const steps = this.open(process, 'finish', this.maybeDeath(0.2));
		const previousValue = dice.chance(0.15) ? 'drop' : 'keep';
		const finished = await this.take(process.name, 'finish', steps.finish({ previousValue, graceHours: dice.chance(0.2) ? 1 : undefined }));
		if (!finished?.changed) return;
		const { concurrentEdit, item } = finished;
		this.ledger.finished({ by: process.name, begun, finished: snapshotOf(item), concurrentEdit });
	}

	private async begin(process: Process): Promise<Snapshot | undefined> {
		const { name, rotationId } = process;
		const given = this.dice.chance(0.5) ? { isGiven: true, value: `given-${rotationId}` } : {};
		const begun = await this.take(name, 'begin', this.open(process, 'begin', this.maybeDeath(0.25)).begin(given));
		if (begun === undefined) return undefined;
		const shown = snapshotOf(begun.item);
		this.ledger.begun(name, rotationId, shown, begun.changed);
		return shown;
	}

	/** @returns the result, or `undefined` where the step was refused or its process killed. */
	private async take(by: string, step: Step, taken: Promise<StepResult>): Promise<StepResult | undefined> {
		const { ledger, scene } = this;
		const secrets = [OLD, ...scene.offered];
		try {
			const result = await taken;
			const status = describeRotation(result.item, { now: scene.clock.now(), dueAfterDays: 90 });
			ledger.note(`  ${by} ${step}: ${status.state}, changed ${result.changed}, concurrent edit ${result.concurrentEdit}`);
			ledger.took(by, result.concurrentEdit);
			ledger.discloses(`the status after ${step}`, status, secrets);
			return result;
		} catch (error) {
			if (error instanceof Killed) {
				ledger.note(`  ${by} was killed`);
				ledger.broke();
			} else if (error instanceof OnePasswordError) {
				if (error.code !== 'VERSION_CONFLICT') ledger.broke();
				ledger.note(`  ${by} ${step}: ${error.code} ${error.message}`);
				ledger.discloses(`the error of ${step}`, error, secrets);
			} else ledger.breach(`${by} ${step}: ${String(error)}`);
			return undefined;
		}
	}

	private maybeDeath(share: number): Death | undefined {
		const { dice } = this;
		return dice.chance(share) ? { atWrite: dice.pick([1, 1, 2]), acts: dice.chance(0.5) } : undefined;
	}

	/** A process for one step. */
	private open({ name, rotationId, turn }: Process, step: Step, death?: Death): Steps {
		const run = this.observe(this.scene.open({ timeoutMs: 500 }), name, step, death);
		return this.scene.process({ rotationId, syncTimeoutMs: this.dice.pick([1_500, 6_000, 15_000]), run: inTurns(run, turn) });
	}

	/** Nobody else is active, and nothing fails. */
	private calmly(rotationId: string): Steps {
		return this.scene.process({ rotationId });
	}

	private observe(run: ConnectRun, by: string, step: Step, death: Death | undefined): ConnectRun {
		const { client } = run;
		const { patchItem } = client;
		let writes = 0;
		client.patchItem = async (...to) => {
			const dies = death?.atWrite === ++writes;
			if (dies && !death.acts) throw new Killed();
			const before = this.look();
			const answer = await patchItem.apply(client, to).finally(() => this.ledger.wrote({ by, step, before, after: this.look() }));
			if (dies) throw new Killed();
			return answer;
		};
		return run;
	}

	private look(): Snapshot {
		return snapshotOf(this.scene.truth());
	}
}
