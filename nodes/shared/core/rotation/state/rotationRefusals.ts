/** Why a step of a rotation is refused. Nothing has been sent by then, and no value stands in the text. */

import { OnePasswordError, invalidInput } from '../../errors/onePasswordError';
import { ROTATION_SECTION } from '../../fields/rotationSection';
import { timeOf, type CurrentRotation, type Rotation, type RotationState } from './rotationState';
import type { Field } from '../../wire';

export function conflict(message: string, advice: string): OnePasswordError {
	return new OnePasswordError({ code: 'VERSION_CONFLICT', message, advice });
}

export function noRotation(): OnePasswordError {
	return invalidInput('The item has no rotation.', "Begin one first; where 'Begin' has failed, nothing is staged and there is nothing to do.");
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

/** @param isLost whether a value of the rotation that is refused stands in the item, as both began at once. */
export function stillPending({ values }: Rotation, isLost: boolean): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" of this item is pending since ${values.started || 'some time'}.`,
		`Finish it or roll it back first, with its ID as 'Rotation ID'; ${isLost ? 'what was staged here does not count' : 'nothing is staged here'}.`,
	);
}

/** Also after the grace period: the next rotation would take the last trace of a value that nobody has revoked yet. */
export function inGrace(rotation: Rotation, now: number): OnePasswordError {
	const { rotationId, graceUntil } = rotation.values;
	const isOver = now > (timeOf(rotation, 'graceUntil') ?? Infinity);
	return conflict(
		isOver
			? `The grace period of the previous value of the rotation "${rotationId}" is over since ${graceUntil}, and was not ended.`
			: `The previous value of the rotation "${rotationId}" is in its grace period until ${graceUntil}.`,
		`Revoke the previous value once nobody uses it any more, then end the grace period: 'Finish' with its ID as 'Rotation ID' and 'Previous Value' set to 'Drop'.`,
	);
}

export function archived(): OnePasswordError {
	return invalidInput('The item is archived.', 'Restore it in the 1Password app first.');
}

export function foreignSection({ label = '' }: Field): OnePasswordError {
	return invalidInput(
		`The item has a section "${ROTATION_SECTION}" of its own, with a field "${label}".`,
		'Rename that section in the 1Password app: a rotation keeps its state in a section of this name.',
	);
}

/** A success without the value that was asked for would have the next node go on with an empty secret. */
export function nothingToReveal({ values, state }: Rotation, secret: 'live' | 'staged', isDone: boolean): OnePasswordError {
	return conflict(
		`${isDone ? 'The step was taken, but there' : 'There'} is no ${secret} value to reveal: the rotation "${values.rotationId}" ${secret === 'live' ? 'has left its field empty' : `is ${state}, so its ID was used before`}.`,
		secret === 'staged' ? ID_OF_ITS_OWN : "Check the rotated field in 1Password, or set 'Reveal Secret Values' to 'None'.",
	);
}

export function usedUp({ values }: Rotation): OnePasswordError {
	return conflict(
		`The rotation ID "${values.rotationId}" was used before, at ${values.started || 'some time'}, and this value is not the live one.`,
		ID_OF_ITS_OWN,
	);
}

/** A repeated step has the same ones; others would be lost without a word. */
export function otherCompanions({ values }: Rotation, field: Field): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" has finished, and the field "${field.label || field.id}" holds another value than the one given now.`,
		"Somebody has changed it since, or the rotation ID was used before: give every rotation an ID of its own, or leave 'Other Fields' empty.",
	);
}

export function notPending({ values, state }: Rotation): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" is not pending any more, but ${state}.`,
		"To put the previous value back all the same, turn 'Only If Pending' off.",
	);
}

/** Whatever has become of a rotation of this ID: one of another field needs another ID. */
export function otherField({ values, state }: CurrentRotation): OnePasswordError {
	const { rotationId, field } = values;
	return conflict(
		`The rotation ID "${rotationId}" stands for a rotation of the field ${field}, and that one ${REASONS[state]}.`,
		state === 'pending' ? `Finish that one or roll it back first. ${ID_OF_ITS_OWN}` : ID_OF_ITS_OWN,
	);
}

const REASONS: Readonly<Record<RotationState, string>> = {
	pending: 'is pending',
	finished: 'is finished',
	ended: 'has ended, and keeps nothing for a rollback',
	'rolled back': 'was rolled back',
};

const ID_OF_ITS_OWN = 'Begin with another rotation ID: every rotation needs one of its own.';

export function wrongState({ values }: Rotation, state: RotationState): OnePasswordError {
	return conflict(`The rotation "${values.rotationId}" ${REASONS[state]}.`, 'Begin a new one with another rotation ID.');
}

export function otherValue({ values }: Rotation): OnePasswordError {
	return conflict(
		`Another value than this one is staged for the rotation "${values.rotationId}".`,
		'Go on with the staged one, or roll it back and begin again with another rotation ID.',
	);
}
