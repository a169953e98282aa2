/** Why a rotation step is refused after the item was edited by hand. The texts contain no value. */

import { OnePasswordError } from '../../errors/onePasswordError';
import { conflict } from './rotationRefusals';
import type { Rotation } from './rotationState';
import type { FullItem } from '../../wire';

export function stagedIsLive(item: FullItem, { values }: Rotation): OnePasswordError {
	return conflict(
		`The value staged by the rotation "${values.rotationId}" is already live: it was put in place by hand; ${describeEditor(item)}.`,
		`Finish with 'Expected Version' set to ${item.version ?? 'its version'}. To drop only the staged copy, roll back with the same option.`,
	);
}

export function stagedIsGone({ values }: Rotation): OnePasswordError {
	return conflict(
		`The value staged by the rotation "${values.rotationId}" was removed from the item.`,
		'Roll back, then begin again with a new rotation ID.',
	);
}

export function movedOn(item: FullItem, { values }: Rotation): OnePasswordError {
	return conflict(
		`${describeMove(item, values.stagedVersion)}.`,
		`Check the item, then roll back and begin again, or finish with 'Expected Version' set to ${item.version ?? 'its version'}.`,
	);
}

export function liveValueChanged(item: FullItem): OnePasswordError {
	return conflict(
		`The live value or one of the other fields was changed since the rotation's last step; ${describeEditor(item)}.`,
		`Check the item. To continue anyway, set 'Expected Version' to ${item.version ?? 'its version'}.`,
	);
}

export function notExpected(item: FullItem, expected: number): OnePasswordError {
	return conflict(
		`The item is at version ${item.version ?? 'unknown'}, not at the expected version ${expected}; ${describeEditor(item)}.`,
		'Check the item, then try again with its current version.',
	);
}

export function describeMove(item: FullItem, stagedVersion: string): string {
	return `The item is at version ${item.version ?? 'unknown'}, the new value was staged at version ${stagedVersion || 'unknown'}; ${describeEditor(item)}`;
}

function describeEditor({ lastEditedBy, updatedAt }: FullItem): string {
	return `it was last edited by ${lastEditedBy ?? 'someone'}${updatedAt === undefined ? '' : ` at ${updatedAt}`}`;
}
