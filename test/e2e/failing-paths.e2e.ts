import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { leaksIn } from '../support/canaries';
import { FAILING_PATHS, FAILING_PATHS_SEED, FOREIGN_TOKEN, SECRETS, WRITTEN } from '../support/failingPaths';
import { byName, onItem } from '../support/parameters';
import { findAtRest } from './support/filesAtRest';
import { startN8n, type N8nServer } from './support/n8nServer';
import type { WorkflowDocument } from './support/n8nRest';
import type { Execution, ExecutionData } from './support/runData';

/**
 * Every failing path in a real n8n that saves all executions. Afterwards, no secret value or token is in its database, files
 * or log.
 */

const WORKFLOW_ID = 'failingPaths0001';

const GOOD_PATH = {
	what: 'a read that reveals nothing',
	parameters: () => onItem('get', byName('Payments API'), { reveal: 'none', simplify: false }),
	credential: undefined,
	inputs: undefined,
};

const PATHS = [...FAILING_PATHS, GOOD_PATH];

let emulator: ConnectEmulator;
let n8n: N8nServer;
let tokens: string[];

beforeAll(async () => {
	emulator = await startConnectEmulator({ seed: FAILING_PATHS_SEED });
	n8n = await startN8n();
	const good = { serverUrl: emulator.url, accessToken: emulator.token };
	const credentials = PATHS.map(({ credential }) => credential?.({ emulator, credential: good }) ?? good);
	tokens = [...new Set([...credentials.map(({ accessToken }) => accessToken), FOREIGN_TOKEN])];
	await n8n.cli.importCredentials(
		credentials.map((data, index) => ({
			id: credentialId(index),
			name: PATHS[index]?.what ?? '',
			type: 'onePasswordConnectApi',
			data: { ...data },
		})),
	);
	await n8n.rest.importWorkflow(makeWorkflow());
	await n8n.rest.activateWorkflow(WORKFLOW_ID);
});

afterAll(async () => {
	await Promise.allSettled([n8n?.stop(), emulator?.close()]);
});

const credentialId = (index: number): string => `failingPath${String(index).padStart(5, '0')}`;

/** A webhook and a 1Password node for each path. */
function makeWorkflow(): WorkflowDocument {
	const nodes = PATHS.flatMap(({ what, parameters }, index) => [
		{
			id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
			name: `Start ${index}`,
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2,
			position: [0, index * 160],
			webhookId: `00000000-0000-4000-9000-${String(index).padStart(12, '0')}`,
			parameters: { path: `path-${index}`, httpMethod: 'POST', responseMode: 'lastNode', options: {} },
		},
		{
			id: `00000000-0000-4000-a000-${String(index).padStart(12, '0')}`,
			name: what,
			type: 'n8n-nodes-1password-connect.onePassword',
			typeVersion: 1,
			position: [240, index * 160],
			parameters: { ...parameters() },
			credentials: { onePasswordConnectApi: { id: credentialId(index), name: what } },
		},
	]);
	const connections = Object.fromEntries(PATHS.map(({ what }, index) => [`Start ${index}`, { main: [[{ node: what, type: 'main', index: 0 }]] }]));
	return {
		id: WORKFLOW_ID,
		name: 'Every failing path',
		nodes,
		connections,
		settings: { executionOrder: 'v1', saveDataErrorExecution: 'all', saveDataSuccessExecution: 'all' },
	};
}

async function runPath(index: number): Promise<Execution & { data: ExecutionData }> {
	const [input] = PATHS[index]?.inputs ?? [];
	const response = await fetch(`${n8n.url}/webhook/path-${index}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(input?.body ?? {}),
	});
	await response.text();
	const [newest] = await n8n.rest.executions({ workflowId: WORKFLOW_ID });
	if (newest === undefined) throw new Error('n8n saved no execution.');
	const execution = await n8n.rest.execution(newest.id);
	if (execution.data === undefined) throw new Error('n8n saved no data of the execution.');
	return { ...execution, data: execution.data };
}

it.each(FAILING_PATHS.map(({ what, code, says }, index) => [what, code, says, index] as const))(
	'%s: fails with %s in the saved execution',
	async (what, code, says, index) => {
		emulator.reset();
		emulator.faults.script(...(FAILING_PATHS[index]?.faults ?? []));
		const { status, data } = await runPath(index);
		expect([status, data.resultData.lastNodeExecuted]).toEqual(['error', what]);
		expect(data.resultData.error?.message).toMatch(says);
		expect(data.resultData.error?.description).toContain(`[${code}]`);
	},
);

it('reads an item and saves it without its secrets', async () => {
	emulator.reset();
	const { status, data } = await runPath(PATHS.length - 1);
	expect(status).toBe('success');
	expect(JSON.stringify(data)).toContain('<concealed by 1Password>');
});

it("leaves no secret value or token in n8n's database, files or log", async () => {
	const database = (await n8n.databaseBytes()).toString('latin1');
	const secrets = [...SECRETS, ...tokens];
	// Proof that the search sees what was saved.
	expect(database).toContain('ITEM_NOT_FOUND');
	expect(leaksIn(database, secrets)).toEqual([]);
	expect(leaksIn(n8n.logs(), [...secrets, WRITTEN])).toEqual([]);
	for (const secret of secrets) {
		expect(await findAtRest(n8n.userFolder, secret)).toEqual([]);
	}
});
