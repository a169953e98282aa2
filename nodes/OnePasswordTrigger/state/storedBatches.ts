/** Batches as this release stores them, and as earlier ones did. */

import { isObject } from '../../shared/core/json';
import { isListOf } from './shapes';
import type { Batch } from './batch';

export interface FormerBatch {
	readonly process: string;
	readonly events: Batch['events'];
	readonly waiting?: Batch['events'];
}

/** Earlier releases kept one batch, and beside it the events that had to wait. */
export function fromFormer({ process, events, waiting = [] }: FormerBatch): Batch[] {
	const former = [
		{ process: '', events: waiting },
		{ process, events },
	].filter((batch) => batch.events.length > 0);
	return former.map((batch) => ({ id: 0, at: 0, ...batch }));
}

export function isFormerBatch(value: unknown): value is FormerBatch {
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
