/** n8n around one workflow that starts with the trigger: its database, its process, its scheduler, and its crashes. */

import { AsyncLocalStorage } from 'node:async_hooks';

import { PACKAGE, additionalData, type Credential } from './engine';

import { LoadOptionsContext, PollContext } from 'n8n-core';
import {
	Workflow,
	type IDataObject,
	type IPollFunctions,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeParameters,
	type INodePropertyOptions,
	type INodeType,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
} from 'n8n-workflow';

import { pollExecutor, type ExecutePoll } from './pollExecutor';
import { loadOnce, startProcess } from './triggerProcess';

export interface EmittedEvent extends IDataObject {
	readonly eventId: string;
	readonly kind: string;
	readonly redelivered: boolean;
	readonly item?: IDataObject & { readonly id: string; readonly title?: string };
}

export interface Execution {
	readonly events: readonly EmittedEvent[];
	/** JSON of the workflow's static data when the execution started. */
	readonly staticData: string;
	readonly ending: Ending;
}

/** What an error workflow would get. */
export interface Failure extends Error {
	readonly description?: string;
	readonly context?: { readonly data?: { readonly code?: string } };
	/** Declared for n8n's scheduler; only newer releases of n8n keep it. */
	readonly failure?: { readonly cause: string };
}

/** n8n stores the state and starts the execution at the same time: a crash can come between the two, in either order. */
export type Crash = 'beforeExecution' | 'beforeSave';

/** How an execution ends, as n8n's main process learns it; `open`: it is still running. */
export type Ending =
	'success' | 'nodeFailed' | 'stalled' | 'crashed' | 'notStarted' | 'cancelled' | 'timeout' | 'shutdown' | 'refused' | 'waiting' | 'open';

export interface HostOptions {
	readonly credential: Credential;
	readonly parameters?: INodeParameters;
}

export const BASIC_EVENTS = ['archived', 'created', 'deleted', 'restored', 'updated'];

/** Of n8n's durable scheduler with its default settings. */
const DURABLE_BUDGET_MS = 36_000;

interface Staged {
	data: IDataObject;
	committed: string;
}

/** One for all publications: each further storage slows down every promise of the process. */
const POLLS = new AsyncLocalStorage<Staged>();

interface Publication {
	readonly workflow: Workflow;
	readonly context: PollContext;
	readonly poll: ExecutePoll;
}

export class TriggerHost {
	readonly executions: Execution[] = [];
	/** Executions that a crash kept from starting. */
	readonly lost: Execution[] = [];
	readonly failures: Failure[] = [];
	/** How many executions without items were started. */
	emptyRuns = 0;
	/** How the next executions end. */
	ending: Ending = 'success';
	/** Where workers run the executions: what one of them leaves as the static data of the workflow. */
	worker?: { readonly staticData?: IDataObject };
	/** Nodes after the trigger. */
	followers: INode[] = [];
	/** What survives a restart. `cursor` belongs to the durable scheduler. */
	readonly database: { staticData: string; cursor?: string } = { staticData: '{}' };
	/** Happens with the next execution. */
	crash?: Crash;
	isDurable = false;
	private publication?: Publication;

	private constructor(
		private type: INodeType,
		private node: INode,
		private readonly data: IWorkflowExecuteAdditionalData,
	) {}

	static async start({ credential, parameters }: HostOptions): Promise<TriggerHost> {
		const node: INode = {
			id: 'node-1',
			name: '1Password Trigger',
			type: `${PACKAGE}.onePasswordTrigger`,
			typeVersion: 1,
			position: [0, 0],
			parameters: { events: BASIC_EVENTS, ...parameters },
			credentials: { onePasswordConnectApi: { id: '9', name: 'Connect' } },
		};
		const data = additionalData(await loadOnce(), credential, { id: 'wf-1', nodes: [node], connections: {} });
		return new TriggerHost(await startProcess(), node, { ...data, executionId: undefined, hooks: undefined });
	}

	/** Publishes the workflow, also in place of itself. @throws what the poll throws. @returns the events told meanwhile. */
	async activate(mode: WorkflowActivateMode = 'activate'): Promise<readonly EmittedEvent[]> {
		return await this.eventsOf(async () => {
			const publication = this.publish(mode);
			this.publication = publication;
			await publication.poll(true);
			if (this.publication === publication) this.save(publication.workflow);
		});
	}

	/** A poll on schedule. @returns the events told meanwhile. */
	async tick(): Promise<readonly EmittedEvent[]> {
		return await this.eventsOf(async () => {
			// The durable scheduler begins each poll from what the database holds.
			const publication = this.isDurable ? this.publish('update', DURABLE_BUDGET_MS) : this.publication;
			if (publication === undefined) throw new Error('The workflow is not active.');
			await publication.poll();
		});
	}

	/** Ends the process of n8n and starts another. @returns the events told while it starts. */
	async restart(mode: WorkflowActivateMode = 'init'): Promise<readonly EmittedEvent[]> {
		this.publication = undefined;
		this.crash = undefined;
		this.type = await startProcess();
		return await this.activate(mode);
	}

	rename(name: string): void {
		this.node = { ...this.node, name };
	}

	change(parameters: INodeParameters): void {
		this.node = { ...this.node, parameters: { ...this.node.parameters, ...parameters } };
	}

	/** What the test button shows. */
	async test(): Promise<readonly EmittedEvent[]> {
		const workflow = this.workflow();
		const context = new PollContext(workflow, this.node, this.data, 'manual', 'manual');
		const [items = []] = (await this.type.poll?.call(context)) ?? [];
		this.save(workflow);
		return items.map(({ json }) => json as EmittedEvent);
	}

	/** What a list of choices shows. */
	async load(method: 'loadItems' | 'loadVaults'): Promise<INodePropertyOptions[]> {
		const choices = await this.type.methods?.loadOptions?.[method]?.call(this.editor());
		return (choices ?? []) as INodePropertyOptions[];
	}

	async searchVaults(filter?: string): Promise<INodeListSearchResult> {
		return (await this.type.methods?.listSearch?.searchVaults?.call(this.editor(), filter)) ?? { results: [] };
	}

	private editor(): LoadOptionsContext {
		const data = { ...this.data, currentNodeParameters: this.node.parameters };
		return new LoadOptionsContext(this.workflow(), this.node, data, 'parameters');
	}

	private async eventsOf(task: () => Promise<void>): Promise<readonly EmittedEvent[]> {
		const before = this.executions.length;
		await task();
		return this.executions.slice(before).flatMap(({ events }) => events);
	}

	private workflow(): Workflow {
		const find = (type: string): INodeType => (type === this.node.type ? this.type : CODE_TYPE);
		const targets = this.followers.map(({ name }) => ({ node: name, type: 'main' as const, index: 0 }));
		return new Workflow({
			id: 'wf-1',
			name: 'Engine test',
			nodes: [this.node, ...this.followers],
			connections: { [this.node.name]: { main: [targets] } },
			active: true,
			nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) },
			staticData: JSON.parse(this.database.staticData) as IDataObject,
		});
	}

	/** @param budgetMs only the durable scheduler sets one, and not for the poll with which an activation begins. */
	private publish(mode: WorkflowActivateMode, budgetMs?: number): Publication {
		const workflow = this.workflow();
		const { node } = this;
		const ownData = (): IDataObject => workflow.getStaticData('node', node);
		// A workflow that the durable scheduler has polled keeps its state in a separate row from then on.
		const isStaged = this.isDurable || this.database.cursor !== undefined;
		const context: PollContext = new PollContext(
			workflow,
			node,
			this.data,
			'trigger',
			mode,
			(output, _response, done) => this.start(workflow, { output, cursor: takeCursor(), done }),
			(error) => void this.failures.push(error),
			async () => this.commit(takeCursor()),
			async (poll) => {
				const cursor = this.database.cursor ?? JSON.stringify(ownData());
				return isStaged ? await POLLS.run({ data: JSON.parse(cursor) as IDataObject, committed: cursor }, poll) : await poll();
			},
			() => POLLS.getStore()?.data ?? ownData(),
			budgetMs === undefined ? undefined : () => budgetMs,
		);
		const isCurrent = (): boolean => budgetMs !== undefined || this.publication?.context === context;
		return { workflow, context, poll: pollExecutor(workflow, node, context, isCurrent) };
	}

	private start(workflow: Workflow, { output, cursor, done }: Emission): void {
		const { crash } = this;
		const events = (output[0] ?? []).map(({ json }) => structuredClone(json) as EmittedEvent);
		const execution = { events, staticData: JSON.stringify(workflow.staticData), ending: this.ending };
		const isStarted = crash !== 'beforeExecution' && this.ending !== 'notStarted';
		// Data that the durable scheduler commits is in one transaction with the execution.
		if (isStarted || (this.ending === 'notStarted' && this.isQueued)) this.commit(cursor);
		if (crash !== 'beforeSave') this.save(workflow);
		if (events.length === 0) this.emptyRuns += 1;
		else (isStarted ? this.executions : this.lost).push(execution);
		if (crash !== undefined) this.publication = undefined;
		else this.end(events, done);
	}

	/** Whether executions are handed to workers by a queue. */
	private get isQueued(): boolean {
		return this.worker !== undefined;
	}

	private end(events: readonly EmittedEvent[], done: Emission['done']): void {
		const { ending, worker } = this;
		// A run without items doesn't reach any node that could write.
		if (worker?.staticData && events.length > 0 && ENDS_ON_WORKER.has(ending)) this.database.staticData = JSON.stringify(worker.staticData);
		settle(done, ending, worker !== undefined);
	}

	private commit(cursor: string | undefined): void {
		if (cursor !== undefined) this.database.cursor = cursor;
	}

	private save(workflow: Workflow): void {
		this.database.staticData = JSON.stringify(workflow.staticData);
	}
}

interface Emission {
	readonly output: INodeExecutionData[][];
	readonly cursor?: string;
	readonly done?: Parameters<IPollFunctions['__emit']>[2];
}

const ENDS_ON_WORKER: ReadonlySet<Ending> = new Set(['success', 'nodeFailed', 'waiting']);

/** Of the nodes after the trigger, of which only the parameters are looked at. */
const CODE_TYPE = {
	description: { properties: ['jsCode', 'functionCode'].map((name) => ({ name, displayName: name, type: 'string', default: '' })) },
} as unknown as INodeType;

/** As n8n 2.41 settles it. */
function settle(done: Emission['done'], ending: Ending, isQueued: boolean): void {
	const run = (status: string, resultData: object): void =>
		done?.resolve({
			status,
			finished: status === 'success',
			data: { resultData: { runData: {}, ...resultData } },
			...(isQueued && ending !== 'stalled' && { jobId: '7' }),
		} as unknown as IRun);
	const cancel = (reason: string): void =>
		done?.reject(Object.assign(new Error('The execution was cancelled'), { reason, extra: { executionId: '7' } }));
	const endings: Readonly<Record<Ending, () => void>> = {
		open: () => undefined,
		success: () => run('success', { lastNodeExecuted: 'Last' }),
		waiting: () => run('waiting', { lastNodeExecuted: 'Wait' }),
		nodeFailed: () => run('error', { lastNodeExecuted: 'HTTP Request', error: { message: 'failed' } }),
		stalled: () => run('error', { error: { message: 'job stalled more than maxStalledCount' } }),
		crashed: () => run('crashed', {}),
		refused: () => done?.resolve(undefined),
		notStarted: () => done?.reject(new Error('The database is locked')),
		cancelled: () => cancel('manual'),
		timeout: () => cancel('timeout'),
		shutdown: () => cancel('shutdown'),
	};
	endings[ending]();
}

function takeCursor(): string | undefined {
	const staged = POLLS.getStore();
	if (staged === undefined) return undefined;
	const cursor = JSON.stringify(staged.data);
	if (cursor === staged.committed) return undefined;
	staged.committed = cursor;
	return cursor;
}
