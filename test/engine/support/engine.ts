/** Runs the compiled package inside the real n8n-core: its loader, its workflow engine, its HTTP helper, its errors. */

import 'reflect-metadata';

import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

process.env.N8N_USER_FOLDER ??= path.join(tmpdir(), 'n8n-engine-tests');
process.env.N8N_ENCRYPTION_KEY ??= 'only-for-tests-'.repeat(3);
process.env.N8N_LOG_LEVEL ??= 'silent';

import { ExecutionLifecycleHooks, PackageDirectoryLoader, WorkflowExecute } from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypes,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
	type NodeExecutionHint,
} from 'n8n-workflow';

import './shutDown';

export const PACKAGE = 'n8n-nodes-1password-connect';

/** Of the n8n-core that this run uses. */
export const ENGINE_VERSION = (
	JSON.parse(readFileSync(path.join(path.dirname(require.resolve('n8n-core')), '../package.json'), 'utf8')) as { version: string }
).version;

const ROOT = path.resolve(__dirname, '../../..');

/** Any other field is one of the credential's own. */
export interface Credential {
	readonly serverUrl: string;
	readonly accessToken: string;
	readonly [field: string]: string | boolean | number | undefined;
}

export interface NodeRun {
	readonly parameters: INodeParameters;
	readonly credential: Credential;
	/** Input items; default one empty item. */
	readonly inputs?: readonly IDataObject[];
	/** Settings of the node, such as `onError`. */
	readonly node?: Partial<INode>;
	/** Of the workflow. Default: none is set. */
	readonly settings?: IWorkflowSettings;
	/** The node of another process. Default: the one that n8n loads. */
	readonly type?: INodeType;
}

/** The two ways in which n8n marks a node that an AI agent calls as its tool. */
export const AS_TOOL: ReadonlyArray<readonly [string, Partial<INode>]> = [
	['the clone that n8n makes for tools', { type: `${PACKAGE}.onePasswordTool` }],
	['a tool that the engine runs for an agent', { rewireOutputLogTo: 'ai_tool' }],
];

export interface NodeRunResult {
	readonly status: string;
	readonly outputs: readonly INodeExecutionData[][];
	/** What the editor shows beside the output. */
	readonly hints: readonly NodeExecutionHint[];
	/** What n8n would save of the failure. */
	readonly error?: IDataObject & { message?: string; description?: string };
	/** Everything that n8n would save of the run. */
	readonly saved: string;
}

export async function loadPackage(): Promise<PackageDirectoryLoader> {
	const loader = new PackageDirectoryLoader(ROOT);
	await loader.loadAll();
	return loader;
}

let loading: Promise<PackageDirectoryLoader> | undefined;

/** Start → 1Password. */
export async function runNode({ parameters, credential, inputs = [{}], node, settings, type }: NodeRun): Promise<NodeRunResult> {
	const loader = await (loading ??= loadPackage());
	const nodes: INode[] = [
		{ id: '1', name: 'Start', type: 'test.start', typeVersion: 1, position: [0, 0], parameters: {} },
		{
			id: '2',
			name: '1Password',
			type: `${PACKAGE}.onePassword`,
			typeVersion: 1,
			position: [0, 0],
			parameters,
			credentials: { onePasswordConnectApi: { id: '9', name: 'Connect' } },
			...node,
		},
	];
	const connections = { Start: { main: [[{ node: '1Password', type: 'main' as const, index: 0 }]] } };
	const workflow = new Workflow({
		id: 'wf-1',
		name: 'Engine test',
		nodes,
		connections,
		active: false,
		nodeTypes: nodeTypes(loader, type),
		settings,
	});
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [
				{
					node: nodes[0] as INode,
					data: { main: [inputs.map((json) => ({ json }))] },
					source: null,
				},
			],
		},
	});
	const run = await new WorkflowExecute(
		additionalData(loader, credential, { id: 'wf-1', nodes, connections }),
		'manual',
		data,
	).processRunExecutionData(workflow);
	const { resultData } = run.data;
	const task = resultData.runData['1Password']?.[0];
	return {
		status: String(run.status),
		outputs: (task?.data?.main ?? []).map((output) => output ?? []),
		hints: task?.hints ?? [],
		error: resultData.error as NodeRunResult['error'],
		saved: JSON.stringify(run),
	};
}

function nodeTypes(loader: PackageDirectoryLoader, own?: INodeType): INodeTypes {
	const start = {
		description: {
			displayName: 'Start',
			name: 'start',
			group: ['trigger'],
			version: 1,
			defaults: { name: 'Start' },
			inputs: [],
			outputs: ['main'],
			properties: [],
		},
		async execute(this: { getInputData(): INodeExecutionData[] }) {
			return [this.getInputData()];
		},
	} as unknown as INodeType;
	const find = (type: string): INodeType => {
		const name = (type.split('.')[1] ?? '').replace(/Tool$/, '');
		if (own !== undefined && type.startsWith(PACKAGE)) return own;
		return type.startsWith(PACKAGE) ? (loader.getNode(name).type as INodeType) : start;
	};
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}

/**
 * What n8n gives every context of a node: credentials, addresses, hooks.
 * @param others data of credentials of other types, by type.
 */
export function additionalData(
	loader: PackageDirectoryLoader,
	credential: Credential,
	workflow: { id: string; nodes: INode[]; connections: object },
	others: Readonly<Record<string, ICredentialDataDecryptedObject>> = {},
): IWorkflowExecuteAdditionalData {
	const data = { caCertificate: '', ignoreSslIssues: false, ...credential } as ICredentialDataDecryptedObject;
	return {
		credentialsHelper: {
			getParentTypes: () => [],
			isCredentialUsableByNode: () => true,
			getDecrypted: async (_additional: unknown, _credentials: unknown, name: string) => await Promise.resolve(others[name] ?? data),
			getCredentialsProperties: (name: string) => loader.getCredential(name).type.properties,
			preAuthentication: async () => undefined,
			authenticate: async (credentials: ICredentialDataDecryptedObject, name: string, options: IHttpRequestOptions) =>
				await authenticateWith(loader.getCredential(name).type, credentials, options),
		},
		hooks: new ExecutionLifecycleHooks('manual', '77', workflow as never),
		executionId: '77',
		restApiUrl: '',
		instanceBaseUrl: 'http://localhost:5678/',
		webhookBaseUrl: '',
		webhookTestBaseUrl: '',
		webhookWaitingBaseUrl: 'http://localhost:5678/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost:5678/form-waiting',
		variables: {},
		setExecutionStatus() {},
		externalSecretsProxy: {},
	} as unknown as IWorkflowExecuteAdditionalData;
}

async function authenticateWith(
	type: ICredentialType,
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	if (typeof type.authenticate !== 'function') throw new Error('The credential does not authenticate by a function.');
	return await type.authenticate(credentials, options);
}
