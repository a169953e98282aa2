/**
 * What an audit run leaves for the next one in the workflow's static data, which is plain text in n8n's database and in
 * every export of the workflow: times and codes; no title, no address, no value.
 */

import { isObject } from '../shared/connect/serverMessage';
import type { StoredMemory } from '../shared/core/audit/anomalies/memory';

const FORMAT = 1;

/** Everything that the next batch starts from, so that a batch that is repeated comes out the same. */
export interface Position {
	/** Name of the source that the cursor belongs to. */
	readonly source: string;
	readonly cursor: unknown;
	readonly memory: StoredMemory;
	/** Of the last row that was chained. */
	readonly lastHash?: string;
}

/** A batch that was handed to the workflow, which has not said yet that it is stored. */
export interface PendingBatch {
	readonly position: Position;
	readonly executionId: string;
	readonly rows: number;
	readonly hasMore: boolean;
	readonly hasGap: boolean;
}

export interface AuditState {
	readonly format: typeof FORMAT;
	/** Of the node that collects. */
	readonly nodeName: string;
	readonly confirmed?: Position;
	readonly pending?: PendingBatch;
}

export function newState(nodeName: string): AuditState {
	return { format: FORMAT, nodeName };
}

/** @returns the stored state, or `undefined` where there is none that this release can read: then collecting begins anew. */
export function parseState(stored: unknown): AuditState | undefined {
	if (!isObject(stored) || stored.format !== FORMAT || typeof stored.nodeName !== 'string') return undefined;
	const { confirmed, pending } = stored;
	if (confirmed !== undefined && !isPosition(confirmed)) return undefined;
	if (pending !== undefined && !(isObject(pending) && isPosition(pending.position))) return undefined;
	// Static data may be a live proxy that n8n watches for changes.
	return JSON.parse(JSON.stringify(stored)) as AuditState;
}

function isPosition(value: unknown): boolean {
	return isObject(value) && typeof value.source === 'string' && isMemory(value.memory);
}

function isMemory(value: unknown): boolean {
	return (
		isObject(value) &&
		typeof value.salt === 'string' &&
		[value.seen, value.tallies].every((list) => Array.isArray(list) && list.every(Array.isArray))
	);
}
