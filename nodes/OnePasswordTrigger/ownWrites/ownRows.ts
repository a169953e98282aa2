/**
 * Writes of the same workflow as the activity log shows them, whichever process of n8n has made them. Pure.
 */

import type { AuditRow } from '../../shared/core/audit/rows/auditRow';
import type { ItemChange } from '../../shared/core/changes/itemChange';

export interface Writer {
	readonly workflowId: string;
	readonly tokenId?: string;
}

const WRITES: ReadonlySet<string> = new Set(['CREATE', 'DELETE', 'UPDATE']);

/**
 * A User-Agent is what a client says of itself: it counts only with the token that the trigger uses.
 * @returns whether it is a write by an execution of the workflow.
 */
export function isOwnWrite({ workflowId, tokenId }: Writer, row: AuditRow): boolean {
	const isOwnToken = tokenId !== undefined && row.tokenId === tokenId;
	const isOwnWorkflow = workflowId !== '' && row.workflowId === workflowId && row.executionId !== null;
	return isOwnToken && isOwnWorkflow && row.result === 'SUCCESS' && WRITES.has(row.action) && row.itemId !== null;
}

export function pathOf({ vaultId, itemId }: { readonly vaultId: string | null; readonly itemId: string | null }): string {
	return `${vaultId}/${itemId}`;
}

/** @returns the writes that made the item, or that deleted it. */
export function rowsOfItem(rows: readonly AuditRow[], change: ItemChange): AuditRow[] {
	const isDeletion = change.kind === 'deleted';
	return rows.filter((row) => pathOf(row) === pathOf(change) && (row.action === 'DELETE') === isDeletion);
}

export interface Evidence {
	/** Own writes of the item since `from`. */
	readonly rows: readonly AuditRow[];
	/** When those of them were made that have explained a change already, milliseconds since the epoch; and older ones. */
	readonly used: readonly number[];
	/** Milliseconds since the epoch. */
	readonly from: number;
}

/** @returns whether there is a write for each of the steps: one write explains one step, once. */
export function explains({ rows, used, from }: Evidence, change: ItemChange, steps: number): boolean {
	// An item is deleted once.
	if (change.kind === 'deleted') return rows.length > 0;
	const unused = rows.length - used.filter((at) => at >= from).length;
	return Math.min(unused, rows.filter((row) => isInReach(row, change)).length) >= steps;
}

/** Connect does not document whether the row of an update has the old version or the new one. */
function isInReach({ itemVersion }: AuditRow, { version, previousVersion = 0 }: ItemChange): boolean {
	return itemVersion === null || (itemVersion >= previousVersion && itemVersion <= version);
}
