import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom, startConnectEmulator, type ConnectEmulator, type SeedItem } from '../../../emulators/connect';
import { ChangeMaker, type MadeChange } from '../changeMaker';
import { Coverage, reportDelivery, type DeliveryReport } from '../deliveryReport';
import { KillPlan, type KillMoment } from '../killPlan';
import type { WorkflowDocument } from '../n8nRest';
import { ToldEvents } from '../toldEvents';
import { TRIGGER, triggerWorkflow } from '../triggerWorkflow';
import { waitFor } from '../waitFor';
import type { Cluster } from './cluster';
import { KillRota } from './killRota';

export const TRIGGER_MARK = 'canary-queue-value-';

const VAULTS = ['Production', 'Staging'];

/** Long enough for kills to come in between, seconds. */
const WORK_SECONDS = 1;

/** While changes are made before a kill, ms. */
const CALM_MS = 5_000;

/** A dead main's batch is repeated after three minutes if several mains might share the work. */
const SETTLE_MS = 240_000;

export interface TriggerSceneOptions {
	/** Ends the ids of its workflows: two letters. */
	readonly suffix: string;
	readonly seed: number;
	readonly everySeconds: number;
}

export interface WatcherReport {
	readonly name: string;
	/** Of all executions. */
	readonly handedOver: DeliveryReport;
	/** Of those alone that succeeded. */
	readonly succeeded: DeliveryReport;
	/** Changes in no successful execution, except deletions after an event reported that the state was lost. */
	readonly unexplained: readonly MadeChange[];
}

/** Two workflows of a cluster watch the same vaults: one with a node that writes static data, one without. */
export class QueueTriggerScene {
	readonly rota: KillRota;

	private constructor(
		private readonly cluster: Cluster,
		readonly emulator: ConnectEmulator,
		private readonly watchers: readonly ToldEvents[],
		private readonly maker: ChangeMaker,
		private readonly plan: KillPlan,
		private readonly random: () => number,
	) {
		this.rota = new KillRota(cluster, ['worker', 'main']);
	}

	static async start(cluster: Cluster, { suffix, seed, everySeconds }: TriggerSceneOptions): Promise<QueueTriggerScene> {
		const random = seededRandom(seed);
		const plan = new KillPlan(random);
		const emulator = await startConnectEmulator({
			seed: { vaults: VAULTS.map((name) => ({ name, items: seedItems() })) },
			behaviour: { replicas: [{ readLagMs: 150 }, { readLagMs: 600 }] },
			onAnswer: plan.see,
		});
		const credentialId = `queueTriggerCr${suffix}`;
		const data = { serverUrl: emulator.url, accessToken: emulator.token };
		await cluster.importCredentials([{ id: credentialId, name: '1Password Connect', type: 'onePasswordConnectApi', data }]);
		const ids = { writer: `writesStatics0${suffix}`, plain: `noStaticData00${suffix}` };
		for (const [kind, id] of Object.entries(ids)) {
			const parameters = { events: ['created', 'updated', 'deleted'], scope: 'allVaults', detail: 'versions' };
			const workflow = withWork(triggerWorkflow({ id, name: `Queue: ${kind}`, parameters, credentialId, everySeconds }), kind === 'writer');
			await cluster.rest.importWorkflow(workflow);
			await cluster.rest.activateWorkflow(id);
		}
		const told = Object.values(ids).map((id) => new ToldEvents(cluster.rest, id));
		const maker = new ChangeMaker({ emulator, vaults: VAULTS, seed, mark: TRIGGER_MARK });
		return new QueueTriggerScene(cluster, emulator, told, maker, plan, random);
	}

	/** Changes are made before, while and after a process is killed, and it starts again. */
	async killRound(index: number, changes: number): Promise<void> {
		const whileUp = Math.ceil(changes * 0.7);
		await this.rota.allUp();
		const changing = this.maker.make(whileUp, (2 * CALM_MS) / whileUp, await this.toldSoFar());
		if (this.rota.next === 'main') await this.plan.wait(MAIN_MOMENTS[index % MAIN_MOMENTS.length] ?? 'any');
		else await this.workIsUnderWay();
		await this.rota.kill();
		await changing;
		await this.maker.make(changes - whileUp, 30, () => false);
		await this.rota.restart();
	}

	/** Waits until every change is in an execution that succeeded, or will not be any more. */
	async settle(timeoutMs = SETTLE_MS): Promise<WatcherReport[]> {
		const deadline = Date.now() + timeoutMs;
		for (;;) {
			await this.refresh();
			const reports = this.watchers.map((watcher) => this.report(watcher));
			if (Date.now() > deadline || reports.every(({ unexplained }) => unexplained.length === 0)) return reports;
			await delay(1_000);
		}
	}

	/** The counts of one workflow in a line. */
	describe(index: number, { name, handedOver, succeeded }: WatcherReport): string {
		const { executions, events, failures, notices } = this.watchers[index] as ToldEvents;
		const countOf = (status: string): number => executions.filter((one) => one.status === status).length;
		return [
			`${name}: ${this.maker.made.length} changes`,
			this.rota.describe(),
			`${executions.length} executions (${countOf('success')} succeeded, ${countOf('crashed')} crashed, ${countOf('error')} failed)`,
			`${failures.length} failures without events`,
			`${events.length} events`,
			`${notices.filter(({ kind }) => kind === 'stateLost').length} times a lost state was noticed`,
			`${handedOver.missing.length} changes in no execution`,
			`${succeeded.missing.length} in none that succeeded`,
			`${handedOver.markedRepeats} repeats marked`,
			`${handedOver.unmarkedRepeats} not marked`,
			`${handedOver.rescued} rescued by a repeat`,
			`${handedOver.wrongIds.length} ids changed`,
			...succeeded.missing.slice(0, 5).map(describeChange),
		].join(', ');
	}

	async close(): Promise<void> {
		for (const { workflowId } of this.watchers) await this.cluster.rest.deactivateWorkflow(workflowId).catch(() => undefined);
		await this.emulator.close();
	}

	private report(watcher: ToldEvents): WatcherReport {
		const { made } = this.maker;
		const succeeded = reportDelivery(made, watcher.succeeded());
		// A lost list can't show what is gone from it. The event that reports the loss says so.
		const isNoticed = watcher.notices.some(({ kind }) => kind === 'stateLost');
		return {
			name: watcher.workflowId,
			handedOver: reportDelivery(made, watcher.inOrder()),
			succeeded,
			unexplained: succeeded.missing.filter(({ kind }) => !(isNoticed && kind === 'deleted')),
		};
	}

	/** A worker has begun an execution, and not ended it. */
	private async workIsUnderWay(): Promise<void> {
		const isBusy = (): boolean => this.cluster.workers.some((worker) => worker.isBusy());
		await waitFor(async () => await Promise.resolve(isBusy()), { timeoutMs: 15_000, everyMs: 20, what: 'a busy worker' }).catch(() => undefined);
		await delay(this.random() * WORK_SECONDS * 500);
	}

	private async toldSoFar(): Promise<(itemId: string, version: number) => boolean> {
		await this.refresh();
		const coverages = this.watchers.map((watcher) => {
			const coverage = new Coverage();
			for (const event of watcher.events) coverage.add(event);
			return coverage;
		});
		return (itemId, version) => coverages.every((coverage) => coverage.has({ kind: 'updated', itemId, version }));
	}

	private async refresh(): Promise<void> {
		for (const watcher of this.watchers) await watcher.refresh();
	}
}

const MAIN_MOMENTS: readonly KillMoment[] = ['any', 'listing', 'polling', 'listing'];

function describeChange({ kind, itemId, version }: MadeChange): string {
	return `${kind} ${itemId}@${version}`;
}

/** Between the trigger and the last node: something that takes time, and a node that writes static data if wanted. */
function withWork(workflow: WorkflowDocument, writes: boolean): WorkflowDocument {
	const nodeOf = (name: string, type: string, typeVersion: number, parameters: object): Record<string, unknown> => ({
		id: `${name.toLowerCase()}-${workflow.id}`,
		name,
		type: `n8n-nodes-base.${type}`,
		typeVersion,
		position: [110, 160],
		parameters,
	});
	const counts = 'const state = $getWorkflowStaticData("global"); state.items = (state.items ?? 0) + items.length; return items;';
	const nodes = [
		...(writes ? [nodeOf('Counts', 'code', 2, { mode: 'runOnceForAllItems', jsCode: counts })] : []),
		nodeOf('Works', 'wait', 1.1, { resume: 'timeInterval', amount: WORK_SECONDS, unit: 'seconds' }),
	];
	const names = [TRIGGER, ...nodes.map(({ name }) => String(name)), 'Noted'];
	const connections = Object.fromEntries(
		names.slice(0, -1).map((name, index) => [name, { main: [[{ node: names[index + 1], type: 'main', index: 0 }]] }]),
	);
	return { ...workflow, nodes: [...workflow.nodes, ...nodes], connections };
}

function seedItems(): SeedItem[] {
	return Array.from({ length: 5 }, (_, index) => ({
		title: `Old item ${index}`,
		category: 'LOGIN',
		fields: [
			{ purpose: 'USERNAME', value: `old-user-${index}` },
			{ purpose: 'PASSWORD', value: `${TRIGGER_MARK}old-${index}` },
			{ id: 'token', label: 'token', type: 'CONCEALED', value: `${TRIGGER_MARK}old-token-${index}` },
		],
	}));
}
