import type { AuditBatch } from '../../shared/core/audit/auditSource';
import type { AuditContext } from '../auditContext';

/** A kind of events that the API refuses does not stop the others; n8n's log and the editor say so. */
export async function addRefusalHint({ hint, logFailures }: AuditContext, { refusal }: Pick<AuditBatch<unknown>, 'refusal'>): Promise<void> {
	if (refusal === undefined) return;
	await logFailures([refusal]);
	hint(`${refusal.message}. ${refusal.advice}`, 'warning');
}
