/**
 * Compares a list of items with what is known of them. Servers behind one address may show older states for a while, so
 * only a higher version is a change, and an item that is missing is only reported as missing.
 */

import type { ItemChange } from './itemChange';
import type { KnownItem, KnownItems } from './knownItems';
import type { Item } from '../wire';

export interface ListingDiff {
	readonly changes: readonly ItemChange[];
	/** Known items that the list should hold and does not. */
	readonly missing: readonly KnownItem[];
	/** Items to remember although nothing happened to them: back where they were missing, or put away since long ago. */
	readonly noted: readonly KnownItem[];
	/** Whether a row is older than what is known: the list comes from a server that lags behind. */
	readonly isOutdated: boolean;
}

/** @returns one of each id, the newest: told twice, a change would start two executions. */
export function uniqueById<T extends { readonly id: string; readonly version?: number }>(rows: readonly T[]): T[] {
	const newest = new Map<string, T>();
	for (const row of rows) {
		const known = newest.get(row.id);
		if (known === undefined || (row.version ?? 0) > (known.version ?? 0)) newest.set(row.id, row);
	}
	return [...newest.values()];
}

export function diffListing(vaultId: string, known: KnownItems, rows: readonly Item[]): ListingDiff {
	const seen = new Set<string>();
	const changes: ItemChange[] = [];
	const noted: KnownItem[] = [];
	let isOutdated = false;
	for (const row of rows) {
		seen.add(row.id);
		const before = known.get(row.id);
		const change = diffRow(vaultId, before, row);
		if (before !== undefined && (row.version ?? 0) < before.version) isOutdated = true;
		if (change !== undefined) changes.push(change);
		else if (before?.presence === 'absent') noted.push({ ...before, presence: 'active' });
		else if (before === undefined) noted.push(knownAway(row));
	}
	const missing = [...known.values()].filter(({ id, presence }) => (presence === 'active' || presence === 'absent') && !seen.has(id));
	return { changes, missing, noted, isOutdated };
}

function knownAway({ id, version = 0 }: Item): KnownItem {
	return { id, version, presence: 'archived', watched: false, mark: 0 };
}

/** @returns what a row, or a read of the item, shows to have happened since it was last known. */
export function diffRow(vaultId: string, before: KnownItem | undefined, row: Item): ItemChange | undefined {
	const version = row.version ?? 0;
	const change = { vaultId, itemId: row.id, version, row, ...(before && { previousVersion: before.version }) };
	const wasThere = before?.presence === 'active' || before?.presence === 'absent';
	if (row.state !== undefined) {
		// One that was never seen active may have been put away long ago.
		if (!wasThere || version < before.version) return undefined;
		return { ...change, kind: row.state === 'ARCHIVED' ? 'archived' : 'deleted' };
	}
	if (before === undefined) return { ...change, kind: 'created' };
	// Not every server may count archiving and restoring as a new version.
	const isSame = version === before.version && before.presence !== 'archived';
	if (version < before.version || isSame) return undefined;
	return { ...change, kind: wasThere ? 'updated' : 'restored' };
}

export interface Sighting {
	readonly watched: boolean;
	readonly mark: number;
}

/** @returns what is known of an item after a change. */
export function knownAfter(change: ItemChange, { watched, mark }: Sighting): KnownItem {
	const { itemId: id, version, kind } = change;
	const presence = kind === 'archived' || kind === 'deleted' ? kind : 'active';
	return { id, version, presence, watched, mark };
}
