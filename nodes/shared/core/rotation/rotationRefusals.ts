/** Why a step of a rotation is refused. Nothing has been sent by then, and no value stands in the text. */

import { OnePasswordError, invalidInput } from '../onePasswordError';
import { ROTATION_SECTION } from './rotationSection';
import { timeOf, type Rotation, type RotationState } from './rotationState';
import type { Field, FullItem } from '../wire';

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

/** Also after the grace period: the next rotation would take the last trace of a value that nobody has revoked yet. */
export function inGrace(rotation: Rotation, now: number): OnePasswordError {
	const { rotationId, graceUntil } = rotation.values;
	const isOver = now > (timeOf(rotation, 'graceUntil') ?? Infinity);
	return conflict(
		isOver
			? `The grace period of the previous value of the rotation "${rotationId}" is over since ${graceUntil}, and was not ended.`
			: `The previous value of the rotation "${rotationId}" is in its grace period until ${graceUntil}.`,
		`${isOver ? 'Revoke the previous value, then' : 'Wait, or'} end the grace period: 'Finish' with its ID as 'Rotation ID' and 'Previous Value' set to 'Drop'.`,
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

export function usedUp({ values }: Rotation): OnePasswordError {
	return conflict(
		`The rotation ID "${values.rotationId}" was used for another value, at ${values.started || 'some time'}.`,
		'Give every rotation an ID of its own; nothing was staged.',
	);
}

/** A repeated step has the same ones; others would be lost without a word. */
export function otherCompanions({ values }: Rotation, field: Field): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" has finished, and the field "${field.label || field.id}" holds another value than the one given now.`,
		"Somebody has changed it since, or the rotation ID was used before: give every rotation an ID of its own, or leave 'Other Fields' empty.",
	);
}

export function stagedIsLive(item: FullItem, { values }: Rotation): OnePasswordError {
	return conflict(
		`The value staged by the rotation "${values.rotationId}" is live already: somebody put it in place by hand; ${describeEditor(item)}.`,
		`Finish with 'Expected Version' set to ${item.version ?? 'its version'}. To drop only the staged copy of it, roll back with the same option.`,
	);
}

export function stagedIsGone({ values }: Rotation): OnePasswordError {
	return conflict(
		`The value staged by the rotation "${values.rotationId}" is gone from the item: somebody has removed it.`,
		'Roll back, then begin again with another rotation ID.',
	);
}

export function notPending({ values, state }: Rotation): OnePasswordError {
	return conflict(
		`The rotation "${values.rotationId}" is not pending any more, but ${state}.`,
		"To put the previous value back all the same, turn 'Only If Pending' off.",
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
		`The live value, or a field that goes with it, is not as the rotation left it; ${describeEditor(item)}.`,
		`Look at the item: to go on all the same, set 'Expected Version' to ${item.version ?? 'its version'}.`,
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

export function companionIsGone(name: string): OnePasswordError {
	return new OnePasswordError({
		code: 'FIELD_NOT_FOUND',
		message: `The field ${name}, which goes with the previous value, is not in the item any more: what was kept of it would be lost.`,
		advice: 'Add it again in the 1Password app, in the same section and with the same label, then roll back.',
	});
}
