/** Why a step of a rotation is refused whose item somebody has edited by hand. No value stands in the text. */

import { OnePasswordError } from '../../errors/onePasswordError';
import { conflict } from './rotationRefusals';
import type { Rotation } from './rotationState';
import type { FullItem } from '../../wire';

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
