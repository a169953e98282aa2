/** Says where the rotation of an item stands: in facts to branch on, and in a sentence for a person. Never a value. */

import { describeMove } from './rotationRefusals';
import { isUntouched, readRotation, timeOf, type Rotation, type RotationReading, type RotationState } from './rotationState';
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
	const pastGrace = rotation !== undefined && rotation.values.previous !== '' && now > (timeOf(rotation, 'graceUntil') ?? Infinity);
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
		explanation: [explain(item, reading, ageDays), ...(pastGrace ? [PAST_GRACE] : []), ...(due ? [DUE] : [])].join(' '),
	};
}

/** @returns whether somebody has to do something about the item. */
export function needsAction({ state, due, pastGrace }: RotationStatus): boolean {
	return due || pastGrace || state === 'pending' || state === 'unclear';
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
	if (reading.kind === 'none') return ageDays === undefined ? 'No rotation.' : `No rotation; last updated ${ageDays} days ago.`;
	const { current, strays } = reading;
	if (current.state !== 'pending') return OUTCOMES[current.state];
	const beside = strays.length === 0 ? '' : ' A second rotation that began at the same time stands beside it, and does not count.';
	return isUntouched(item, current, strays.length)
		? `A new value is staged and not live yet: finish it or roll it back.${beside}`
		: `A new value is staged, but the item was edited since: finish is refused. ${describeMove(item, current.values.stagedVersion)}.${beside}`;
}

const OUTCOMES: Readonly<Record<Exclude<RotationState, 'pending'>, string>> = {
	finished: 'The new value is live; the one before it is kept as the previous value.',
	ended: 'The new value is live; the one before it is gone from the item.',
	'rolled back': 'The rotation was rolled back: the value before it is live.',
};

const PAST_GRACE = 'The grace period of the previous value is over: revoke it and end the rotation.';

const DUE = 'A new rotation is due.';

const DAY_MS = 24 * 3_600_000;
