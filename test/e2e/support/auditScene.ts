import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom, startConnectEmulator, type ActivitySeed, type ConnectEmulator, type RecordedRequest } from '../../emulators/connect';
import { loadAuditWorkflow, postgresCredential, readerWorkflow, tablesOf } from './auditWorkflow';
import { startChat, type Chat } from './chat';
import { startN8n, type N8nServer, type RunningN8n } from './n8nServer';
import type { WorkflowDocument } from './n8nRest';
import { startPostgres, type Login, type Postgres, type Row } from './postgres';
import { connectCredential } from './rotationWorkflow';
import { waitFor } from './waitFor';

const LOGIN: Login = { user: 'audit', password: 'audit-password' };

/** Of a client that the workflow knows. */
export const KNOWN = 'connect-sdk-go/1.5.3';

/** `collecting`: the log is being read; `storing`: rows are in the table; `telling`: the chat has a message, and n8n no answer. */
export type AuditMoment = 'any' | 'collecting' | 'storing' | 'telling';

const MOMENTS: readonly AuditMoment[] = ['storing', 'telling', 'collecting', 'any'];

/** The test must not wait for a moment that never comes. */
const PATIENCE_MS = 20_000;

/** Every row of so many is of a refused request. */
const DENIED_EVERY = 500;

/** An n8n that runs the audit workflow with everything it needs, and workflows whose reads it finds. */
export class AuditScene {
	kills = 0;
	/** Item IDs of the rows that others left in the log; each occurs once. */
	readonly logged: string[] = [];
	/** Of refused requests among them. */
	readonly refused: string[] = [];
	private own?: N8nServer;

	private constructor(
		readonly emulator: ConnectEmulator,
		readonly postgres: Postgres,
		readonly chat: Chat,
		readonly n8n: RunningN8n,
		readonly workflow: WorkflowDocument,
		private readonly random: () => number,
	) {}

	/** @param readers parameters of the 1Password node, by id of the workflow. */
	static async start(readers: Readonly<Record<string, object>>, settings: Readonly<Record<string, string>>, seed: number): Promise<AuditScene> {
		const n8n = await startN8n();
		const scene = await AuditScene.startIn(n8n, readers, settings, seed);
		scene.own = n8n;
		return scene;
	}

	/** In an n8n that is already running, and outlives the scene. */
	static async startIn(
		n8n: RunningN8n,
		readers: Readonly<Record<string, object>>,
		settings: Readonly<Record<string, string>>,
		seed: number,
	): Promise<AuditScene> {
		const [emulator, postgres, chat] = await Promise.all([
			startConnectEmulator({
				behaviour: { activity: { retention: 1_000_000, requestIp: true } },
				seed: {
					vaults: [
						{
							name: 'Production',
							items: ['Payments API', 'Orders database', 'Mail'].map((title) => ({
								title,
								fields: [{ id: 'key', type: 'CONCEALED' as const, label: 'key', value: 'canary-value' }],
							})),
						},
					],
				},
			}),
			startPostgres(),
			startChat(),
		]);
		const workflow = await loadAuditWorkflow({
			chatUrl: chat.url,
			knownClients: [...Object.keys(readers), 'connect-sdk-go'].join(', '),
			...settings,
		});
		await postgres.query(`CREATE ROLE ${LOGIN.user} LOGIN PASSWORD '${LOGIN.password}'`);
		await postgres.query(tablesOf(workflow));
		// All that the workflow needs.
		await postgres.query(`GRANT SELECT, INSERT, UPDATE ON onepassword_audit, onepassword_alerts TO ${LOGIN.user}`);
		await n8n.cli.importCredentials([connectCredential(workflow, emulator), postgresCredential(workflow, postgres, LOGIN)]);
		for (const one of [workflow, ...Object.entries(readers).map(([id, parameters]) => readerWorkflow(id, parameters))]) {
			await n8n.rest.importWorkflow(one);
			await n8n.rest.activateWorkflow(one.id);
		}
		const scene = new AuditScene(emulator, postgres, chat, n8n, workflow, seededRandom(seed));
		// The first run treats existing rows as posted.
		await scene.runs(3);
		return scene;
	}

	/** Waits until the audit workflow has started this many more executions. */
	async runs(count: number): Promise<void> {
		const from = this.emulator.requests.length;
		const begun = (): number => new Set(this.emulator.requests.slice(from).flatMap((request) => executionOf(request) ?? [])).size;
		await waitFor(async () => await Promise.resolve(begun() >= count), {
			timeoutMs: 60_000,
			what: `${count} executions of the audit workflow`,
			details: () => this.n8n.logs().slice(-4_000),
		});
	}

	/** Requests that others make of the Connect server. */
	log(count: number, rest: Partial<ActivitySeed> = {}): void {
		const vaultId = this.emulator.admin.vault('Production').id;
		const rows = Array.from({ length: count }, (): ActivitySeed => {
			const itemId = `row${String(this.logged.length).padStart(23, '0')}`;
			const isRefused = this.logged.length % DENIED_EVERY === 0;
			this.logged.push(itemId);
			if (isRefused) this.refused.push(itemId);
			// Alerts of one client with one token would share a line.
			return {
				action: 'READ',
				...(isRefused && { result: 'DENY' }),
				vaultId,
				itemId,
				userAgent: KNOWN,
				ip: '10.0.0.9',
				jti: isRefused ? `theirs-${itemId}` : 'theirs',
				...rest,
			};
		});
		this.emulator.admin.logActivity(rows);
	}

	/** Rows arrive before, while and after n8n is killed, and it starts again. */
	async killRound(index: number, count: number): Promise<void> {
		const moment = MOMENTS[index % MOMENTS.length] ?? 'any';
		const portion = Math.ceil(count / 20);
		const isTime = this.wait(moment);
		let isDown = false;
		const arriving = (async () => {
			for (let left = count; left > 0; left -= portion) {
				this.log(Math.min(left, portion));
				await delay(isDown ? 20 : this.random() * 400);
			}
		})();
		await isTime;
		await this.n8n.kill();
		this.kills += 1;
		isDown = true;
		await arriving;
		await this.n8n.restart();
	}

	private async wait(moment: AuditMoment): Promise<void> {
		const comes: Record<AuditMoment, () => Promise<void>> = {
			any: async () => await this.atRandom(4_000),
			collecting: async () => await this.collecting(),
			storing: async () => await this.storing(),
			telling: async () => await this.telling(),
		};
		await Promise.race([comes[moment](), delay(PATIENCE_MS)]);
	}

	private async atRandom(maxMs: number): Promise<void> {
		await delay(this.random() * maxMs);
	}

	private async collecting(): Promise<void> {
		const from = this.emulator.requests.length;
		const isRead = (): boolean => this.emulator.requests.slice(from).some(({ route, status }) => route.endsWith('/items') && status === 200);
		await waitFor(async () => await Promise.resolve(isRead()), { timeoutMs: PATIENCE_MS, everyMs: 5, what: 'a run to read' }).catch(() => undefined);
		await this.atRandom(150);
	}

	private async storing(): Promise<void> {
		const before = await this.count();
		const hasMore = async (): Promise<boolean> => (await this.count()) > before;
		await waitFor(hasMore, { timeoutMs: PATIENCE_MS, everyMs: 5, what: 'rows in the table' }).catch(() => undefined);
	}

	/** The response arrives when n8n is gone. */
	private async telling(): Promise<void> {
		await new Promise<void>((resolve) => {
			this.chat.beforeAnswer = async () => {
				resolve();
				await delay(2_000);
			};
		});
	}

	async count(): Promise<number> {
		const [row] = await this.postgres.query('SELECT count(*)::int AS count FROM onepassword_audit');
		return Number(row?.['count']);
	}

	/** Rows of the table that a condition holds for. */
	async rows(condition: string, ...values: unknown[]): Promise<Row[]> {
		return await this.postgres.query(`SELECT * FROM onepassword_audit WHERE ${condition} ORDER BY "timestamp"`, values);
	}

	async close(): Promise<void> {
		await Promise.allSettled([this.own?.stop(), this.postgres.stop(), this.chat.close(), this.emulator.close()]);
	}
}

function executionOf({ route, userAgent }: RecordedRequest): string | undefined {
	return route === '/v1/activity' ? /execution=(\w+)/.exec(userAgent ?? '')?.[1] : undefined;
}
