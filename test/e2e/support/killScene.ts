import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom, startConnectEmulator, type ConnectEmulator, type Fault, type SeedItem } from '../../emulators/connect';
import { ChangeMaker } from './changeMaker';
import { Coverage, reportDelivery, type DeliveryReport } from './deliveryReport';
import { KillPlan, type KillMoment } from './killPlan';
import { startN8n, type N8nServer } from './n8nServer';
import { refuseExecutions } from './refuseExecutions';
import { ToldEvents } from './toldEvents';
import { triggerWorkflow } from './triggerWorkflow';
import { GiveUp, waitFor } from './waitFor';

export const MARK = 'canary-value-';

const VAULTS = ['Production', 'Staging'];
/** Workflows, by the level of detail that they ask for. */
const WATCHERS = { versions: 'versionsOnly0001', fields: 'changedFields001' };
const CREDENTIAL = { id: 'killSceneConnect', name: '1Password Connect' };

/** Milliseconds that n8n runs undisturbed, while the first changes are made, before the next kill is planned. */
const MAX_CALM_MS = 6_000;

const SETTLE_MS = 90_000;

/** Longest that the executions of both workflows are waited for; well before the next poll. */
const REFUSED_MS = 2_000;

/** The Connect server answers nothing, until the faults are cleared. */
export const OUTAGE: Fault = { kind: 'status', status: 503, times: Infinity };

export interface KillSceneOptions {
	/** Added to n8n's environment. */
	readonly env: Record<string, string>;
	readonly seed: number;
	readonly everySeconds: number;
}

/**
 * One n8n in which two workflows watch the same vaults, one for versions and one for the names of changed fields, and a
 * Connect server whose two replicas lag behind by different times.
 */
export class KillScene {
	kills = 0;

	private constructor(
		readonly emulator: ConnectEmulator,
		readonly n8n: N8nServer,
		readonly watchers: readonly ToldEvents[],
		private readonly maker: ChangeMaker,
		private readonly plan: KillPlan,
		private readonly random: () => number,
	) {}

	static async start({ env, seed, everySeconds }: KillSceneOptions): Promise<KillScene> {
		const random = seededRandom(seed);
		const plan = new KillPlan(random);
		const emulator = await startConnectEmulator({
			seed: { vaults: VAULTS.map((name) => ({ name, items: seedItems() })) },
			behaviour: { replicas: [{ readLagMs: 150 }, { readLagMs: 600 }] },
			onAnswer: plan.see,
		});
		const n8n = await startN8n({ env });
		const data = { serverUrl: emulator.url, accessToken: emulator.token };
		await n8n.cli.importCredentials([{ ...CREDENTIAL, type: 'onePasswordConnectApi', data }]);
		const watchers = Object.entries(WATCHERS).map(([detail, id]) => ({ detail, id }));
		for (const { detail, id } of watchers) {
			await n8n.rest.importWorkflow(
				triggerWorkflow({
					id,
					name: `Watch ${detail}`,
					parameters: { events: ['created', 'updated', 'deleted'], scope: 'allVaults', detail },
					credentialId: CREDENTIAL.id,
					everySeconds,
				}),
			);
			await n8n.rest.activateWorkflow(id);
		}
		const told = watchers.map(({ id }) => new ToldEvents(n8n.rest, id));
		const maker = new ChangeMaker({ emulator, vaults: VAULTS, seed, mark: MARK });
		return new KillScene(emulator, n8n, told, maker, plan, random);
	}

	/** Makes changes before, while and after n8n is killed, and starts it again. */
	async killRound(index: number, changes: number): Promise<void> {
		const moment = this.plan.momentOf(index);
		const whileUp = Math.ceil(changes * 0.7);
		if (moment === 'refused') await this.killUnsaved(whileUp);
		else await this.killWhileChanging(moment, whileUp);
		// What has happened since the last check counts as not reported.
		await this.maker.make(changes - whileUp, 30, () => false);
		if (moment === 'starting') {
			const restarting = this.n8n.restart().catch(() => undefined);
			await this.plan.wait(moment);
			await this.kill();
			await restarting;
		}
		// n8n starts its triggers only once; one that fails then must not stay inactive.
		if (moment === 'polling') this.emulator.faults.script(OUTAGE);
		await this.n8n.restart();
		this.emulator.faults.clear();
	}

	private async killWhileChanging(moment: KillMoment, changes: number): Promise<void> {
		const changing = this.maker.make(changes, (2 * MAX_CALM_MS) / changes, await this.toldSoFar());
		await delay(this.random() * MAX_CALM_MS);
		await this.plan.wait(moment === 'starting' ? 'any' : moment);
		await this.kill();
		await changing;
	}

	/** The first poll that sees the changes must be the last one, because another would treat them as delivered. */
	private async killUnsaved(changes: number): Promise<void> {
		await this.settle();
		// Both replicas have caught up, and everything uncertain has been listed again.
		await delay(MAX_CALM_MS);
		const isTold = await this.toldSoFar();
		const before = this.refusals();
		const accept = await refuseExecutions(this.n8n.userFolder);
		const isTime = this.plan.wait('refused');
		await this.maker.make(changes, 0, isTold);
		// A poll that listed without seeing anything would leave nothing to lose.
		this.emulator.admin.settle();
		await isTime;
		const tries = 20;
		const areRefused = (): boolean => this.refusals().every((count, index) => count > (before[index] ?? 0));
		for (let tried = 0; tried < tries && !areRefused(); tried++) await delay(REFUSED_MS / tries);
		await this.kill();
		await accept();
	}

	/** How often n8n said of each workflow that an execution could not be saved. */
	private refusals(): number[] {
		const lines = this.n8n
			.logs()
			.split('\n')
			.filter((line) => line.includes('SQLITE_CONSTRAINT: refused'));
		return this.watchers.map(({ workflowId }) => lines.filter((line) => line.includes(workflowId)).length);
	}

	async makeChanges(count: number): Promise<void> {
		await this.maker.make(count, 100, await this.toldSoFar());
	}

	/** Waits until both workflows have reported every change. @returns one report for each. */
	async settle(timeoutMs = SETTLE_MS): Promise<DeliveryReport[]> {
		let reports: DeliveryReport[] = [];
		await waitFor(
			async () => {
				await this.refresh();
				reports = this.watchers.map((watcher) => this.report(watcher));
				const wrong = reports.flatMap(({ wrongIds }) => wrongIds);
				if (wrong.length > 0) throw new GiveUp(`Event ids that changed: ${wrong.join(', ')}`);
				return reports.every(({ missing }) => missing.length === 0);
			},
			{
				timeoutMs,
				everyMs: 1_000,
				what: 'every change to be in an execution',
				details: () => this.watchers.map((_watcher, index) => this.describe(index, reports[index])).join('\n'),
			},
		);
		return reports;
	}

	/** The counts of one workflow in a line. */
	describe(index: number, report: DeliveryReport | undefined): string {
		const watcher = this.watchers[index] as ToldEvents;
		const { made } = this.maker;
		const countOf = (kind: string): number => made.filter((change) => change.kind === kind).length;
		return [
			`${watcher.workflowId}: ${made.length} changes (${['created', 'updated', 'deleted'].map((kind) => `${countOf(kind)} ${kind}`).join(', ')})`,
			`${this.kills} kills`,
			`${watcher.executions.length} executions (${watcher.crashed()} broken off)`,
			`${watcher.events.length} events`,
			`${report?.markedRepeats} repeats marked`,
			`${report?.unmarkedRepeats} not marked`,
			`${report?.rescued} rescued by a repeat`,
			`${report?.overlapping} overlapping`,
			`${report?.missing.length} changes missing`,
			...(report?.missing.slice(0, 10).map(({ kind, itemId, version }) => `${kind} ${itemId}@${version}`) ?? []),
		].join(', ');
	}

	async refresh(): Promise<void> {
		for (const watcher of this.watchers) await watcher.refresh();
	}

	async close(): Promise<void> {
		await Promise.allSettled([this.n8n.stop(), this.emulator.close()]);
	}

	async kill(): Promise<void> {
		this.kills += 1;
		await this.n8n.kill();
	}

	private report(watcher: ToldEvents): DeliveryReport {
		return reportDelivery(this.maker.made, watcher.inOrder());
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
}

function seedItems(): SeedItem[] {
	return Array.from({ length: 5 }, (_, index) => ({
		title: `Old item ${index}`,
		category: 'LOGIN',
		fields: [
			{ purpose: 'USERNAME', value: `old-user-${index}` },
			{ purpose: 'PASSWORD', value: `${MARK}old-${index}` },
			{ id: 'token', label: 'token', type: 'CONCEALED', value: `${MARK}old-token-${index}` },
		],
	}));
}
