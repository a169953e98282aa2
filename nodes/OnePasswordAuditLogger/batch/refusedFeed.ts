import type { IExecuteFunctions } from 'n8n-workflow';

import type { AuditBatch } from '../../shared/core/audit/auditSource';
import { logFailures } from '../../shared/n8n/errors/failureLog';

/** A kind of events that the API refuses does not stop the others; n8n's log and the editor say so. */
export async function tellOfRefusal(node: IExecuteFunctions, { refusal }: Pick<AuditBatch<unknown>, 'refusal'>): Promise<void> {
	if (refusal === undefined) return;
	await logFailures(node, [refusal]);
	node.addExecutionHints?.({ message: `${refusal.message}. ${refusal.advice}`, type: 'warning', location: 'outputPane' });
}
