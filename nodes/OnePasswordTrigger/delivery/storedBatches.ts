/** Batches as this release stores them, and as earlier ones did. */

import { isObject } from '../../shared/core/json';
import type { PollState } from '../pollState';
import { isListOf } from '../state/shapes';
import type { Batch } from './batches';

interface FormerBatch {
	readonly process: string;
	readonly events: Batch['events'];
	readonly waiting?: Batch['events'];
}

export type StoredState = PollState & { readonly unconfirmed?: FormerBatch };

/** Earlier releases kept one batch, and beside it the events that had to wait. */
export function withBatches({ unconfirmed, ...state }: StoredState): PollState {
	if (unconfirmed === undefined) return state;
	const { process, events, waiting = [] } = unconfirmed;
	const former = [{ process: '', events: waiting }, { process, events }].filter((batch) => batch.events.length > 0);
	return { ...state, batches: [...former.map((batch) => ({ id: 0, at: 0, ...batch })), ...(state.batches ?? [])] };
}

export function isFormerBatch(value: unknown): boolean {
	return isObject(value) && [value.events, value.waiting ?? []].every((events) => isListOf(events, isObject));
}

export function isBatch(value: unknown): boolean {
	return (
		isObject(value) &&
		isListOf(value.events, isObject) &&
		typeof value.process === 'string' &&
		[value.id, value.at, value.lost ?? 0, value.failed ?? 0].every(Number.isFinite)
	);
}
