/**
 * What an audit run leaves for the next one in the workflow's static data, which is plain text in n8n's database and in
 * every export of the workflow: times and codes; no title, no address, no value.
 */

import { isObject } from '../../shared/core/json';
import type { StoredMemory } from '../../shared/core/audit/anomalies/memory';
import { parseMemory } from '../../shared/core/audit/anomalies/parseMemory';

const FORMAT = 1;

/** Everything that the next batch starts from, so that a batch that is repeated comes out the same. */
export interface Position {
	/** Name of the source that the cursor belongs to. */
	readonly source: string;
	readonly cursor: unknown;
	/** Absent where it could not be read: then the rules learn anew. */
	readonly memory?: StoredMemory;
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
	const state = JSON.parse(JSON.stringify(stored)) as AuditState;
	return {
		...state,
		...(state.confirmed && { confirmed: withSoundMemory(state.confirmed) }),
		...(state.pending && { pending: { ...state.pending, position: withSoundMemory(state.pending.position) } }),
	};
}

function isPosition(value: unknown): value is Position {
	return isObject(value) && typeof value.source === 'string' && ['string', 'undefined'].includes(typeof value.lastHash);
}

/** To learn anew costs less than to lose the place in the log. */
function withSoundMemory({ memory, ...position }: Position): Position {
	const sound = parseMemory(memory);
	return sound === undefined ? position : { ...position, memory: sound };
}
