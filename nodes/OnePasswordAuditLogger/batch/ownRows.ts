/** The rows that the node adds to those of the log. */

import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditRow, AuditSourceName } from '../../shared/core/audit/rows/auditRow';
import { toOwnRow, toShortCode } from '../../shared/core/audit/ownRow';
import { EFFECTS } from '../../shared/n8n/process/effects';

/** @param cursor where the next run goes on, should no other row tell it. It holds no name, title or value. */
export function startedRow(node: IExecuteFunctions, source: AuditSourceName, cursor: unknown): AuditRow {
	return toOwnRow({
		kind: 'collectorStarted',
		// Two first runs at once make one row.
		id: `${source}-${codeOf(node)}`,
		timestamp: now(),
		source,
		details: JSON.stringify({ cursor }),
	});
}

/** @param cursor as above; none where static data keeps it. */
export function lostRow(node: IExecuteFunctions, source: AuditSourceName, cursor?: unknown): AuditRow {
	return toOwnRow({
		kind: 'positionLost',
		// Told once a day, however often it comes again before it is stored.
		id: `${source}-${codeOf(node)}-${now().slice(0, 10)}`,
		timestamp: now(),
		source,
		...(cursor !== undefined && { details: JSON.stringify({ cursor }) }),
	});
}

function codeOf(node: IExecuteFunctions): string {
	return toShortCode([node.getWorkflow().id, node.getNode().id]);
}

function now(): string {
	return new Date(EFFECTS.now()).toISOString();
}
