/** The rows that the node adds to those of the log. */

import type { AuditRow, AuditSourceName } from '../../shared/core/audit/rows/auditRow';
import { toOwnRow, toShortCode } from '../../shared/core/audit/ownRow';
import type { AuditContext } from '../auditContext';

/** @param cursor where the next run continues if no other row says so. It contains no names, titles or values. */
export function startedRow(context: AuditContext, source: AuditSourceName, cursor: unknown): AuditRow {
	return toOwnRow({
		kind: 'collectorStarted',
		// Two first runs at once make one row.
		id: `${source}-${codeOf(context)}`,
		timestamp: timeOf(context),
		source,
		details: JSON.stringify({ cursor }),
	});
}

/** @param cursor as above; none where static data keeps it. */
export function lostRow(context: AuditContext, source: AuditSourceName, cursor?: unknown): AuditRow {
	return toOwnRow({
		kind: 'positionLost',
		// Told once a day, however often it comes again before it is stored.
		id: `${source}-${codeOf(context)}-${timeOf(context).slice(0, 10)}`,
		timestamp: timeOf(context),
		source,
		...(cursor !== undefined && { details: JSON.stringify({ cursor }) }),
	});
}

function codeOf({ workflowId, self }: AuditContext): string {
	return toShortCode([workflowId, self.id]);
}

function timeOf({ now }: AuditContext): string {
	return new Date(now()).toISOString();
}
