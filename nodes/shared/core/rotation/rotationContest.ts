/** How those who begin a rotation at once, without having seen each other, come to one, and how the rest is cleared away. */

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
 * What this `begin` has staged in vain is withdrawn. A mark of it stays, since the number of writes tells whether somebody
 * else has edited the item: so nobody has to touch the rotation that counts but who has begun it.
 * The item as it is now is where `finish` starts from, also where somebody has edited it right before.
 */
export function planSettling(item: FullItem, { rotationId, value }: BeginCommand): UpdatePlan {
	const reading = readRotation(item);
	if (reading.kind !== 'found') return planUpdate(item, {});
	const { current, strays } = reading;
	const counts = current.values.rotationId === rotationId && current.values.pending === value;
	const left = strays.filter(({ values, state }) => values.rotationId === rotationId && state !== 'withdrawn');
	// Beside another rotation, also what a `begin` of this one has left behind that was broken off.
	const own = left.filter(({ values }) => values.pending === value || current.values.rotationId !== rotationId);
	// A mark stands for two writes: where this write can't set the stamp, it makes one mark.
	const withdrawn = counts ? own : own.slice(0, 1);
	const fields = withdrawn.flatMap(withdraw);
	if (!counts || (fields.length === 0 && editsOf(item, current, strays) === 0)) return planUpdate(item, { fields });
	const live = findRotatedField(item, current)?.value ?? '';
	const stamp = set(current, 'stagedVersion', stampFor(item, withdrawnFrom(strays, withdrawn)));
	const begun = leaveAs(current, 'pending', live, companionsOf(item, current.values.others));
	return planUpdate(item, { fields: [...fields, ...stamp, ...begun], addMissingFields: true });
}

/** Takes away what stands beside a rotation that is begun once more; an edit since then still shows in its stamp. */
export function planClearing(item: FullItem, { rotationId }: BeginCommand): UpdatePlan {
	const reading = readRotation(item);
	if (reading.kind !== 'found' || reading.current.values.rotationId !== rotationId) return planUpdate(item, {});
	const { current, strays } = reading;
	const edits = editsOf(item, current, strays);
	const moves = strays.length > 0 && current.state === 'pending' && edits !== undefined;
	const stamp = moves ? set(current, 'stagedVersion', stampFor(item, [], edits)) : [];
	return planUpdate(item, { fields: [...strays.flatMap(removeAll), ...stamp] });
}

/** What is left says whose it was, and that it does not count. */
function withdraw(lost: Rotation): FieldChange[] {
	const parts = ROTATION_PARTS.filter((part) => part !== 'rotationId' && part !== 'state');
	return [...parts.flatMap((part) => remove(lost, part)), ...set(lost, 'state', 'withdrawn')];
}
