/** What the steps of a rotation read from their parameters, and what comes out of them. */

import type { StepResult } from '../../shared/connect/rotation/rotationSteps';
import { toObject } from '../../shared/core/json';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { DEFAULT_ROTATION_TAG } from '../../shared/core/rotation/rotationBegin';
import { findRotatedField } from '../../shared/core/rotation/state/rotationFields';
import { nothingToReveal } from '../../shared/core/rotation/state/rotationRefusals';
import type { StepCommand } from '../../shared/core/rotation/rotationStep';
import { readRotation } from '../../shared/core/rotation/state/rotationState';
import { describeRotation } from '../../shared/core/rotation/rotationStatus';
import type { FullItem } from '../../shared/core/wire';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Disclosed } from '../../shared/n8n/operations/discloser';
import { readNumber, refuseExpression, toText, type Parameters } from '../../shared/n8n/parameters/parameters';

export const DEFAULT_DUE_DAYS = 90;

/** @throws OnePasswordError INVALID_INPUT where an expression finds no ID, or there is neither a rotation ID nor an execution. */
export function readRotationId({ parameters, executionId = '' }: ConnectContext): string {
	const given = parameters.value('rotationId');
	if (typeof given === 'boolean') throw invalidInput("'Rotation ID' is true or false.", 'Check that its expression finds an ID.');
	const rotationId = toText(given, 'Rotation ID').trim();
	if (rotationId !== '') return rotationId;
	refuseExpression(parameters.source('rotationId'), 'Rotation ID');
	if (executionId !== '') return executionId;
	throw invalidInput("'Rotation ID' is empty, and this execution has no ID.", 'Fill it in.');
}

/**
 * @returns the tag that items with a rotation have; empty where somebody has emptied it.
 * @throws OnePasswordError INVALID_INPUT where an expression finds none.
 */
export function readRotationTag(parameters: Parameters, collection: 'options' | 'filters'): string {
	const { rotationTag } = parameters.collection(collection);
	const tag = toText(rotationTag, 'Rotation Tag').trim();
	if (tag === '') refuseExpression(toObject(parameters.source(collection)).rotationTag, 'Rotation Tag');
	return rotationTag === undefined ? DEFAULT_ROTATION_TAG : tag;
}

export function readStepCommand(context: ConnectContext): StepCommand {
	return {
		rotationId: readRotationId(context),
		now: context.run.effects.now(),
		expectedVersion: readNumber(context.parameters.collection('options'), 'expectedVersion', 'Expected Version', 1),
	};
}

export function readStepTimeout({ parameters }: ConnectContext): number | undefined {
	const seconds = readNumber(parameters.collection('options'), 'waitForSync', 'Wait for Sync', 1);
	return seconds === undefined ? undefined : seconds * 1000;
}

/** @param facts that the step alone knows. */
type DescribeStep = (result: StepResult, facts?: { readonly entropyBits: number }) => Disclosed;

type Secret = 'live' | 'pending' | 'previous' | 'withdrawn';

/**
 * To be called before anything is sent, so that a refusal comes before the write.
 * @param secrets the first one is what the step is about.
 * @returns the function that describes what a step did, with those of the values that there are. It throws VERSION_CONFLICT where
 * the first one is to be revealed, and is not there.
 * @throws OnePasswordError REVEAL_REFUSED.
 */
export function readStepOutput(context: ConnectContext, secrets: readonly ['live' | 'pending', ...Secret[]]): DescribeStep {
	const values = context.disclose.values();
	return ({ item, changed, concurrentEdit }, facts) => {
		if (values.areRevealed) requireSecret(item, secrets[0], changed);
		const shown = secrets.flatMap((name) => {
			const value = readSecret(item, name);
			return value ? [[name, values.show({ value, concealed: true })] as const] : [];
		});
		return values.output({
			...describeRotation(item, { now: context.run.effects.now(), dueAfterDays: DEFAULT_DUE_DAYS }),
			changed,
			concurrentEdit,
			secrets: Object.fromEntries(shown),
			...facts,
		});
	};
}

function requireSecret(item: FullItem, secret: 'live' | 'pending', isDone: boolean): void {
	const reading = readRotation(item);
	if (readSecret(item, secret) || reading.kind !== 'found') return;
	throw nothingToReveal(reading.current, secret === 'live' ? 'live' : 'staged', isDone);
}

export function pendingValueOf(item: FullItem): string | undefined {
	return readSecret(item, 'pending');
}

function readSecret(item: FullItem, name: Secret): string | undefined {
	const reading = readRotation(item);
	if (reading.kind !== 'found') return undefined;
	return name === 'live' ? findRotatedField(item, reading.current)?.value : reading.current.values[name];
}
