/** How of two who begin a rotation at once, without having seen each other, the second one withdraws. */

import { planUpdate, type UpdatePlan } from '../itemUpdate';
import type { BeginCommand } from './rotationBegin';
import { removeAll, set } from './rotationFields';
import { isUntouched, readRotation, type Rotation, type RotationReading } from './rotationState';
import type { FullItem } from '../wire';

/**
 * @returns whether this `begin` has staged a value beside the one that counts, and is to withdraw it. Of two that share
 * an ID, that is the one whose value does not count; a given value is the same for both.
 */
export function mustWithdraw(item: FullItem, { rotationId, value, isGiven }: BeginCommand): boolean {
	const reading = readRotation(item);
	if (reading.kind !== 'found' || ownStrays(reading, rotationId).length === 0) return false;
	return isGiven || reading.current.values.pending !== value;
}

/** Takes away what was staged in vain, and touches of the winner only the version that it goes by. */
export function planWithdrawal(item: FullItem, rotationId: string): UpdatePlan {
	const reading = readRotation(item);
	const own = ownStrays(reading, rotationId);
	if (reading.kind !== 'found' || own.length === 0) return planUpdate(item, {});
	const { current, strays } = reading;
	const stagedVersion = (item.version ?? 0) + 1 - (strays.length - own.length);
	const movesAlong = current.state === 'pending' && isUntouched(item, current, strays.length);
	return planUpdate(item, {
		fields: [...own.flatMap(removeAll), ...(movesAlong ? set(current, 'stagedVersion', String(stagedVersion)) : [])],
	});
}

function ownStrays(reading: RotationReading, rotationId: string): Rotation[] {
	return reading.kind === 'found' ? reading.strays.filter(({ values }) => values.rotationId === rotationId) : [];
}
