/** Says where the rotation of an item stands: in facts to branch on, and in a sentence for a person. Never a value. */

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
	/** `unclear`: somebody has edited the section so that it makes no sense any more. */
	readonly state: RotationState | 'none' | 'unclear';
	readonly rotationId?: string;
	/** The rotated field: label, with its section, and id. */
	readonly field?: string;
	readonly startedAt?: string;
	readonly finishedAt?: string;
	readonly graceUntil?: string;
	/** Whole days since the rotation finished or began, or since the item was updated. */
	readonly ageDays?: number;
	/** Whether it is time for a new value. A rotation that was rolled back has brought none. */
	readonly due: boolean;
	/** Whether a previous value is kept although its grace period is over. */
	readonly pastGrace: boolean;
	/** Whether somebody has changed the live value, or removed its field, since the rotation's last step. */
	readonly liveValueChanged: boolean;
	readonly explanation: string;
}

export interface StatusRules {
	/** Milliseconds since the epoch. */
	readonly now: number;
	readonly dueAfterDays: number;
}

/** @param item may be a row of a list: then it counts as one without a rotation. */
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

/** @returns whether somebody has to do something about the item. */
export function needsAction({ state, due, pastGrace, liveValueChanged }: RotationStatus): boolean {
	// Once a rotation has ended, a value may well be changed by hand.
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
		: ['What another rotation has staged at the same time stands beside it, and does not count.'];
	return [current.state === 'pending' ? explainPending(item, current, strays) : explainOutcome(item, current), ...beside].join(' ');
}

/** A row of a list has no fields. */
function explainNone({ fields }: FullItem, ageDays: number | undefined): string {
	const known = fields === undefined ? 'Not marked as an item with a rotation, so not read' : 'No rotation';
	return ageDays === undefined ? `${known}.` : `${known}; last updated ${ageDays} days ago.`;
}

function explainPending(item: FullItem, current: Rotation, strays: readonly Rotation[]): string {
	const { pending, stagedVersion, field } = current.values;
	const live = findRotatedField(item, current);
	if (pending === '') return 'The staged value is gone from the item: roll back, then begin again.';
	if (live === undefined) return `A new value is staged, but the field ${field} is not in the item any more: roll back.`;
	if (live.value === pending) return 'The staged value is live already, as somebody put it in place by hand: finish with the expected version.';
	return isUntouched(item, current, strays)
		? 'A new value is staged and not live yet: finish it or roll it back.'
		: `A new value is staged, but the item was edited since: finish is refused. ${describeMove(item, stagedVersion)}.`;
}

function explainOutcome(item: FullItem, current: CurrentRotation): string {
	const { state, values } = current;
	const done = WHAT_WAS_DONE[state];
	const live = findRotatedField(item, current);
	const isLeft = state === 'finished' && values.previous !== '';
	if (live === undefined)
		return `${done}, but the field ${values.field} is not in the item any more${isLeft ? ": restore it from the item's history" : ''}.`;
	if (isAsLeft(item, current)) return `${done}: ${describeLive(current)}.`;
	const changed = `${done}, but somebody has changed the live value, or a field that goes with it, since.`;
	if (state !== 'finished') return changed;
	return `${changed} Look at the item, then end the rotation${isLeft ? ' or roll it back' : ''} with 'Expected Version' set to ${item.version ?? 'its version'}.`;
}

/** Says no more than is known: a person may have emptied a field, and what was live before may have been put in place by hand. */
function describeLive({ state, values }: CurrentRotation): string {
	if (state === 'rolled back') return 'the live value is the one that this left in place';
	return `the new value is live, ${values.previous === '' ? 'and no previous value is kept' : 'and a previous value is kept beside it'}`;
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
