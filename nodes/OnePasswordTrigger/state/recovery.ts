/** What items that were there when watching began are told as: nothing, or changes where watching had begun before. */

import type { ItemChange } from '../../shared/core/changes/itemChange';

export interface Beginning {
	/** When watching began, by the server's clock, RFC 3339; an item that is younger was created under watch. */
	readonly begun?: string;
	/** Where the state was lost: from when on items count as changed, milliseconds since the epoch. */
	readonly recoverFrom?: number;
}

export function asExisting(change: ItemChange, { begun, recoverFrom }: Beginning): ItemChange {
	const isOld = begun !== undefined && !(Date.parse(change.row?.createdAt ?? '') > Date.parse(begun));
	if (!isOld || change.kind !== 'created') return change;
	if (recoverFrom === undefined) return { ...change, kind: 'existing' };
	const { createdAt = '', updatedAt = '' } = change.row ?? {};
	if (Date.parse(createdAt) >= recoverFrom) return { ...change, recovered: true };
	return { ...change, kind: Date.parse(updatedAt) >= recoverFrom ? 'updated' : 'existing', recovered: true };
}
