/** Reports the status of an item's rotation: facts to branch on, and a sentence for people. Never a value. */

import { isAsLeft } from './rotationCheck';
import { findRotatedField } from './state/rotationFields';
import { describeMove } from './state/rotationEdits';
import { isUntouched } from './state/rotationStamp';
import {
	isInGrace,
	readRotation,
	timeOf,
	type CurrentRotation,
	type Rotation,
	type RotationReading,
	type RotationState,
} from './state/rotationState';
import type { FullItem } from '../wire';

export interface RotationStatus {
	readonly id: string;
	readonly title: string;
	readonly vaultId: string;
	readonly version: number;
	/** `unclear`: the section was edited and no longer makes sense. */
	readonly state: RotationState | 'none' | 'unclear';
	readonly rotationId?: string;
	/** The rotated field: label, section, and ID. */
	readonly field?: string;
	readonly startedAt?: string;
	readonly finishedAt?: string;
	readonly graceUntil?: string;
	/** Whole days since the rotation finished or began, or since the item was updated. */
	readonly ageDays?: number;
	/** Whether a new value is due. A rotation that was rolled back doesn't count. */
	readonly due: boolean;
	/** Whether a previous value is still kept after its grace period. */
	readonly pastGrace: boolean;
	/** Whether the live value was changed, or its field removed, since the rotation's last step. */
	readonly liveValueChanged: boolean;
	readonly explanation: string;
}

export interface StatusRules {
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly dueAfterDays: number;
}

/** @param item may be a row of a list, which counts as an item without a rotation. */
export function describeRotation(item: FullItem, { now, dueAfterDays }: StatusRules): RotationStatus {
	const reading = readRotation(item);
	const rotation = reading.kind === 'found' ? reading.current : undefined;
	const ageDays = ageOf(item, rotation, now);
	const due = rotation?.state === 'rolled back' || (rotation?.state !== 'pending' && ageDays !== undefined && ageDays >= dueAfterDays);
	const pastGrace = rotation !== undefined && isInGrace(rotation) && now > (timeOf(rotation, 'graceUntil') ?? Infinity);
	return {
		id: item.id,
		title: item.title ?? '',
		vaultId: item.vault.id,
		version: item.version ?? 0,
		state: rotation?.state ?? (reading.kind === 'unclear' ? 'unclear' : 'none'),
		...(rotation && describeFields(rotation)),
		...(ageDays !== undefined && { ageDays }),
		due,
		pastGrace,
		liveValueChanged: rotation !== undefined && !isAsLeft(item, rotation),
		explanation: [explain(item, reading, ageDays), ...(pastGrace ? [PAST_GRACE] : []), ...(due ? [DUE] : [])].join(' '),
	};
}

/** @returns whether the item needs attention. */
export function needsAction({ state, due, pastGrace, liveValueChanged }: RotationStatus): boolean {
	// After a rotation has ended, changing the value by hand is fine.
	return due || pastGrace || state === 'pending' || state === 'unclear' || (liveValueChanged && state !== 'ended');
}

function describeFields({ values }: Rotation): Partial<RotationStatus> {
	const { rotationId, field, started, finished, graceUntil } = values;
	return {
		rotationId,
		field,
		...(started && { startedAt: started }),
		...(finished && { finishedAt: finished }),
		...(graceUntil && { graceUntil }),
	};
}

function ageOf({ updatedAt = '' }: FullItem, rotation: Rotation | undefined, now: number): number | undefined {
	const rotated = rotation && (timeOf(rotation, 'finished') ?? timeOf(rotation, 'started'));
	const age = Math.floor((now - (rotated ?? Date.parse(updatedAt))) / DAY_MS);
	return Number.isNaN(age) ? undefined : Math.max(0, age);
}

function explain(item: FullItem, reading: RotationReading, ageDays: number | undefined): string {
	if (reading.kind === 'unclear') return `The section "Rotation" can't be understood: ${reading.problem}.`;
	if (reading.kind === 'none') return explainNone(item, ageDays);
	const { current, strays } = reading;
	const beside = strays.every(({ state }) => state === 'withdrawn')
		? []
		: ['The item also contains a value that another rotation staged at the same time; it is not used.'];
	return [current.state === 'pending' ? explainPending(item, current, strays) : explainOutcome(item, current), ...beside].join(' ');
}

/** A row of a list has no fields. */
function explainNone({ fields }: FullItem, ageDays: number | undefined): string {
	const known = fields === undefined ? 'Not tagged as an item with a rotation, so not read' : 'No rotation';
	return ageDays === undefined ? `${known}.` : `${known}; last updated ${ageDays} days ago.`;
}

function explainPending(item: FullItem, current: Rotation, strays: readonly Rotation[]): string {
	const { pending, stagedVersion, field } = current.values;
	const live = findRotatedField(item, current);
	if (pending === '') return 'The staged value is gone from the item: roll back, then begin again.';
	if (live === undefined) return `A new value is staged, but the field ${field} is no longer in the item: roll back.`;
	if (live.value === pending) return 'The staged value is already live because it was put in place by hand: finish with the expected version.';
	return isUntouched(item, current, strays)
		? 'A new value is staged but not live yet: finish the rotation or roll it back.'
		: `A new value is staged, but the item was edited since then, so it can't be finished. ${describeMove(item, stagedVersion)}.`;
}

function explainOutcome(item: FullItem, current: CurrentRotation): string {
	const { state, values } = current;
	const done = WHAT_WAS_DONE[state];
	const live = findRotatedField(item, current);
	const isLeft = state === 'finished' && values.previous !== '';
	if (live === undefined)
		return `${done}, but the field ${values.field} is no longer in the item${isLeft ? ": restore it from the item's history" : ''}.`;
	if (isAsLeft(item, current)) return `${done}: ${describeLive(current)}.`;
	const changed = `${done}, but the live value or one of the other fields was changed after that.`;
	if (state !== 'finished') return changed;
	return `${changed} Check the item, then end the rotation${isLeft ? ' or roll it back' : ''} with 'Expected Version' set to ${item.version ?? 'its version'}.`;
}

/** Says only what is known: a person may have cleared a field, or put the earlier live value in place by hand. */
function describeLive({ state, values }: CurrentRotation): string {
	if (state === 'rolled back') return 'the live value is the one that the rollback left in place';
	return `the new value is live, ${values.previous === '' ? 'and no previous value is kept' : 'and the previous value is kept beside it'}`;
}

const WHAT_WAS_DONE: Readonly<Record<RotationState, string>> = {
	pending: 'The rotation has begun',
	finished: 'The rotation has finished',
	ended: 'The rotation has ended',
	'rolled back': 'The rotation was rolled back',
};

const PAST_GRACE = 'The grace period of the previous value is over: revoke it and end the rotation.';

const DUE = 'A new rotation is due.';

const DAY_MS = 24 * 3_600_000;
