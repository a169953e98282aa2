/**
 * Computes the one patch of each step after `begin` from the item as it stands. A step that was done before plans nothing,
 * so that it can be repeated after a crash at any point.
 */

import type { FieldChange } from '../fieldUpdate';
import { planUpdate, type UpdatePlan } from '../itemUpdate';
import { invalidInput } from '../onePasswordError';
import { checkValue, findRotatedField, formatTime, remove, removeAll, requireRotatedField, set, setField } from './rotationFields';
import { keepOtherFields, requireOtherFields, restoreOtherFields, type OtherField } from './rotationOthers';
import { liveValueChanged, movedOn, noRotation, notExpected, otherRotation, unclear, wrongState } from './rotationRefusals';
import { isUntouched, readRotation, type Rotation } from './rotationState';
import type { FullItem } from '../wire';

export interface StepCommand {
	readonly rotationId: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** The version that the user has looked at: then no other check of what happened in between is made. */
	readonly expectedVersion?: number;
}

export interface FinishCommand extends StepCommand {
	readonly previousValue: 'keep' | 'drop';
	/** How long the previous value is still in use somewhere. Default: nothing is recorded. */
	readonly graceHours?: number;
	/** Fields that go with the new value, and change in the same write as it does. Default: none. */
	readonly others?: readonly OtherField[];
}

/** Live becomes previous, pending becomes live; where that is done, may end the grace of the previous value. */
export function planFinish(item: FullItem, command: FinishCommand): UpdatePlan {
	const { current, strays } = requireRotation(item, command.rotationId);
	if (current.state === 'rolled back') throw wrongState(current, 'rolled back');
	if (current.state === 'pending') return planPromotion(item, current, strays, command);
	if (current.state === 'ended' || command.previousValue === 'keep') return planUpdate(item, {});
	return planStep(item, strays, [
		...set(current, 'previous', ''),
		...set(current, 'others', ''),
		...set(current, 'graceUntil', ''),
		...set(current, 'state', 'ended'),
	]);
}

/** Before `finish` drops the pending value; after it puts the previous value back, and keeps the other one in its place. */
export function planRollback(item: FullItem, command: StepCommand): UpdatePlan {
	const { current, strays } = requireRotation(item, command.rotationId);
	if (current.state === 'ended') throw wrongState(current, 'ended');
	if (current.state === 'rolled back' && !isStillLive(item, current)) return planUpdate(item, {});
	const result = [...set(current, 'state', 'rolled back'), ...set(current, 'finished', formatTime(command.now))];
	if (current.state === 'pending') return planStep(item, strays, [...remove(current, 'pending'), ...result]);
	return planStep(item, strays, [...restore(item, current, command), ...result, ...set(current, 'graceUntil', '')]);
}

function planPromotion(
	item: FullItem,
	current: Rotation,
	strays: readonly Rotation[],
	{ now, expectedVersion, previousValue, graceHours, others = [] }: FinishCommand,
): UpdatePlan {
	const { rotationId, pending, previous } = current.values;
	if (expectedVersion === undefined && !isUntouched(item, current, strays.length)) throw movedOn(item, current);
	refuseUnexpected(item, expectedVersion);
	const live = requireRotatedField(item, current);
	if (pending === '') throw unclear('a pending rotation has no pending value');
	const keep = previousValue === 'keep';
	// Where somebody has put the pending value in place by hand, the value before it is not there to be kept.
	const replaced = live.value === pending ? previous : (live.value ?? '');
	const companions = requireOtherFields(item, live, others);
	return planStep(item, strays, [
		...setField(live, pending),
		...companions.flatMap(({ field, value }) => setField(field, value)),
		...remove(current, 'pending'),
		...set(current, 'previous', keep ? replaced : ''),
		...set(current, 'others', keep ? keepOtherFields(companions) : ''),
		...set(current, 'state', keep ? 'finished' : 'ended'),
		...set(current, 'finished', formatTime(now)),
		...set(current, 'graceUntil', keep && graceHours !== undefined ? formatTime(now + graceHours * HOUR_MS) : ''),
		...set(current, 'check', checkValue(rotationId, pending)),
	]);
}

/** Whoever finished at the same moment may have had the last word about the live value. */
function isStillLive(item: FullItem, current: Rotation): boolean {
	const { values } = current;
	const live = findRotatedField(item, current)?.value ?? '';
	return values.previous !== '' && values.previous !== live && checkValue(values.rotationId, live) === values.check;
}

function restore(item: FullItem, current: Rotation, { expectedVersion }: StepCommand): FieldChange[] {
	const { rotationId, previous, check } = current.values;
	const live = requireRotatedField(item, current);
	refuseUnexpected(item, expectedVersion);
	if (expectedVersion === undefined && checkValue(rotationId, live.value ?? '') !== check) throw liveValueChanged(item);
	if (previous === '') {
		throw invalidInput(
			`The rotation "${rotationId}" keeps no previous value that could be put back.`,
			'The field was empty before it, or somebody has removed the value: restore it from the history in the 1Password app.',
		);
	}
	return [...setField(live, previous), ...restoreOtherFields(item, current), ...set(current, 'previous', live.value ?? '')];
}

/** @throws OnePasswordError INVALID_INPUT or VERSION_CONFLICT where this rotation does not stand in the item. */
function requireRotation(
	item: FullItem,
	rotationId: string,
): { readonly current: Rotation; readonly strays: readonly Rotation[] } {
	const reading = readRotation(item);
	if (reading.kind === 'none') throw noRotation();
	if (reading.kind === 'unclear') throw unclear(reading.problem);
	if (reading.current.values.rotationId !== rotationId) throw otherRotation(reading.current);
	return reading;
}

function refuseUnexpected(item: FullItem, expected: number | undefined): void {
	if (expected !== undefined && item.version !== expected) throw notExpected(item, expected);
}

/** What another `begin` has left behind goes with it. */
function planStep(item: FullItem, strays: readonly Rotation[], changes: readonly FieldChange[]): UpdatePlan {
	return planUpdate(item, { fields: [...changes, ...strays.flatMap(removeAll)], addMissingFields: true });
}

const HOUR_MS = 3_600_000;
