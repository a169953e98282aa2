/**
 * What a poll leaves for the next one in the workflow's static data, which is plain text in n8n's database and in every
 * export of the workflow: ids, versions, keyed codes; no value.
 */

import type { ItemFingerprint } from '../../shared/core/changes/fieldFingerprint';
import { isObject } from '../../shared/core/json';
import type { Batch } from './batch';
import { fromFormer, isBatch, isFormerBatch, type FormerBatch } from './storedBatches';

import { isListOf, isRecordOf } from './shapes';

const FORMAT = 1;

export interface VaultState {
	/** How the vault looked when its items were last listed; empty = list them at the next poll. */
	readonly seen: string;
	/** The `contentVersion` up to which every change is known. */
	readonly content: number;
	/** Milliseconds since the epoch. */
	readonly listedAt: number;
	/** By `packItems`. */
	readonly items: string;
	/** How many more polls list the vault, because a list did not account for all that happened. */
	readonly doubts?: number;
	/** Since when there are so many, milliseconds since the epoch. */
	readonly doubtAt?: number;
	/** The highest `contentVersion` that was seen; only where it is above `content`. */
	readonly newest?: number;
	/** Set until every item that was there when watching began is known: when that was by the server's clock, RFC 3339. */
	readonly baseline?: string;
	/** The `contentVersion` then, where the last change was seconds ago: times are cut to whole seconds, and do not tell what came after. */
	readonly baselineContent?: number;
	/** Beside `baseline`, where the state was lost: from when on items count as changed, milliseconds since the epoch. */
	readonly recoverFrom?: number;
	/** Set where only chosen items of the vault are known. */
	readonly partial?: true;
	/** By item id; only where changed fields are wanted. */
	readonly prints?: Readonly<Record<string, ItemFingerprint>>;
}

/** When writes were made that have explained a change already, milliseconds since the epoch by `vaultId/itemId`. */
export type UsedWrites = Readonly<Record<string, readonly number[]>>;

export interface PollState {
	readonly format: typeof FORMAT;
	/** Rises by one with each state: the newest of two copies counts. */
	readonly serial: number;
	readonly vaults: Readonly<Record<string, VaultState>>;
	/** What the chosen vaults and items were found to mean: `vaultId` or `vaultId/itemId` by entry. */
	readonly chosen?: Readonly<Record<string, string>>;
	/** How far the activity log was read; only where accesses are events. */
	readonly accesses?: unknown;
	/** Tells the keys of fingerprints apart. */
	readonly keyName?: string;
	/** Handed over to n8n, and not known to have arrived. */
	readonly batches?: readonly Batch[];
	/** Writes of the workflow itself that have explained a change; only where those are passed over. */
	readonly ownWrites?: UsedWrites;
	/** Where the state was lost, until every vault has been listed: as in `VaultState`. */
	readonly recoverFrom?: number;
	/** Since when the server can't be reached, RFC 3339; only where that is an event. */
	readonly downSince?: string;
}

export const NO_STATE: PollState = { format: FORMAT, serial: 0, vaults: {} };

/** @returns the stored state, or `undefined` where there is none that this release can read: then watching begins anew. */
export function parseState(stored: unknown): PollState | undefined {
	if (!isObject(stored) || stored.format !== FORMAT || !Number.isInteger(stored.serial)) return undefined;
	const { vaults, chosen, unconfirmed, batches, downSince } = stored;
	if (!isRecordOf(vaults, isVaultState)) return undefined;
	if (chosen !== undefined && !isRecordOf(chosen, (path) => typeof path === 'string')) return undefined;
	if (typeof (downSince ?? '') !== 'string' || !Number.isFinite(stored.recoverFrom ?? 0)) return undefined;
	if (stored.ownWrites !== undefined && !isRecordOf(stored.ownWrites, (times) => isListOf(times, Number.isFinite))) return undefined;
	if (unconfirmed !== undefined && !isFormerBatch(unconfirmed)) return undefined;
	if (batches !== undefined && !isListOf(batches, isBatch)) return undefined;
	// Static data may be a live proxy that n8n watches for changes.
	const { unconfirmed: former, ...state } = JSON.parse(JSON.stringify(stored)) as PollState & { readonly unconfirmed?: FormerBatch };
	return former === undefined ? state : { ...state, batches: [...fromFormer(former), ...(state.batches ?? [])] };
}

function isVaultState(value: unknown): boolean {
	return (
		isObject(value) &&
		typeof value.seen === 'string' &&
		typeof value.items === 'string' &&
		[value.content, value.listedAt, value.doubts ?? 0, value.doubtAt ?? 0, value.newest ?? 0].every(Number.isFinite) &&
		[value.baselineContent ?? 0, value.recoverFrom ?? 0].every(Number.isFinite) &&
		typeof (value.baseline ?? '') === 'string' &&
		(value.prints === undefined || isRecordOf(value.prints, isFingerprint))
	);
}

function isFingerprint(value: unknown): boolean {
	return isObject(value) && Array.isArray(value.attributes) && isListOf(value.fields, Array.isArray);
}
