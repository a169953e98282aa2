/** How rotations that begin at once without seeing each other agree on one, and how the rest is cleaned up. */

import type { FieldChange } from '../item/change';
import { planUpdate, type UpdatePlan } from '../item/itemUpdate';
import type { BeginCommand } from './rotationBegin';
import { companionsOf, leaveAs } from './rotationCheck';
import { findRotatedField, remove, removeAll, set } from './state/rotationFields';
import { ROTATION_PARTS } from '../fields/rotationSection';
import { editsOf, stampFor, withdrawnFrom } from './state/rotationStamp';
import { readRotation, type Rotation } from './state/rotationState';
import type { FullItem } from '../wire';

/**
 * Withdraws what this `begin` has staged in vain. A mark stays, because the number of writes shows whether anyone else has
 * edited the item. That way only its owner has to touch the winning rotation. `finish` starts from the item in its current
 * state, even if it was edited right before.
 */
export function planSettling(item: FullItem, { rotationId, value }: BeginCommand): UpdatePlan {
	const reading = readRotation(item);
	if (reading.kind !== 'found') return planUpdate(item, {});
	const { current, strays } = reading;
	const counts = current.values.rotationId === rotationId && current.values.pending === value;
	const left = strays.filter(({ values, state }) => values.rotationId === rotationId && state !== 'withdrawn');
	// Beside another rotation, also what an interrupted `begin` of this one has left behind.
	const own = left.filter(({ values }) => values.pending === value || current.values.rotationId !== rotationId);
	// A mark counts as two writes. If this write can't set the stamp, it adds a mark.
	const withdrawn = counts ? own : own.slice(0, 1);
	const fields = withdrawn.flatMap(withdraw);
	if (!counts || (fields.length === 0 && editsOf(item, current, strays) === 0)) return planUpdate(item, { fields });
	const live = findRotatedField(item, current)?.value ?? '';
	const stamp = set(current, 'stagedVersion', stampFor(item, withdrawnFrom(strays, withdrawn)));
	const begun = leaveAs(current, 'pending', live, companionsOf(item, current.values.others));
	return planUpdate(item, { fields: [...fields, ...stamp, ...begun], addMissingFields: true });
}

/** Removes what is stored beside a rotation that is begun again. An edit since then still shows in its stamp. */
export function planClearing(item: FullItem, { rotationId }: BeginCommand): UpdatePlan {
	const reading = readRotation(item);
	if (reading.kind !== 'found' || reading.current.values.rotationId !== rotationId) return planUpdate(item, {});
	const { current, strays } = reading;
	const edits = editsOf(item, current, strays);
	const moves = strays.length > 0 && current.state === 'pending' && edits !== undefined;
	const stamp = moves ? set(current, 'stagedVersion', stampFor(item, [], edits)) : [];
	return planUpdate(item, { fields: [...strays.flatMap(removeAll), ...stamp] });
}

/** The rest shows whose it was, and that it does not count. */
function withdraw(lost: Rotation): FieldChange[] {
	const parts = ROTATION_PARTS.filter((part) => part !== 'rotationId' && part !== 'state');
	return [...parts.flatMap((part) => remove(lost, part)), ...set(lost, 'state', 'withdrawn')];
}
