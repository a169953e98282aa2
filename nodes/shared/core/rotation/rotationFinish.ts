/**
 * Computes the single patch that makes the staged value live, or ends the period in which the previous one is kept. A step
 * that is already done plans nothing, so it can be repeated after a crash at any point. Each step removes a field that a
 * rollback also removes, so if two steps were planned from the same read, the server refuses the second.
 */

import { CONCEALED_VALUE } from '../disclosure/concealment';
import type { FieldChange } from '../item/change';
import { planUpdate, type UpdatePlan } from '../item/itemUpdate';
import { leaveAs } from './rotationCheck';
import { movedOn, stagedIsGone } from './state/rotationEdits';
import { findRotatedField, remove, requireRotatedField, set, setField } from './state/rotationFields';
import { keepOtherFields, refuseOtherValues, requireOtherFields, type OtherField } from './state/rotationOtherFields';
import { wrongState } from './state/rotationRefusals';
import { isUntouched } from './state/rotationStamp';
import { timeOf, type Rotation } from './state/rotationState';
import { planStep, refuseEdited, refuseUnexpected, requireRotation, type StandingRotation, type StepCommand } from './rotationStep';
import { formatTime } from './state/rotationTime';
import type { FullItem } from '../wire';

export interface FinishCommand extends StepCommand {
	readonly previousValue: 'keep' | 'drop';
	/** Hours after `finish` during which the previous value may still be in use. Default: nothing is recorded. */
	readonly graceHours?: number;
	/** Other fields that change in the same write as the new value. Default: none. */
	readonly others?: readonly OtherField[];
}

/** Live becomes previous and pending becomes live. If that is already done, can end the previous value's grace period. */
export function planFinish(item: FullItem, command: FinishCommand): UpdatePlan {
	const standing = requireRotation(item, command.rotationId);
	const { current, strays } = standing;
	if (current.state === 'rolled back') throw wrongState(current, 'rolled back');
	if (current.state === 'pending') return planPromotion(item, standing, command);
	refuseOtherValues(item, current, command.others ?? []);
	refuseEdited(item, current, command);
	if (current.state === 'ended') return planUpdate(item, {});
	if (command.previousValue === 'keep') return planStep(item, strays, setGrace(current, command));
	refuseUnexpected(item, command);
	return planStep(item, strays, [
		...remove(current, 'previous'),
		...set(current, 'others', ''),
		...set(current, 'graceUntil', ''),
		...leaveAs(current, 'ended', findRotatedField(item, current)?.value ?? '', []),
	]);
}

function planPromotion(item: FullItem, { current, strays }: StandingRotation, command: FinishCommand): UpdatePlan {
	const { now, expectedVersion, previousValue, others = [] } = command;
	const { pending } = current.values;
	if (pending === '') throw stagedIsGone(current);
	const live = requireRotatedField(item, current);
	if (expectedVersion === undefined && !isUntouched(item, current, strays)) throw movedOn(item, current);
	refuseUnexpected(item, command);
	refuseEdited(item, current, command);
	const companions = requireOtherFields(item, live, others);
	const keep = previousValue === 'keep';
	return planStep(item, strays, [
		...setField(live, pending),
		...companions.flatMap(({ field, value }) => setField(field, value)),
		...remove(current, 'pending'),
		...(keep ? set(current, 'previous', previousOf(live.value, pending)) : remove(current, 'previous')),
		...set(current, 'withdrawn', ''),
		...set(current, 'others', keep ? keepOtherFields(item, companions) : ''),
		...set(current, 'finished', formatTime(now)),
		...(keep ? setGrace(current, command) : []),
		...leaveAs(current, keep ? 'finished' : 'ended', pending, keep ? companions : []),
	]);
}

/** A value that was put in place by hand was never the previous one, and a placeholder is not a value. */
function previousOf(live = '', pending: string): string {
	return live === pending || live.includes(CONCEALED_VALUE) ? '' : live;
}

/** Counted from `finish`, so that a repeated step sets the same time. */
function setGrace(current: Rotation, { graceHours, now }: FinishCommand): FieldChange[] {
	if (graceHours === undefined) return [];
	const from = current.state === 'pending' ? now : (timeOf(current, 'finished') ?? now);
	return set(current, 'graceUntil', formatTime(from + graceHours * HOUR_MS));
}

const HOUR_MS = 3_600_000;
