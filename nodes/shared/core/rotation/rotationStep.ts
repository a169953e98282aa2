/** What the steps after `begin` have in common. */

import type { FieldChange } from '../item/change';
import { planUpdate, type UpdatePlan } from '../item/itemUpdate';
import { isAsLeft } from './rotationCheck';
import { liveValueChanged, notExpected } from './state/rotationEdits';
import { removeAll } from './state/rotationFields';
import { noRotation, otherRotation, unclear } from './state/rotationRefusals';
import { readRotation, type CurrentRotation, type Rotation } from './state/rotationState';
import type { FullItem } from '../wire';

export interface StepCommand {
	readonly rotationId: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** The version that the user has checked. No other check of intermediate changes is then made. */
	readonly expectedVersion?: number;
}

export interface StandingRotation {
	readonly current: CurrentRotation;
	readonly strays: readonly Rotation[];
}

/** @throws OnePasswordError INVALID_INPUT or VERSION_CONFLICT if the item doesn't have this rotation. */
export function requireRotation(item: FullItem, rotationId: string): StandingRotation {
	const reading = readRotation(item);
	if (reading.kind === 'none') throw noRotation();
	if (reading.kind === 'unclear') throw unclear(reading.problem);
	if (reading.current.values.rotationId !== rotationId) throw otherRotation(reading.current);
	return reading;
}

/** @throws OnePasswordError VERSION_CONFLICT. */
export function refuseUnexpected(item: FullItem, { expectedVersion }: StepCommand): void {
	if (expectedVersion !== undefined && item.version !== expectedVersion) throw notExpected(item, expectedVersion);
}

/** @throws OnePasswordError VERSION_CONFLICT if changes by hand have not been checked by the user. */
export function refuseEdited(item: FullItem, current: Rotation, { expectedVersion }: StepCommand): void {
	if (expectedVersion === undefined && !isAsLeft(item, current)) throw liveValueChanged(item);
}

/** Anything left behind by another `begin` is removed as well. */
export function planStep(item: FullItem, strays: readonly Rotation[], changes: readonly FieldChange[]): UpdatePlan {
	return planUpdate(item, { fields: [...changes, ...strays.flatMap(removeAll)], addMissingFields: true });
}
