import type { RecordedRequest } from '../../emulators/connect';
import type { RunningN8n } from './n8nServer';
import type { WorkflowDocument } from './n8nRest';
import { armCrash, describeCrash, type Crash, type CrashPoint } from './rotationCrash';
import { startRotationScene, type RotationScene } from './rotationScene';
import { connectCredential, loadRotationWorkflow, startByWebhook, waitForSync } from './rotationWorkflow';
import { callWebhook, type RunEnd } from './webhook';

const PATH = 'rotate-key';

/** Most of the crashed steps are not shown by any read: the longest that is waited for one, in seconds. */
const SYNC_SECONDS = 2;

/** Runs after a crash until the rotation is complete; the first one must be enough. */
const MAX_RUNS = 1;

export interface CrashReport {
	readonly point: CrashPoint;
	readonly crash: Crash;
	readonly first: RunEnd;
	/** What the item said after the crash. */
	readonly between: string;
	/** How the run after the crash ended; undefined where none was needed. */
	readonly second: RunEnd | undefined;
	/** Keys that the service has issued in both runs. */
	readonly issued: number;
	readonly revoked: number;
	readonly hit: boolean;
	/** Observed violations. */
	readonly violations: readonly string[];
}

/** A real n8n with the example workflow for API keys, a Connect server and the service that issues the keys. */
export class KeyRotation {
	/** Every key that ever existed. */
	readonly keys = new Set<string>();
	kills = 0;
	private oldKey = '';
	private violations: string[] = [];

	private constructor(
		readonly n8n: RunningN8n,
		readonly scene: RotationScene,
		readonly workflow: WorkflowDocument,
		private readonly answers: Set<(request: RecordedRequest) => void>,
	) {}

	static async start(n8n: RunningN8n): Promise<KeyRotation> {
		const answers = new Set<(request: RecordedRequest) => void>();
		const scene = await startRotationScene({ onAnswer: (request) => answers.forEach((tell) => tell(request)) });
		const workflow = await loadRotationWorkflow({ issuerUrl: scene.issuer.url, vault: scene.vault, item: scene.item });
		startByWebhook(workflow, PATH);
		waitForSync(workflow, SYNC_SECONDS);
		await n8n.cli.importCredentials([connectCredential(workflow, scene.connect)]);
		await n8n.rest.importWorkflow(workflow);
		await n8n.rest.activateWorkflow(workflow.id);
		const rotation = new KeyRotation(n8n, scene, workflow, answers);
		answers.add(() => rotation.look());
		return rotation;
	}

	async run(): Promise<RunEnd> {
		return await callWebhook(this.n8n, PATH);
	}

	/** A run that crashes there, and the run after it. */
	async crashAndRunAgain(point: CrashPoint, crash: Crash): Promise<CrashReport> {
		const { connect, issuer } = this.scene;
		const issued = issuer.issuedKeys().length;
		this.oldKey = this.scene.stored().key;
		this.violations = [];
		if (point.refused) issuer.failNext({ call: 'whoami', status: 401 });
		const armed = armCrash({ n8n: this.n8n, connect, answers: this.answers, issuer }, point, crash);
		const first = await this.run();
		await armed.disarm();
		this.look();
		if (crash.kills) {
			this.kills += 1;
			await this.n8n.restart();
		}
		const between = this.scene.stored().state;
		let second: RunEnd | undefined;
		for (let runs = 0; runs < MAX_RUNS && this.needsRun(); runs++) {
			connect.admin.settle();
			second = await this.run();
		}
		this.look();
		this.judgeEnd();
		const fresh = issuer.issuedKeys().slice(issued);
		const revoked = [this.oldKey, ...fresh.map(({ key }) => key)].filter((key) => !issuer.isLive(key)).length;
		return { point, crash, first, between, second, issued: fresh.length, revoked, hit: armed.hasHit(), violations: this.violations };
	}

	/** Whether the rotation is not complete yet. */
	private needsRun(): boolean {
		const { state, key } = this.scene.stored();
		return state !== 'ended' || key === this.oldKey;
	}

	/** What must hold at any moment. Called at each answer of the Connect server too. */
	private look(): void {
		const { issuer } = this.scene;
		const { key, keyId, previous } = this.scene.stored();
		const live = issuer.liveKeys();
		for (const one of issuer.issuedKeys()) this.keys.add(one.key);
		if (!issuer.isLive(key)) this.violations.push('the live value is not accepted');
		if (live.find((one) => one.key === key)?.keyId !== keyId) this.violations.push('the key id is that of another key');
		if (live.length > 2) this.violations.push(`${live.length} keys are valid at once`);
		if (issuer.isLive(this.oldKey) && ![key, previous].includes(this.oldKey)) this.violations.push('the old key is lost');
	}

	private judgeEnd(): void {
		const { state, key, previous, pending } = this.scene.stored();
		const valid = this.scene.issuer.liveKeys().map((one) => one.key);
		if (state !== 'ended' || previous || pending) this.violations.push(`the item is left in state "${state}"`);
		if (key === this.oldKey) this.violations.push('there is no new key');
		if (valid.length !== 1 || valid[0] !== key) this.violations.push(`${valid.length} keys are valid in the end`);
	}

	async close(): Promise<void> {
		await this.scene.close();
	}
}

const HEADER = ['step', 'crash', 'crashed run', 'item then', 'next run', 'issued', 'revoked', 'always'];

/** The matrix as lines of a table. */
export function tableOf(reports: readonly CrashReport[]): string {
	const rows = reports.map(({ point, crash, first, between, second, issued, revoked, violations }) => [
		point.step,
		describeCrash(crash),
		first,
		between || 'no rotation',
		second ?? 'not needed',
		String(issued),
		String(revoked),
		violations.length === 0 ? 'yes' : [...new Set(violations)].join(', '),
	]);
	return alignColumns([HEADER, ...rows]);
}

export function alignColumns(rows: ReadonlyArray<readonly string[]>): string {
	const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
	return rows
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
