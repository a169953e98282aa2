/** Names for the IDs in audit rows: one list of vaults, and at most one list of items per vault. */

import type { AuditRow } from '../../core/audit/rows/auditRow';
import { toFitText } from '../../core/audit/rows/logText';
import type { OnePasswordError } from '../../core/errors/onePasswordError';
import type { Item } from '../../core/wire';
import { outcomeOf } from '../../async/outcome';
import type { RunReads } from '../run/runReads';

export interface AuditNames {
	/** @returns the row with all known names; a vault or item that is gone only has its ID. */
	complete(row: AuditRow): AuditRow;
	/** `vaultId/itemId` of the listed items, and whether they have the tag. */
	readonly tagged: ReadonlyMap<string, boolean>;
	/** Why some names are missing, if a list could not be read. */
	readonly failure?: OnePasswordError;
}

type Lists = Pick<RunReads, 'vaults' | 'items'>;

/**
 * If a list can't be read, names are missing, but no rows.
 * @param tag to look for in every vault, so that a later run recognizes items that are gone by then. Without a tag, only
 * vaults that occur in the rows are listed.
 * @throws OnePasswordError if the execution was canceled.
 */
export async function readAuditNames(reads: Lists, rows: readonly AuditRow[], tag?: string): Promise<AuditNames> {
	if (tag === undefined && rows.every(({ vaultId }) => vaultId === null)) return { complete: (row) => row, tagged: new Map() };
	const vaults = await outcomeOf(reads.vaults());
	if (!vaults.ok) return { complete: (row) => row, tagged: new Map(), failure: unlessCancelled(vaults.error) };
	const vaultNames = new Map(vaults.value.map(({ id, name }) => [id, name]));
	const vaultIds = new Set(rows.flatMap(({ vaultId, itemId }) => (vaultId && itemId ? [vaultId] : [])));
	const wanted = [...vaultNames.keys()].filter((vaultId) => tag !== undefined || vaultIds.has(vaultId));
	const lists = await Promise.all(wanted.map(async (vaultId) => await outcomeOf(reads.items(vaultId))));
	const items = new Map<string, Item>();
	let failure: OnePasswordError | undefined;
	lists.forEach((list, index) => {
		if (!list.ok) failure = unlessCancelled(list.error);
		else for (const item of list.value) items.set(`${wanted[index]}/${item.id}`, item);
	});
	return {
		complete: (row) => ({
			...row,
			vaultName: nameOf(vaultNames.get(row.vaultId ?? '')) ?? row.vaultName,
			itemTitle: nameOf(items.get(`${row.vaultId}/${row.itemId}`)?.title) ?? row.itemTitle,
		}),
		tagged: new Map([...items].map(([key, { tags = [] }]) => [key, tag !== undefined && tags.includes(tag)])),
		...(failure && { failure }),
	};
}

function nameOf(text: string | undefined): string | null {
	return text === undefined ? null : toFitText(text);
}

function unlessCancelled(error: OnePasswordError): OnePasswordError {
	if (error.details.cancelled) throw error;
	return error;
}
