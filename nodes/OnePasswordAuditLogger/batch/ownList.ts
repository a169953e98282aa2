import { isRequestOf, type Requester } from '../../shared/core/audit/anomalies/client';
import type { AuditRow } from '../../shared/core/audit/rows/auditRow';

/** Lists show no secret. A row with an item may be one, too, on some servers, or a read: that one stays. */
export function isOwnList(row: AuditRow, own: Requester | undefined): boolean {
	return row.action === 'READ' && row.result === 'SUCCESS' && row.itemId === null && isRequestOf(row, own);
}
