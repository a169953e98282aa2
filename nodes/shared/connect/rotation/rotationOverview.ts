/** The rotation status of a vault's items: one list request, then reads only of the items tagged as having a rotation. */

import { equalsFilter } from '../../core/names/filter';
import type { FullItem, Item } from '../../core/wire';
import type { ReadingRun } from '../run/connectRun';
import { isActive } from '../lookup/lookup';
import { mapConcurrently } from '../../async/mapConcurrently';
import { outcomeOf } from '../../async/outcome';
import { READ_CONCURRENCY } from '../run/runReads';

export interface OverviewFilter {
	/** The tag of items with a rotation; empty = read every item. */
	readonly rotationTag: string;
	/** Only items with this tag; empty = all. */
	readonly tag: string;
	/** Only items in this category; empty = all. */
	readonly category: string;
}

/** @returns the matching active items; those without a rotation as in the list. */
export async function readRotations({ reads }: ReadingRun, vaultId: string, { rotationTag, tag, category }: OverviewFilter): Promise<FullItem[]> {
	const rows = (await reads.items(vaultId, tag === '' ? undefined : equalsFilter('tag', tag))).filter(
		(row) => isActive(row) && (tag === '' || row.tags?.includes(tag)) && (category === '' || row.category === category),
	);
	const items = await mapConcurrently(rows, READ_CONCURRENCY, async (row) =>
		rotationTag === '' || row.tags?.includes(rotationTag) ? await readUnlessGone(reads, row) : row,
	);
	return items.flatMap((item) => item ?? []);
}

/** The item may have been deleted after the list was read. */
async function readUnlessGone(reads: ReadingRun['reads'], row: Item): Promise<FullItem | undefined> {
	const read = await outcomeOf(reads.item(row.vault.id, row.id));
	if (read.ok) return read.value;
	if (read.error.code === 'ITEM_NOT_FOUND') return undefined;
	throw read.error;
}
