/** Checks whether a rotation's fields still contain what its last step left in them, using a hash stored in the item. */

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
	/** The other fields, and their values at that point. */
	readonly companions: readonly FoundField[];
}

/** Stored beside the value, and equally well concealed. */
export function checkOf({ rotationId, state, live, companions }: Left): string {
	const values = companions.map(({ field, value }) => (COMES_BACK_OTHERWISE.includes(typeOf(field)) ? '' : value));
	return createHash('sha256')
		.update(JSON.stringify([rotationId, state, live, ...values]))
		.digest('hex')
		.slice(0, 32);
}

/** It is unknown in which form, or even as which day, a server returns a date, so date fields are ignored. */
const COMES_BACK_OTHERWISE: readonly string[] = ['DATE', 'MONTH_YEAR'];

/** The state after a step, and the live value at that point. */
export function leaveAs(rotation: Rotation, state: Rotation['state'], live: string, companions: readonly FoundField[]): FieldChange[] {
	const check = checkOf({ rotationId: rotation.values.rotationId, state, live, companions });
	return [...set(rotation, 'state', state), ...set(rotation, 'check', check)];
}

/** @returns the fields with kept values, in their current state. */
export function companionsOf(item: FullItem, kept: string): FoundField[] {
	return findKeptFields(item, kept).map(({ field }) => ({ field, value: field.value ?? '' }));
}

/** @returns whether the live value and the other fields are as the rotation's last step left them. */
export function isAsLeft(item: FullItem, rotation: Rotation): boolean {
	const { rotationId, others, check } = rotation.values;
	const { state } = rotation;
	const live = findRotatedField(item, rotation);
	if (live === undefined) return false;
	return checkOf({ rotationId, state, live: live.value ?? '', companions: companionsOf(item, others) }) === check;
}
