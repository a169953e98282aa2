/** Tells whether the fields of a rotation still hold what its last step left in them: a hash stands in the item for that. */

import { createHash } from 'node:crypto';

import { typeOf } from '../fields/fieldTypes';
import type { FieldChange } from '../item/change';
import { findRotatedField, set } from './state/rotationFields';
import { findKeptFields, type FoundField } from './state/rotationOtherFields';
import type { Rotation } from './state/rotationState';
import type { FullItem } from '../wire';

export interface Left {
	readonly rotationId: string;
	readonly state: Rotation['state'];
	readonly live: string;
	/** The fields that go with it, and what they hold by then. */
	readonly companions: readonly FoundField[];
}

/** Stands beside the value, and as well hidden. */
export function checkOf({ rotationId, state, live, companions }: Left): string {
	const values = companions.map(({ field, value }) => (COMES_BACK_OTHERWISE.includes(typeOf(field)) ? '' : value));
	return createHash('sha256')
		.update(JSON.stringify([rotationId, state, live, ...values]))
		.digest('hex')
		.slice(0, 32);
}

/** Nobody can tell in which form, or even as which day, a server returns a date that it was sent: so these don't count. */
const COMES_BACK_OTHERWISE: readonly string[] = ['DATE', 'MONTH_YEAR'];

/** The state that a step ends in, and what is live by then. */
export function leaveAs(rotation: Rotation, state: Rotation['state'], live: string, companions: readonly FoundField[]): FieldChange[] {
	const check = checkOf({ rotationId: rotation.values.rotationId, state, live, companions });
	return [...set(rotation, 'state', state), ...set(rotation, 'check', check)];
}

/** @returns the fields that something was kept of, as they are now. */
export function companionsOf(item: FullItem, kept: string): FoundField[] {
	return findKeptFields(item, kept).map(({ field }) => ({ field, value: field.value ?? '' }));
}

/** @returns whether the live value, and what goes with it, is as the last step of the rotation left it. */
export function isAsLeft(item: FullItem, rotation: Rotation): boolean {
	const { rotationId, others, check } = rotation.values;
	const { state } = rotation;
	const live = findRotatedField(item, rotation);
	if (live === undefined) return false;
	return checkOf({ rotationId, state, live: live.value ?? '', companions: companionsOf(item, others) }) === check;
}
