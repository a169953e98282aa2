import type { PlainCredential } from './n8nCli';
import type { WorkflowDocument } from './n8nRest';
import { loadWorkflowFile } from './workflowFile';

export interface RotationSettings {
	issuerUrl: string;
	vault?: string;
	item?: string;
}

/** The rotation workflow as users import it, with its Settings node filled in: each run finds a new key due. */
export async function loadRotationWorkflow(settings: RotationSettings): Promise<WorkflowDocument> {
	return await loadWorkflowFile('rotate-api-key.json', {
		rotateAfterDays: 0,
		notifyUrl: `${settings.issuerUrl}/messages`,
		...settings,
	});
}

/** Lets a POST to `/webhook/<path>` start the workflow too, and answers when the run has ended. */
export function startByWebhook(workflow: WorkflowDocument, path: string): void {
	workflow.nodes.push({
		id: '00000000-0000-4000-9000-00000000000a',
		name: 'Asked for',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		position: [0, 300],
		webhookId: '00000000-0000-4000-9000-00000000000b',
		parameters: { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
	});
	workflow.connections['Asked for'] = { main: [[{ node: 'Settings', type: 'main', index: 0 }]] };
}

/** Shortens the time that each step waits for a read that shows it, for tests where none will. */
export function waitForSync(workflow: WorkflowDocument, seconds: number): void {
	for (const node of workflow.nodes) {
		const parameters = node['parameters'] as { resource?: string; operation?: string; options?: object };
		if (parameters.resource !== 'rotation' || parameters.operation === 'status') continue;
		parameters.options = { ...parameters.options, waitForSync: seconds };
	}
}

/** Lets every schedule trigger of the workflow fire every few seconds. */
export function scheduleEvery(workflow: WorkflowDocument, seconds: number): void {
	for (const node of workflow.nodes) {
		if (node['type'] !== 'n8n-nodes-base.scheduleTrigger') continue;
		node['parameters'] = { rule: { interval: [{ field: 'seconds', secondsInterval: seconds }] } };
	}
}

/** The credential for our nodes, under the id that the workflow refers to. */
export function connectCredential(workflow: WorkflowDocument, server: { url: string; token: string }): PlainCredential {
	for (const node of workflow.nodes) {
		const credentials = node['credentials'] as CredentialReferences | undefined;
		const reference = credentials?.onePasswordConnectApi;
		if (!reference) continue;
		return {
			...reference,
			type: 'onePasswordConnectApi',
			data: {
				serverUrl: server.url,
				accessToken: server.token,
				caCertificate: '',
				ignoreSslIssues: false,
			},
		};
	}
	throw new Error(`Workflow "${workflow.name}" uses no 1Password credential`);
}

interface CredentialReferences {
	onePasswordConnectApi?: { id: string; name: string };
}
