import { setTimeout as delay } from 'node:timers/promises';
import { OnePasswordConnect } from '@1password/connect';
import { startConnectEmulator, type ConnectEmulator, type RecordedRequest } from '../../emulators/connect';
import { startKeyIssuer, type KeyIssuer } from './keyIssuer';
import type { PlainCredential } from './n8nCli';
import type { WorkflowDocument } from './n8nRest';
import type { N8nServer } from './n8nServer';
import { startPostgres, type Login, type Postgres } from './postgres';
import { armCrash, type Crash, type CrashPoint } from './rotationCrash';
import { connectCredential, startByWebhook, waitForSync } from './rotationWorkflow';
import { callWebhook, type RunEnd } from './webhook';
import { fillSettings, loadWorkflowFile } from './workflowFile';

const PATH = 'rotate-database-user';
const VAULT = 'Databases';
const ITEM = 'Orders database';
export const USERS = ['orders_a', 'orders_b'] as const;
export const ADMIN: Login = { user: 'rotator', password: 'canary-rotator, "quoted" \'and\' more' };
const START = 'canary-password-at-the-start';
const SYNC_SECONDS = 2;

interface StoredLogin {
	readonly id: string;
	readonly vaultId: string;
	readonly version: number;
	readonly user: string;
	readonly password: string;
	readonly state: string;
	/** Live, staged and previous. */
	readonly secrets: readonly string[];
}

export interface DatabaseCrashReport {
	readonly first: RunEnd;
	readonly between: string;
	readonly second: RunEnd | undefined;
	readonly hit: boolean;
	readonly violations: readonly string[];
}

export interface Connections {
	readonly made: number;
	readonly failures: readonly string[];
	/** How often another user was read than the time before. */
	readonly switches: number;
}

/** The example workflow for databases in a real n8n, a real PostgreSQL, and the item with the user of it. */
export class DatabaseRotation {
	/** Every password that ever existed. */
	readonly passwords = new Set([START]);
	kills = 0;
	private byHand = 0;

	private constructor(
		readonly n8n: N8nServer,
		readonly postgres: Postgres,
		readonly connect: ConnectEmulator,
		/** Takes the messages. */
		readonly service: KeyIssuer,
		readonly workflow: WorkflowDocument,
		private readonly answers: Set<(request: RecordedRequest) => void>,
	) {}

	static async start(n8n: N8nServer): Promise<DatabaseRotation> {
		const answers = new Set<(request: RecordedRequest) => void>();
		const postgres = await startPostgres();
		for (const user of USERS) await postgres.query(`create role ${user} login`);
		await postgres.query(`alter role ${USERS[0]} password '${START}'`);
		await postgres.query(`create role ${ADMIN.user} login createrole password '${ADMIN.password.replaceAll("'", "''")}'`);
		const connect = await startConnectEmulator({
			seed: {
				vaults: [
					{
						name: VAULT,
						items: [
							{
								title: ITEM,
								category: 'DATABASE',
								fields: [
									{ id: 'username', label: 'username', value: USERS[0] },
									{ id: 'password', label: 'password', type: 'CONCEALED', value: START },
								],
							},
						],
					},
				],
			},
			behaviour: { replicas: [{ readLagMs: 100 }, { readLagMs: 500 }] },
			onAnswer: (request) => answers.forEach((tell) => tell(request)),
		});
		const service = await startKeyIssuer();
		const workflow = await loadWorkflowFile('rotate-database-user.json', {
			vault: VAULT,
			item: ITEM,
			firstUser: USERS[0],
			secondUser: USERS[1],
			rotateAfterDays: 0,
			notifyUrl: `${service.url}/messages`,
		});
		startByWebhook(workflow, PATH);
		waitForSync(workflow, SYNC_SECONDS);
		useCredential(workflow, CONNECT);
		await n8n.cli.importCredentials([{ ...connectCredential(workflow, connect), ...CONNECT }, ...postgresCredentials(postgres)]);
		await n8n.rest.importWorkflow(workflow);
		await n8n.rest.activateWorkflow(workflow.id);
		return new DatabaseRotation(n8n, postgres, connect, service, workflow, answers);
	}

	async run(): Promise<RunEnd> {
		const end = await callWebhook(this.n8n, PATH);
		this.stored();
		return end;
	}

	/** Runs the workflow by hand, with other settings. @returns why it has failed; undefined if it succeeded. */
	async runByHand(settings: Readonly<Record<string, unknown>> = {}): Promise<string | undefined> {
		this.byHand += 1;
		const copy = { ...structuredClone(this.workflow), id: `rotateByHand${String(this.byHand).padStart(4, '0')}` };
		fillSettings(copy, settings);
		await this.n8n.rest.importWorkflow(copy);
		const { run } = await this.n8n.cli.executeByCli(copy.id);
		this.stored();
		return run?.data.resultData.error?.message;
	}

	/** As a person would in the 1Password app. Every read shows it at once. */
	edit(label: string, value: string): void {
		this.connect.admin.editItem(VAULT, this.stored().id, ({ fields }) => {
			for (const field of fields) if (field.label === label) field.value = value;
		});
		this.connect.admin.settle();
	}

	stored(): StoredLogin {
		const item = this.connect.admin.items(VAULT)[0];
		if (!item) throw new Error('The item is gone');
		const valueOf = (label: string): string => item.fields?.find((field) => field.label === label)?.value ?? '';
		const secrets = ['password', 'pending value', 'previous value'].map(valueOf).filter(Boolean);
		for (const secret of secrets) this.passwords.add(secret);
		return {
			id: item.id,
			vaultId: item.vault.id,
			version: item.version ?? 0,
			user: valueOf('username'),
			password: valueOf('password'),
			state: valueOf('rotation state'),
			secrets,
		};
	}

	/** Whether the database accepts the item's user and password. */
	async accepts({ user, password }: Login): Promise<boolean> {
		const [row] = await this.postgres.query('select current_user as name', [], { user, password }).catch(() => []);
		return row?.['name'] === user;
	}

	async crashAndRunAgain(point: Pick<CrashPoint, 'at'>, crash: Crash): Promise<DatabaseCrashReport> {
		const before = this.stored();
		const violations: string[] = [];
		const checks: Array<Promise<void>> = [];
		const look = async (): Promise<void> => {
			const now = this.stored();
			if (!(await this.accepts(now))) violations.push(`the database refuses ${now.user}`);
			if (!(await this.accepts(before))) violations.push(`the database refuses ${before.user}, who was live before`);
		};
		const watch = ({ applied }: RecordedRequest): void => void (applied && checks.push(look()));
		this.answers.add(watch);
		const armed = armCrash({ n8n: this.n8n, connect: this.connect, answers: this.answers }, point, crash);
		const first = await this.run();
		await armed.disarm();
		await look();
		if (crash.kills) {
			this.kills += 1;
			await this.n8n.restart();
		}
		const between = this.stored();
		let second: RunEnd | undefined;
		if (between.state !== 'finished' || between.user === before.user) {
			this.connect.admin.settle();
			second = await this.run();
		}
		await look();
		await Promise.all(checks);
		this.answers.delete(watch);
		const after = this.stored();
		if (after.state !== 'finished' || after.user === before.user) violations.push(`the item is left in state "${after.state}"`);
		return { first, between: between.state, second, hit: armed.hasHit(), violations };
	}

	/** A client that reads user and password again for each connection, several at a time, while `work` runs. */
	async connectWhile(count: number, work: () => Promise<void>): Promise<Connections> {
		const { id, vaultId } = this.stored();
		const client = OnePasswordConnect({ serverURL: this.connect.url, token: this.connect.token, keepAlive: true });
		const failures: string[] = [];
		const users: string[] = [];
		let isOver = false;
		const connectOnce = async (): Promise<void> => {
			const { fields } = await client.getItem(vaultId, id);
			const valueOf = (label: string): string => fields?.find((field) => field.label === label)?.value ?? '';
			const user = valueOf('username');
			users.push(user);
			await this.postgres
				.query('select 1', [], { user, password: valueOf('password') })
				.catch((error: Error) => failures.push(`${user}: ${error.message}`));
		};
		const worker = async (): Promise<void> => {
			while (!isOver || users.length < count) {
				await connectOnce().catch((error: Error) => failures.push(`1Password: ${error.message}`));
				await delay(5);
			}
		};
		const workers = Promise.all(Array.from({ length: 4 }, worker));
		await work().finally(() => (isOver = true));
		await workers;
		return { made: users.length, failures, switches: users.filter((user, index) => index > 0 && user !== users[index - 1]).length };
	}

	async close(): Promise<void> {
		await Promise.allSettled([this.postgres.stop(), this.connect.close(), this.service.close()]);
	}
}

/** Another server than that of the workflow for keys. */
const CONNECT = { id: 'databaseConnect1', name: '1Password Connect of the databases' };

function useCredential(workflow: WorkflowDocument, credential: { id: string; name: string }): void {
	for (const node of workflow.nodes) {
		const credentials = node['credentials'] as { onePasswordConnectApi?: object } | undefined;
		if (credentials?.onePasswordConnectApi) credentials.onePasswordConnectApi = { ...credential };
	}
}

/** As the workflow's notes describe them. */
function postgresCredentials({ host, port }: Postgres): PlainCredential[] {
	const address = { host, port, database: 'postgres', ssl: 'disable', sshTunnel: false };
	const staged = {
		user: "={{ $('Next user').first().json.user }}",
		password: "={{ $('Next user').first().json.password }}",
	};
	return [
		{ id: 'postgresAdmin001', name: 'Postgres: may set passwords', type: 'postgres', data: { ...address, ...ADMIN } },
		{ id: 'postgresStaged01', name: 'Postgres: staged user from 1Password', type: 'postgres', data: { ...address, ...staged } },
	];
}
