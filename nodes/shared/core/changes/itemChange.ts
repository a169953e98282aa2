/** What can happen to an item, and the identity of the event that tells of it. */

import type { Item } from '../wire';

/** `existing` is no change: it stands for an item that was there when watching began. */
export const CHANGE_KINDS = ['archived', 'created', 'deleted', 'existing', 'moved', 'restored', 'updated'] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface ItemChange {
	readonly kind: ChangeKind;
	readonly vaultId: string;
	readonly itemId: string;
	/** Version that was known before; absent for an item that was not. */
	readonly previousVersion?: number;
	/** Version that the change led to; of a deleted item the last one that was known. */
	readonly version: number;
	/** The item as a list or a read has shown it; absent where it is gone. */
	readonly row?: Item;
	/** Set where nothing is known of the item from before: its dates alone show the change, which may have been told before. */
	readonly recovered?: true;
	/** Where a moved item comes from: moving makes a copy with a new id and deletes the original. */
	readonly from?: { readonly vaultId: string; readonly itemId: string };
}

/** Kinds that come without a version of their own, so that it alone would not tell them from an update. */
const MARKED_KINDS: ReadonlySet<ChangeKind> = new Set(['archived', 'deleted', 'moved', 'restored']);

/** @returns an id that is the same each time the same change is told: `<vaultId>/<itemId>@<version>`, and the kind where that is not enough. */
export function changeEventId({ kind, vaultId, itemId, version }: ItemChange): string {
	const id = `${vaultId}/${itemId}@${version}`;
	return MARKED_KINDS.has(kind) ? `${id}#${kind}` : id;
}

/** @returns by how many versions the item moved on. */
export function versionsAdvanced({ previousVersion = 0, version }: ItemChange): number {
	return Math.max(0, version - previousVersion);
}
