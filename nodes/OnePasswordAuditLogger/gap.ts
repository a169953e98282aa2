import { AUDIT_COLUMNS } from '../shared/core/audit/auditColumns';
import type { AuditRow, AuditSourceName } from '../shared/core/audit/auditRow';
import { summarise } from '../shared/core/audit/anomalies/judgeRow';
import { EFFECTS } from '../shared/n8n/effects';
import type { BatchSettings } from './settings';
import { toAnomaly } from './shapeRows';

/** What the log has lost is worth an alert. @param oldest the first row that is still there. */
export function gapAnomaly(source: AuditSourceName, oldest: AuditRow | undefined, settings: BatchSettings): object {
	const timestamp = oldest?.timestamp ?? new Date(EFFECTS.now()).toISOString();
	const row = {
		...(Object.fromEntries(AUDIT_COLUMNS.map((column) => [column, null])) as unknown as AuditRow),
		eventId: `gap-${oldest?.eventId ?? timestamp}`,
		timestamp,
		source,
		kind: 'gap',
		action: 'GAP',
		result: 'UNKNOWN',
	};
	const reason = 'The log no longer reaches back to the last run: events in between may be missing.';
	return toAnomaly(row, summarise([{ rule: 'gap', severity: 'high', reason }]), settings);
}
