/** Which rows of the activity log are events, and what their events contain. */

import type { AuditRow } from '../../shared/core/audit/rows/auditRow';
import type { ChangeEvent } from '../events/changeEvent';
import type { AccessKind } from '../events/eventKinds';
import type { Watch } from '../watch/watch';

/** @returns what the row is of; lists and writes are neither. */
export function accessKindOf({ action, result, itemId }: AuditRow): AccessKind | undefined {
	if (result === 'DENY') return 'denied';
	return action === 'READ' && itemId !== null ? 'accessed' : undefined;
}

/**
 * A User-Agent is what a client says of itself: it counts only for requests of this workflow with the token that the trigger
 * uses. A refused request is always emitted, and so is a read of an item in the name of a trigger that did not read it.
 */
export function isOwnAccess({ run, nodeName, settings, tokenId, ownReads }: Watch, row: AuditRow): boolean {
	if (row.result === 'DENY' || tokenId === undefined || row.tokenId !== tokenId) return false;
	if (row.workflowId === null || row.workflowId !== run.workflowId) return false;
	if (row.executionId !== null) return !settings.includeOwnWorkflow;
	return row.node === nodeName && (settings.detail !== 'versions' || ownReads.explain(row));
}

export interface AccessDetails {
	readonly kind: AccessKind;
	/** Where the item was looked up. */
	readonly title?: string;
	/** Of a vault that the token sees. */
	readonly vaultName?: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

export function emitAccess(row: AuditRow, { kind, title, vaultName, now }: AccessDetails): ChangeEvent {
	const { action, result, ip, tokenId, workflowId, executionId, node, timestamp } = row;
	return {
		eventId: row.eventId,
		kind,
		item: row.itemId === null ? null : { id: row.itemId, ...(title !== undefined && { title }) },
		vault: row.vaultId === null ? null : { id: row.vaultId, name: vaultName ?? null },
		action,
		result,
		client: row.userAgent,
		ip,
		tokenId,
		workflowId,
		executionId,
		node,
		timestamp,
		detectedAt: new Date(now).toISOString(),
		redelivered: false,
	};
}
