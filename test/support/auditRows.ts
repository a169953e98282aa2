import { toAuditRow } from '../../nodes/shared/core/audit/rows/activityRow';
import type { AuditRow } from '../../nodes/shared/core/audit/rows/auditRow';

/** A row with these columns. */
export function auditRow(columns: Partial<AuditRow> = {}): AuditRow {
	const row = toAuditRow({
		requestId: 'r',
		timestamp: '2026-01-05T10:00:00.000Z',
		action: 'READ',
		result: 'SUCCESS',
		actor: { id: 'server', jti: 'token', userAgent: 'connect-sdk-go/1.5.3', requestIp: '10.0.0.1' },
		resource: { type: 'ITEM', vault: { id: 'v' }, item: { id: 'i' }, itemVersion: 3 },
	});
	return { ...row, eventId: 'r', ...columns };
}

/** @returns as many rows, a minute apart. */
export function auditRows(count: number): AuditRow[] {
	return Array.from({ length: count }, (_, number) =>
		auditRow({
			eventId: `event-${number}`,
			timestamp: new Date(Date.UTC(2026, 0, 5, 10) + number * 60_000).toISOString(),
			itemTitle: number % 2 === 0 ? `Item "${number}" é` : null,
			executionId: String(100 + number),
		}),
	);
}
