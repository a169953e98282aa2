/** What items that were there when watching began are told as: nothing, or changes where watching had begun before. */

import type { ItemChange } from '../../shared/core/changes/itemChange';
import type { Vault } from '../../shared/core/wire';
import type { VaultState } from './pollState';

export interface Beginning {
	/** When watching began, by the server's clock, RFC 3339; an item that is younger was created under watch. */
	readonly begun?: string;
	/** The `contentVersion` then, where the last change was seconds before: times alone, cut to whole seconds, do not tell what came after. */
	readonly content?: number;
	/** Where the state was lost: from when on items count as changed, milliseconds since the epoch. */
	readonly recoverFrom?: number;
}

/** Clocks of n8n and of the server differ by less. */
const CLOCKS_DIFFER_MS = 10_000;

/** @param startedAt milliseconds since the epoch. */
export function beginAt(vault: Vault, startedAt: number, { recoverFrom }: Pick<Beginning, 'recoverFrom'>): Beginning {
	const isFresh = Math.abs(startedAt - Date.parse(vault.updatedAt ?? '')) < CLOCKS_DIFFER_MS;
	return {
		begun: vault.updatedAt ?? '',
		...(isFresh && { content: vault.contentVersion ?? 0 }),
		...(recoverFrom !== undefined && { recoverFrom }),
	};
}

export function beginningOf(before: VaultState | undefined): Beginning {
	const { baseline, baselineContent, recoverFrom } = before ?? {};
	return {
		...(baseline !== undefined && { begun: baseline }),
		...(baselineContent !== undefined && { content: baselineContent }),
		...(recoverFrom !== undefined && { recoverFrom }),
	};
}

export function storedBeginning({ begun, content, recoverFrom }: Beginning): Partial<VaultState> {
	if (begun === undefined) return {};
	return {
		baseline: begun,
		...(content !== undefined && { baselineContent: content }),
		...(recoverFrom !== undefined && { recoverFrom }),
	};
}

/** @param contentVersion of the vault now: where it has moved on, an item of the very second in which watching began is new. */
export function asExisting(change: ItemChange, { begun, content, recoverFrom }: Beginning, contentVersion: number): ItemChange {
	if (begun === undefined || change.kind !== 'created') return change;
	const { createdAt = '', updatedAt = '' } = change.row ?? {};
	const age = Date.parse(createdAt) - Date.parse(begun);
	if (age > 0 || (age === 0 && contentVersion > (content ?? Infinity))) return change;
	if (recoverFrom === undefined) return { ...change, kind: 'existing' };
	if (Date.parse(createdAt) >= recoverFrom) return { ...change, recovered: true };
	return { ...change, kind: Date.parse(updatedAt) >= recoverFrom ? 'updated' : 'existing', recovered: true };
}
