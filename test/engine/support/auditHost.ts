/** n8n around a workflow that collects, stores and confirms: its database keeps the static data from execution to execution. */

import { PACKAGE, additionalData, loadPackage, type Credential } from './engine';

import { WorkflowExecute, type PackageDirectoryLoader } from 'n8n-core';
import {
	Workflow,
	createRunExecutionData,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

const AUDIT = `${PACKAGE}.onePasswordAuditLogger`;

export interface AuditExecution {
	readonly events: IDataObject[];
	readonly anomalies: IDataObject[];
	readonly confirmed?: IDataObject;
	/** Of the node that reads. */
	readonly hints: string[];
	readonly confirmHints: string[];
	readonly error?: string;
	/** Everything that n8n would save about it. */
	readonly saved: string;
}

export interface AuditHostOptions {
	readonly parameters?: INodeParameters;
	/** Whether a node that confirms follows. Default true. */
	readonly confirms?: boolean;
	readonly isConfirmDisabled?: boolean;
	/** Whether n8n forgets static data, as the workers of n8n 2.40 and 2.41 do. Default false. */
	readonly forgets?: boolean;
	/** Of the Events API. */
	readonly eventsToken?: string;
}

export class AuditHost {
	/** What the workflow has stored, by event id. */
	readonly table = new Map<string, IDataObject>();
	/** Of the workflow, in n8n's database. */
	staticData = '{}';
	/** Makes the storing node fail. */
	isStoreDown = false;
	/** Whether it then continues, as with `Continue`, and passes on its error. */
	isStoreContinuing = false;
	private executions = 0;

	private constructor(
		private readonly loader: PackageDirectoryLoader,
		private readonly credential: Credential,
		private readonly options: AuditHostOptions,
	) {}

	static async open(credential: Credential, options: AuditHostOptions = {}): Promise<AuditHost> {
		return new AuditHost(await loadPackage(), credential, options);
	}

	/** One execution of Start → Audit → Store → Confirm. */
	async run(mode: WorkflowExecuteMode = 'trigger'): Promise<AuditExecution> {
		const collector = audit('Audit', { operation: 'collect', ...this.options.parameters });
		const confirm = { ...audit('Confirm', { operation: 'confirm' }), disabled: this.options.isConfirmDisabled };
		const confirms = this.options.confirms ?? true;
		return await this.execute([node('Start'), collector, node('Store'), ...(confirms ? [confirm] : [])], mode);
	}

	/** Start → one operation, over these input items. */
	async runAlone(parameters: INodeParameters, inputs: readonly object[] = [{}], settings: Partial<INode> = {}): Promise<AuditExecution> {
		return await this.execute([node('Start'), { ...audit('Audit', parameters), ...settings }], 'trigger', inputs);
	}

	private async execute(nodes: INode[], mode: WorkflowExecuteMode, inputs: readonly object[] = [{}]): Promise<AuditExecution> {
		const connections = Object.fromEntries(
			nodes.slice(1).map(({ name }, index) => [nodes[index]?.name ?? '', { main: [[{ node: name, type: 'main' as const, index: 0 }]] }]),
		);
		const find = (type: string): INodeType => this.typeOf(type);
		const workflow = new Workflow({
			id: 'wf-1',
			name: 'Audit',
			nodes,
			connections,
			active: true,
			nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) },
			staticData: JSON.parse(this.staticData) as IDataObject,
		});
		const first = { node: nodes[0] as INode, data: { main: [inputs.map((json) => ({ json: json as IDataObject }))] }, source: null };
		const data = createRunExecutionData({ executionData: { nodeExecutionStack: [first] } });
		this.executions += 1;
		const shared = { ...this.additionalData(nodes, connections), executionId: String(this.executions) };
		const run = await new WorkflowExecute(shared, mode, data).processRunExecutionData(workflow);
		// As n8n does at the end of every execution that was not started by hand.
		if (mode !== 'manual' && !(this.options.forgets ?? false)) this.staticData = JSON.stringify(workflow.staticData);
		const { runData, error } = run.data.resultData;
		const outputOf = (name: string, index: number): IDataObject[] => (runData[name]?.[0]?.data?.main?.[index] ?? []).map(({ json }) => json);
		const hintsOf = (name: string): string[] => (runData[name]?.[0]?.hints ?? []).map(({ message }) => message);
		return {
			events: outputOf('Audit', 0),
			anomalies: outputOf('Audit', 1),
			confirmed: outputOf('Confirm', 0)[0],
			hints: hintsOf('Audit'),
			confirmHints: hintsOf('Confirm'),
			error: error?.message,
			saved: JSON.stringify(run),
		};
	}

	private additionalData(nodes: INode[], connections: object): IWorkflowExecuteAdditionalData {
		const workflow = { id: 'wf-1', nodes, connections };
		const onePasswordEventsApi = { accessToken: this.options.eventsToken ?? '', server: 'fromToken' };
		return additionalData(this.loader, this.credential, workflow, { onePasswordEventsApi });
	}

	private typeOf(type: string): INodeType {
		if (type === AUDIT) return this.loader.getNode('onePasswordAuditLogger').type as INodeType;
		const store = (items: INodeExecutionData[]): INodeExecutionData[] => this.store(items);
		return {
			description: {
				displayName: type,
				name: type,
				group: ['trigger'],
				version: 1,
				defaults: {},
				inputs: ['main'],
				outputs: ['main'],
				properties: [],
			},
			async execute(this: { getInputData(): INodeExecutionData[] }) {
				const items = this.getInputData();
				return await Promise.resolve([type === 'test.store' ? store(items) : items]);
			},
		} as unknown as INodeType;
	}

	private store(items: INodeExecutionData[]): INodeExecutionData[] {
		const message = 'The table can not be reached.';
		// As the node Postgres does it.
		if (this.isStoreDown && this.isStoreContinuing) return [{ json: { message, error: { name: 'NodeOperationError' } } }];
		if (this.isStoreDown) throw new Error(message);
		for (const { json } of items) this.table.set(String(json.eventId), json);
		return items;
	}
}

function node(name: string): INode {
	return { id: name, name, type: `test.${name.toLowerCase()}`, typeVersion: 1, position: [0, 0], parameters: {} };
}

function audit(name: string, parameters: INodeParameters): INode {
	const credentials = { onePasswordConnectApi: { id: '9', name: 'Connect' }, onePasswordEventsApi: { id: '10', name: 'Events' } };
	return { id: `id of ${name}`, name, type: AUDIT, typeVersion: 1, position: [0, 0], parameters, credentials };
}
