/** Tells whether the fields of a rotation still hold what its last step left in them: a hash stands in the item for that. */

import { createHash } from 'node:crypto';

import type { FieldChange } from '../fieldUpdate';
import { findRotatedField, set } from './rotationFields';
import { findKeptFields } from './rotationOthers';
import type { Rotation } from './rotationState';
import type { FullItem } from '../wire';

export interface Left {
	readonly rotationId: string;
	readonly state: Rotation['state'];
	readonly live: string;
	/** Values of the fields that go with it. */
	readonly companions: readonly string[];
}

/** Stands beside the value, and as well hidden. */
export function checkOf({ rotationId, state, live, companions }: Left): string {
	return createHash('sha256').update(JSON.stringify([rotationId, state, live, ...companions])).digest('hex').slice(0, 32);
}

/** The state that a step ends in, and what is live by then. */
export function leaveAs(rotation: Rotation, state: Rotation['state'], live: string, companions: readonly string[]): FieldChange[] {
	const check = checkOf({ rotationId: rotation.values.rotationId, state, live, companions });
	return [...set(rotation, 'state', state), ...set(rotation, 'check', check)];
}

export function companionsOf(item: FullItem, kept: string): string[] {
	return findKeptFields(item, kept).map(({ field }) => field.value ?? '');
}

/** @returns whether the live value, and what goes with it, is as the last step of the rotation left it. */
export function isAsLeft(item: FullItem, rotation: Rotation): boolean {
	const { rotationId, others, check } = rotation.values;
	const { state } = rotation;
	const live = findRotatedField(item, rotation);
	if (live === undefined) return false;
	return checkOf({ rotationId, state, live: live.value ?? '', companions: companionsOf(item, others) }) === check;
}
