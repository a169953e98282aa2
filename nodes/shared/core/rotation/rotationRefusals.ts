/** Why a step of a rotation is refused. Nothing has been sent by then, and no value stands in the text. */

import { OnePasswordError, invalidInput } from '../onePasswordError';
import { ROTATION_SECTION, type Rotation, type RotationState } from './rotationState';
import type { FullItem } from '../wire';

function conflict(message: string, advice: string): OnePasswordError {
	return new OnePasswordError({ code: 'VERSION_CONFLICT', message, advice });
}

export function noRotation(): OnePasswordError {
	return invalidInput(
		'The item has no rotation.',
		"Begin one first; where 'Begin' has failed, nothing was staged and there is nothing to do.",
	);
}

export function unclear(problem: string): OnePasswordError {
	return invalidInput(
		`The section "${ROTATION_SECTION}" of the item can't be understood: ${problem}.`,
		'Mend it in the 1Password app, or remove the section after saving the values you still need.',
	);
}

export function otherRotation({ values, state }: Rotation): OnePasswordError {
	return conflict(
		`The rotation that stands in the item is "${values.rotationId}" (${state}), not this one.`,
		"Give its ID as 'Rotation ID' to finish it or to roll it back.",
	);
}

export function stillPending({ values }: Rotation): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" of this item is pending since ${values.started || 'some time'}.`,
		"Finish it or roll it back first, with its ID as 'Rotation ID'; nothing was staged here.",
	);
}

export function inGrace({ values }: Rotation): OnePasswordError {
	return conflict(
		`The previous value of the rotation "${values.rotationId}" is in its grace period until ${values.graceUntil}.`,
		"Wait, or end the grace period: 'Finish' with its ID as 'Rotation ID' and 'Previous Value' set to 'Drop'.",
	);
}

export function wrongState({ values }: Rotation, state: RotationState): OnePasswordError {
	const reasons: Readonly<Record<RotationState, string>> = {
		pending: 'is pending',
		finished: 'is finished',
		ended: 'has ended: its previous value is gone from the item',
		'rolled back': 'was rolled back',
	};
	return conflict(
		`The rotation "${values.rotationId}" ${reasons[state]}.`,
		'Begin a new one with another rotation ID.',
	);
}

export function otherValue({ values }: Rotation): OnePasswordError {
	return conflict(
		`Another value is staged for the rotation "${values.rotationId}", or another field.`,
		'Go on with the staged one, or roll it back and begin again with another rotation ID.',
	);
}

export function movedOn(item: FullItem, { values }: Rotation): OnePasswordError {
	return conflict(
		`${describeMove(item, values.stagedVersion)}.`,
		`Look at the item, then roll back and begin again, or finish with 'Expected Version' set to ${item.version ?? 'its version'}.`,
	);
}

export function liveValueChanged(item: FullItem): OnePasswordError {
	return conflict(
		`The live value is not the one that the rotation put there; ${describeEditor(item)}.`,
		`Look at the item: to put the previous value in its place all the same, set 'Expected Version' to ${item.version ?? 'its version'}.`,
	);
}

export function notExpected(item: FullItem, expected: number): OnePasswordError {
	return conflict(
		`The item is at version ${item.version ?? 'unknown'}, not at the expected version ${expected}; ${describeEditor(item)}.`,
		'Look at the item and decide anew.',
	);
}

export function describeMove(item: FullItem, stagedVersion: string): string {
	return `The item is at version ${item.version ?? 'unknown'}, the new value was staged at version ${stagedVersion || 'unknown'}; ${describeEditor(item)}`;
}

function describeEditor({ lastEditedBy, updatedAt }: FullItem): string {
	return `it was last edited by ${lastEditedBy ?? 'somebody'}${updatedAt === undefined ? '' : ` at ${updatedAt}`}`;
}
