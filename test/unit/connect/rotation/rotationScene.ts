/** Rotations of the first item of a scene, by processes that share nothing, and a provider that accepts some keys. */

import { beginRotation, finishRotation, rollBackRotation, type StepResult } from '../../../../nodes/shared/connect/rotation/rotationSteps';
import type { ConnectRun } from '../../../../nodes/shared/connect/run/connectRun';
import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import type { BeginCommand } from '../../../../nodes/shared/core/rotation/rotationBegin';
import type { FinishCommand } from '../../../../nodes/shared/core/rotation/rotationFinish';
import type { RollbackCommand } from '../../../../nodes/shared/core/rotation/rotationRollback';
import { readRotation, type RotationReading } from '../../../../nodes/shared/core/rotation/state/rotationState';
import type { FullItem } from '../../../../nodes/shared/core/wire';
import { CANARY } from '../../../support/refusal';
import { openScene, valueOf, type RunOptions, type Scene, type SceneOptions } from '../../../support/connectScene';

export const OLD = CANARY;

export interface Steps {
	begin(command?: Partial<BeginCommand>): Promise<StepResult>;
	finish(command?: Partial<FinishCommand>): Promise<StepResult>;
	end(): Promise<StepResult>;
	rollback(command?: Partial<RollbackCommand>): Promise<StepResult>;
}

export interface RotationScene extends Scene {
	/** The steps as one process of n8n takes them; each call is another process. */
	process(options?: RunOptions & { run?: ConnectRun; rotationId?: string; syncTimeoutMs?: number }): Steps;
	/** The item as it truly is. */
	truth(): FullItem;
	live(): string | undefined;
	reading(): RotationReading;
	/** Every value that a process has offered for staging, in order. */
	readonly offered: string[];
	/** Changes a field as a person does in the app. */
	edit(label: string, value: string): void;
}

export async function openRotation(options: SceneOptions = {}): Promise<RotationScene> {
	const scene = await openScene(options);
	const { emulator, clock, vaultId, itemId } = scene;
	const offered: string[] = [];
	const truth = (): FullItem => emulator.admin.item(vaultId, itemId);
	return {
		...scene,
		offered,
		truth,
		live: () => valueOf(truth(), 'credential'),
		reading: () => readRotation(truth()),
		edit: (label, value) => {
			emulator.admin.editItem(vaultId, itemId, (item) => {
				for (const field of item.fields) if (field.label === label) field.value = value;
			});
		},
		process: ({ run, rotationId = 'r1', syncTimeoutMs, ...runOptions } = {}) => {
			const own = run ?? scene.open(runOptions);
			const target = { vaultId, itemId, syncTimeoutMs };
			const step = (): { rotationId: string; now: number } => ({ rotationId, now: clock.now() });
			const finish = async (command: Partial<FinishCommand> = {}): Promise<StepResult> =>
				await finishRotation(own, target, { ...step(), previousValue: 'keep', ...command });
			return {
				begin: async (command = {}) => {
					// Each process makes a value of its own: which of them counts is for the item to say.
					const value = command.value ?? `new-${offered.length + 1}`;
					offered.push(value);
					const staging = { ...step(), field: 'credential', isGiven: false, tag: 'rotation', ...command, value };
					return await beginRotation(own, target, staging);
				},
				finish,
				end: async () => await finish({ previousValue: 'drop' }),
				rollback: async (command = {}) => await rollBackRotation(own, target, { ...step(), ...command }),
			};
		},
	};
}

/** A summary of the item's contents. */
export function stateOf(reading: RotationReading): object {
	if (reading.kind !== 'found') return reading;
	const { values, state } = reading.current;
	const { rotationId, pending, previous, withdrawn } = values;
	const strays = reading.strays.filter((stray) => stray.state !== 'withdrawn').length;
	return { rotationId, state, pending, previous, ...(withdrawn && { withdrawn }), strays };
}

export function pendingOf({ item }: { readonly item: FullItem }): string {
	const reading = readRotation(item);
	return reading.kind === 'found' ? reading.current.values.pending : '';
}

/** @returns the result, or the error of the package: nothing else may come out of a step. */
export async function settle<T>(step: Promise<T>): Promise<T | OnePasswordError> {
	return await step.catch((error: unknown) => {
		if (error instanceof OnePasswordError) return error;
		throw error;
	});
}

/** Values that no error may contain. */
export const SECRETS = [OLD, 'new-1', 'new-2', 'given', 'by-hand-9'];

/** Elsewhere a built-in field that somebody removes is still there, and empty. */
export const NO_EMPTY_FIELDS = { emptyBuiltIns: 'notesOnly' } as const;

/** The run whose reads show the item as it is now, until it has written. */
export function blind(scene: RotationScene): ReturnType<RotationScene['open']> {
	const run = scene.open();
	const early = scene.truth();
	const { item, patchItem } = run.client;
	let isBlind = true;
	run.client.item = async (...to) => (isBlind ? early : await item.apply(run.client, to));
	run.client.patchItem = async (...to) => {
		isBlind = false;
		return await patchItem.apply(run.client, to);
	};
	return run;
}
