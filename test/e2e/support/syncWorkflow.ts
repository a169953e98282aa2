import type { PlainCredential } from './n8nCli';
import type { WorkflowDocument } from './n8nRest';
import type { SyncTarget, SyncTargets } from './syncTargets';
import { pollEvery } from './triggerWorkflow';
import { loadWorkflowFile, nodeNamed } from './workflowFile';

const FILE = 'sync-database-password.json';

/** Which target each Bearer Auth credential of the workflow is for, by its name. */
const TARGET_OF: Readonly<Record<string, SyncTarget>> = {
	Grafana: 'grafana',
	'Backup service': 'backup',
	'Application servers': 'app-1',
	'Change log': 'log',
};

/** The workflow that sends a new password to the targets. It polls every other second, and waits less between attempts. */
export async function loadSyncWorkflow(targets: SyncTargets): Promise<WorkflowDocument> {
	const workflow = await loadWorkflowFile(FILE, {
		grafanaUrl: targets.url('grafana'),
		backupUrl: targets.url('backup'),
		appServers: JSON.stringify([targets.url('app-1'), targets.url('app-2')]),
		recordUrl: `${targets.url('log')}/changes`,
	});
	const trigger = nodeNamed(workflow, 'Password changed');
	trigger['parameters'] = { ...(trigger['parameters'] as object), pollTimes: pollEvery(2) };
	for (const node of workflow.nodes) if (node['retryOnFail'] === true) node['waitBetweenTries'] = 200;
	return workflow;
}

/** Under the ids that the workflow refers to. */
export function targetCredentials(workflow: WorkflowDocument, targets: SyncTargets): PlainCredential[] {
	const references = workflow.nodes.flatMap((node) => {
		const { httpBearerAuth } = (node['credentials'] ?? {}) as { httpBearerAuth?: { id: string; name: string } };
		return httpBearerAuth ? [httpBearerAuth] : [];
	});
	return [...new Map(references.map((reference) => [reference.id, reference])).values()].map((reference) => {
		const target = TARGET_OF[reference.name];
		if (!target) throw new Error(`No target is known for the credential "${reference.name}"`);
		return { ...reference, type: 'httpBearerAuth', data: { token: targets.token(target) } };
	});
}
