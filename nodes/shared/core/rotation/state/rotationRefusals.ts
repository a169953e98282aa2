/** Why a rotation step is refused. Nothing has been sent at that point, and the texts contain no value. */

import { OnePasswordError, invalidInput } from '../../errors/onePasswordError';
import { ROTATION_SECTION } from '../../fields/rotationSection';
import { timeOf, type CurrentRotation, type Rotation, type RotationState } from './rotationState';
import type { Field } from '../../wire';

export function conflict(message: string, advice: string): OnePasswordError {
	return new OnePasswordError({ code: 'VERSION_CONFLICT', message, advice });
}

export function noRotation(): OnePasswordError {
	return invalidInput('The item has no rotation.', "Begin one first. If 'Begin' failed, nothing is staged and nothing needs to be done.");
}

export function unclear(problem: string): OnePasswordError {
	return invalidInput(
		`The section "${ROTATION_SECTION}" of the item can't be understood: ${problem}.`,
		'Fix it in the 1Password app, or remove the section after saving the values you still need.',
	);
}

export function otherRotation({ values, state }: Rotation): OnePasswordError {
	return conflict(
		`The item's current rotation is "${values.rotationId}" (${state}), not this one.`,
		"Set 'Rotation ID' to its ID to finish it or roll it back.",
	);
}

/** @param isLost whether the item contains a value of the refused rotation because both began at once. */
export function stillPending({ values }: Rotation, isLost: boolean): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" of this item has been pending since ${values.started || 'an unknown time'}.`,
		`Finish it or roll it back first, with 'Rotation ID' set to its ID; ${isLost ? 'the value staged here is not used' : 'nothing was staged here'}.`,
	);
}

/** Also after the grace period: the next rotation would remove the last trace of a value that has not been revoked yet. */
export function inGrace(rotation: Rotation, now: number): OnePasswordError {
	const { rotationId, graceUntil } = rotation.values;
	const isOver = now > (timeOf(rotation, 'graceUntil') ?? Infinity);
	return conflict(
		isOver
			? `The grace period of the previous value of the rotation "${rotationId}" ended at ${graceUntil}, but the rotation was not ended.`
			: `The previous value of the rotation "${rotationId}" is in its grace period until ${graceUntil}.`,
		`Revoke the previous value when it is no longer in use, then end the grace period: 'Finish' with its ID as 'Rotation ID' and 'Previous Value' set to 'Drop'.`,
	);
}

export function archived(): OnePasswordError {
	return invalidInput('The item is archived.', 'Restore it in the 1Password app first.');
}

export function foreignSection({ label = '' }: Field): OnePasswordError {
	return invalidInput(
		`The item already has a section "${ROTATION_SECTION}" with a field "${label}".`,
		'Rename that section in the 1Password app: a rotation stores its state in a section with this name.',
	);
}

/** A success without the requested value would make the next node continue with an empty secret. */
export function nothingToReveal({ values, state }: Rotation, secret: 'live' | 'staged', isDone: boolean): OnePasswordError {
	return conflict(
		`${isDone ? 'The step was completed, but there' : 'There'} is no ${secret} value to reveal: the rotation "${values.rotationId}" ${secret === 'live' ? 'left its field empty' : `is ${state}, so its ID was used before`}.`,
		secret === 'staged' ? ID_OF_ITS_OWN : "Check the rotated field in 1Password, or set 'Reveal Secret Values' to 'None'.",
	);
}

export function usedUp({ values }: Rotation): OnePasswordError {
	return conflict(
		`The rotation ID "${values.rotationId}" was used before, at ${values.started || 'an unknown time'}, and this value is not the live one.`,
		ID_OF_ITS_OWN,
	);
}

/** A repeated step has the same values; different ones would be lost silently. */
export function otherCompanions({ values }: Rotation, field: Field): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" has finished, and the field "${field.label || field.id}" has a different value from the one given now.`,
		"It was changed since then, or the rotation ID was used before: use a new ID for every rotation, or leave 'Other Fields' empty.",
	);
}

export function notPending({ values, state }: Rotation): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" is no longer pending but ${state}.`,
		"To restore the previous value anyway, turn off 'Only If Pending'.",
	);
}

/** Whatever happened to a rotation with this ID, a rotation of another field needs another ID. */
export function otherField({ values, state }: CurrentRotation): OnePasswordError {
	const { rotationId, field } = values;
	return conflict(
		`The rotation ID "${rotationId}" belongs to a rotation of the field ${field}, and that one ${REASONS[state]}.`,
		state === 'pending' ? `Finish it or roll it back first. ${ID_OF_ITS_OWN}` : ID_OF_ITS_OWN,
	);
}

const REASONS: Readonly<Record<RotationState, string>> = {
	pending: 'is pending',
	finished: 'is finished',
	ended: "has ended, so it can't be rolled back",
	'rolled back': 'was rolled back',
};

const ID_OF_ITS_OWN = 'Begin with a new rotation ID: every rotation needs its own.';

export function wrongState({ values }: Rotation, state: RotationState): OnePasswordError {
	return conflict(`The rotation "${values.rotationId}" ${REASONS[state]}.`, 'Begin a new one with a new rotation ID.');
}

export function otherValue({ values }: Rotation): OnePasswordError {
	return conflict(
		`A different value is staged for the rotation "${values.rotationId}".`,
		'Continue with the staged value, or roll it back and begin again with a new rotation ID.',
	);
}
