/** Computes the single patch that rolls a rotation back, before or after `finish`; see there for what the steps share. */

import type { FieldChange } from '../item/change';
import { planUpdate, type UpdatePlan } from '../item/itemUpdate';
import { invalidInput } from '../errors/onePasswordError';
import { checkOf, companionsOf, isAsLeft, leaveAs } from './rotationCheck';
import { liveValueChanged, stagedIsLive } from './state/rotationEdits';
import { findRotatedField, remove, requireRotatedField, set, setField } from './state/rotationFields';
import { findKeptFields, keepOtherFields } from './state/rotationOtherFields';
import { notPending, wrongState } from './state/rotationRefusals';
import type { Rotation } from './state/rotationState';
import { planStep, refuseEdited, refuseUnexpected, requireRotation, type StepCommand } from './rotationStep';
import { formatTime } from './state/rotationTime';
import type { FullItem } from '../wire';

export interface RollbackCommand extends StepCommand {
	/** Drop a pending value, but refuse to restore a previous one. Default false. */
	readonly onlyIfPending?: boolean;
}

/** Before `finish`, drops the pending value. After it, restores the previous value and keeps the withdrawn one. */
export function planRollback(item: FullItem, command: RollbackCommand): UpdatePlan {
	const { current, strays } = requireRotation(item, command.rotationId);
	const { state } = current;
	if (state === 'ended') throw wrongState(current, 'ended');
	if (state === 'rolled back') {
		if (isAsLeft(item, current) || findRotatedField(item, current) === undefined) return planUpdate(item, {});
		if (command.expectedVersion === undefined) throw liveValueChanged(item);
		if (!isOvertaken(item, current)) return planUpdate(item, {});
	}
	if (state !== 'pending' && command.onlyIfPending) throw notPending(current);
	refuseUnexpected(item, command);
	return planStep(item, strays, [
		...(state === 'pending' ? withdrawStaged(item, current, command) : restore(item, current, command)),
		...set(current, 'finished', formatTime(command.now)),
	]);
}

/**
 * A concurrent finish may have set the live value last. The previous value is then the one that the rollback left live. Any
 * other previous value belongs to an earlier rotation and may have been revoked.
 */
function isOvertaken(item: FullItem, { values }: Rotation): boolean {
	const { rotationId, previous, others, check } = values;
	const left = [[], findKeptFields(item, others)].map((companions) => checkOf({ rotationId, state: 'rolled back', live: previous, companions }));
	return previous !== '' && left.includes(check);
}

function withdrawStaged(item: FullItem, current: Rotation, { expectedVersion }: StepCommand): FieldChange[] {
	const { pending, others } = current.values;
	const live = findRotatedField(item, current)?.value ?? '';
	if (expectedVersion === undefined && pending !== '' && live === pending) throw stagedIsLive(item, current);
	return [...remove(current, 'pending'), ...leaveAs(current, 'rolled back', live, companionsOf(item, others))];
}

function restore(item: FullItem, current: Rotation, command: StepCommand): FieldChange[] {
	const { rotationId, previous, others } = current.values;
	const live = requireRotatedField(item, current);
	if (previous === '') {
		throw invalidInput(
			`The rotation "${rotationId}" has no previous value to restore.`,
			'There was none, or the item was edited by hand: check its history in the 1Password app.',
		);
	}
	refuseEdited(item, current, command);
	const companions = findKeptFields(item, others);
	return [
		...setField(live, previous),
		...companions.flatMap(({ field, value }) => setField(field, value)),
		...remove(current, 'previous'),
		...set(current, 'withdrawn', live.value ?? ''),
		...set(current, 'others', keepOtherFields(item, companions, others)),
		...set(current, 'graceUntil', ''),
		...leaveAs(current, 'rolled back', previous, companions),
	];
}
