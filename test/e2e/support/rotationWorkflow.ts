import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlainCredential } from './n8nCli';
import type { WorkflowDocument } from './n8nRest';
import { REPOSITORY } from './packedPackage';

const ROTATION_WORKFLOW = 'workflows/rotate-api-key.json';

export interface RotationSettings {
	issuerUrl: string;
	vault?: string;
	item?: string;
}

/** The rotation workflow as users import it, with its Settings node filled in. */
export async function loadRotationWorkflow(settings: RotationSettings): Promise<WorkflowDocument> {
	const text = await readFile(join(REPOSITORY, ROTATION_WORKFLOW), 'utf8');
	const workflow = JSON.parse(text) as WorkflowDocument;
	const assignments = readAssignments(nodeNamed(workflow, 'Settings'));
	for (const [name, value] of Object.entries(settings)) {
		const assignment = assignments.find((candidate) => candidate.name === name);
		if (!assignment) throw new Error(`The Settings node has no value "${name}"`);
		assignment.value = value;
	}
	return workflow;
}

/** Lets every schedule trigger of the workflow fire every few seconds. */
export function scheduleEvery(workflow: WorkflowDocument, seconds: number): void {
	for (const node of workflow.nodes) {
		if (node['type'] !== 'n8n-nodes-base.scheduleTrigger') continue;
		node['parameters'] = { rule: { interval: [{ field: 'seconds', secondsInterval: seconds }] } };
	}
}

/** The credential for our nodes, under the id that the workflow refers to. */
export function connectCredential(
	workflow: WorkflowDocument,
	server: { url: string; token: string },
): PlainCredential {
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

interface Assignment {
	name: string;
	value: string;
}

function nodeNamed(workflow: WorkflowDocument, name: string): Record<string, unknown> {
	const node = workflow.nodes.find((candidate) => candidate['name'] === name);
	if (!node) throw new Error(`Workflow "${workflow.name}" has no node "${name}"`);
	return node;
}

function readAssignments(node: Record<string, unknown>): Assignment[] {
	const parameters = node['parameters'] as { assignments: { assignments: Assignment[] } };
	return parameters.assignments.assignments;
}
