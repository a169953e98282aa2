/** What comes out of the steps of a rotation. */

import type { StepResult } from '../../shared/connect/rotation/rotationSteps';
import { findRotatedField } from '../../shared/core/rotation/state/rotationFields';
import { nothingToReveal } from '../../shared/core/rotation/state/rotationRefusals';
import { readRotation } from '../../shared/core/rotation/state/rotationState';
import { describeRotation } from '../../shared/core/rotation/rotationStatus';
import type { FullItem } from '../../shared/core/wire';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Disclosed } from '../../shared/n8n/operations/discloser';

export const DEFAULT_DUE_DAYS = 90;

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
