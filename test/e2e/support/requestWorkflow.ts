import type { RunningN8n } from './n8nServer';
import type { WorkflowDocument } from './n8nRest';
import type { Execution, ExecutionData } from './runData';
import { waitFor } from './waitFor';

/** A node of n8n's own that uses a credential of the type onePasswordSecretHttpApi. */
export interface RequestCase {
	readonly name: string;
	readonly credentialId: string;
	readonly type?: string;
	readonly typeVersion?: number;
	readonly parameters: Readonly<Record<string, unknown>>;
	/** Settings of the node, such as `retryOnFail`. */
	readonly node?: Readonly<Record<string, unknown>>;
}

export type SavedRun = Execution & { data: ExecutionData };

/** A webhook and a node for each case, and a start by hand; everything is saved. */
export function requestWorkflow(id: string, cases: readonly RequestCase[]): WorkflowDocument {
	const nodes = cases.flatMap((one, index) => [
		{
			id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
			name: `Start ${index}`,
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, index * 160],
			webhookId: `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`,
			parameters: { path: pathOf(id, index), httpMethod: 'POST', responseMode: 'lastNode', options: {} },
		},
		{
			id: `00000000-0000-4000-a000-${String(index).padStart(12, '0')}`,
			name: one.name,
			type: one.type ?? 'n8n-nodes-base.httpRequest',
			typeVersion: one.typeVersion ?? 4.4,
			position: [240, index * 160],
			parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: 'onePasswordSecretHttpApi', ...one.parameters },
			credentials: { onePasswordSecretHttpApi: { id: one.credentialId, name: one.credentialId } },
			...one.node,
		},
	]);
	const byHand = {
		id: '00000000-0000-4000-b000-000000000000',
		name: 'By hand',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, -160],
		parameters: {},
	};
	const to = (name: string): object => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	return {
		id,
		name: 'Requests with secrets',
		nodes: [byHand, ...nodes],
		connections: {
			'By hand': to(cases[0]?.name ?? ''),
			...Object.fromEntries(cases.map(({ name }, index) => [`Start ${index}`, to(name)])),
		},
		settings: {
			executionOrder: 'v1',
			saveDataErrorExecution: 'all',
			saveDataSuccessExecution: 'all',
			saveManualExecutions: true,
			saveExecutionProgress: true,
		},
	};
}

/** Starts a case of an active workflow as a caller from outside would. */
export async function runCase(n8n: RunningN8n, workflowId: string, index: number): Promise<SavedRun> {
	const response = await fetch(`${n8n.url}/webhook/${pathOf(workflowId, index)}`, { method: 'POST' });
	await response.text();
	return await newestRun(n8n, workflowId);
}

/** Runs a workflow from its manual trigger as the editor does. */
export async function runByHand(n8n: RunningN8n, workflow: WorkflowDocument, trigger = 'By hand'): Promise<SavedRun> {
	const stored = await n8n.rest.call<object>('GET', `/rest/workflows/${workflow.id}`);
	const { executionId } = await n8n.rest.call<{ executionId: string }>('POST', `/rest/workflows/${workflow.id}/run`, {
		workflowData: stored,
		triggerToStartFrom: { name: trigger },
	});
	return await waitFor(async () => await finishedRun(n8n, executionId), { timeoutMs: 60_000, what: 'the run by hand to end' });
}

async function newestRun(n8n: RunningN8n, workflowId: string): Promise<SavedRun> {
	return await waitFor(
		async () => {
			const [newest] = await n8n.rest.executions({ workflowId });
			return newest && (await finishedRun(n8n, newest.id));
		},
		{ timeoutMs: 60_000, what: 'n8n to have saved the execution' },
	);
}

async function finishedRun(n8n: RunningN8n, id: string): Promise<SavedRun | undefined> {
	const execution = await n8n.rest.execution(id);
	return execution.stoppedAt !== null && execution.data !== undefined ? (execution as SavedRun) : undefined;
}

function pathOf(workflowId: string, index: number): string {
	return `${workflowId}-${index}`;
}
