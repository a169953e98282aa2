import type { AuditRow, AuditSourceName } from '../../shared/core/audit/rows/auditRow';
import { summarise } from '../../shared/core/audit/anomalies/judgeRow';
import { toOwnRow } from '../../shared/core/audit/ownRow';
import type { AuditContext } from '../auditContext';
import type { BatchSettings } from './settings';
import { toAnomaly, type OutputRow } from './shapeRows';

/** What the log has lost is worth an alert. @param oldest the first row that is still there. */
export function gapAnomaly({ now }: AuditContext, source: AuditSourceName, oldest: AuditRow | undefined, settings: BatchSettings): OutputRow {
	const timestamp = oldest?.timestamp ?? new Date(now()).toISOString();
	const row = toOwnRow({ kind: 'gap', id: oldest?.eventId ?? timestamp, timestamp, source });
	const reason = 'The log no longer reaches back to the last run: events in between may be missing.';
	return toAnomaly(row, summarise([{ rule: 'gap', severity: 'high', reason }]), settings);
}
