import type { PlainCredential } from './n8nCli';
import type { WorkflowDocument } from './n8nRest';
import type { Login, Postgres } from './postgres';
import { loadWorkflowFile, nodeNamed } from './workflowFile';

const CONNECT = { id: 'onePasswordDemo0', name: '1Password Connect' };

export const READ_ITEM = 'Read secret';

/** The audit workflow as users import it; it runs every four seconds, and saves manual executions. */
export async function loadAuditWorkflow(settings: Readonly<Record<string, string>>): Promise<WorkflowDocument> {
	return hurried(await loadWorkflowFile('audit-secret-access.json', settings));
}

/** The audit workflow that keeps its rows in a Data Table of n8n, likewise. */
export async function loadDataTableWorkflow(chatUrl: string): Promise<WorkflowDocument> {
	const workflow = await loadWorkflowFile('audit-secret-access-data-table.json');
	const { parameters } = nodeNamed(workflow, 'Post to chat') as { parameters: { url: string } };
	parameters.url = chatUrl;
	return hurried(workflow);
}

function hurried(workflow: WorkflowDocument): WorkflowDocument {
	const schedule = nodeNamed(workflow, 'Every 5 minutes');
	schedule['parameters'] = { rule: { interval: [{ field: 'seconds', secondsInterval: 4 }] } };
	return { ...workflow, settings: { ...workflow.settings, saveManualExecutions: true } };
}

/** What the note of the workflow tells users to run. */
export function tablesOf(workflow: WorkflowDocument): string {
	const notes = workflow.nodes.map(({ parameters }) => String((parameters as { content?: string }).content ?? ''));
	const sql = notes.map((note) => /```sql\n([^]*?)```/.exec(note)?.[1]).find((found) => found !== undefined);
	if (sql === undefined) throw new Error('No note of the workflow holds SQL');
	return sql;
}

/** Under the id that the workflow refers to. */
export function postgresCredential(workflow: WorkflowDocument, { host, port }: Postgres, login: Login): PlainCredential {
	const { credentials } = nodeNamed(workflow, 'Store events') as { credentials?: { postgres: { id: string; name: string } } };
	if (credentials === undefined) throw new Error('The workflow uses no Postgres credential');
	const { user, password, database = 'postgres' } = login;
	return { ...credentials.postgres, type: 'postgres', data: { host, port, user, password, database, ssl: 'disable' } };
}

/** A workflow that reads a secret when it is called, and keeps its executions. */
export function readerWorkflow(id: string, parameters: object): WorkflowDocument {
	const digits = Buffer.from(id).toString('hex').slice(-11);
	return {
		id,
		name: `Reads a secret: ${id}`,
		nodes: [
			{
				id: `00000000-0000-4000-8000-${digits}1`,
				name: 'Called',
				type: 'n8n-nodes-base.webhook',
				typeVersion: 2,
				position: [0, 0],
				webhookId: `00000000-0000-4000-9000-${digits}1`,
				parameters: { path: id, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
			},
			{
				id: `00000000-0000-4000-8000-${digits}2`,
				name: READ_ITEM,
				type: 'n8n-nodes-1password-connect.onePassword',
				typeVersion: 1,
				position: [220, 0],
				parameters,
				credentials: { onePasswordConnectApi: CONNECT },
			},
		],
		connections: { Called: { main: [[{ node: READ_ITEM, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1', saveDataErrorExecution: 'all', saveDataSuccessExecution: 'all' },
	};
}
