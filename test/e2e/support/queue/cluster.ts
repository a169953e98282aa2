import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from '../freePort';
import type { PlainCredential } from '../n8nCli';
import { buildEnvironment } from '../n8nEnvironment';
import { ensureN8nInstalled, type N8nInstall } from '../n8nInstall';
import { N8nRest } from '../n8nRest';
import { OWNER, type RunningN8n } from '../n8nServer';
import { packPackage } from '../packedPackage';
import { startPostgres, type Postgres, type Row } from '../postgres';
import { waitFor } from '../waitFor';
import { importCredential } from './credentialImport';
import { N8nProcess } from './n8nProcess';
import { pathWith, startPackageRegistry, type PackageRegistry } from './packageRegistry';
import { startRedis, type Redis } from './redis';

export const PACKAGE = 'n8n-nodes-1password-connect';

export interface ClusterOptions {
	/** Added to the environment of every process. */
	readonly env?: Readonly<Record<string, string>>;
	/** From the start. Default 2. */
	readonly workers?: number;
}

/** n8n counts a killed worker's job as stalled after this time instead of after a minute. */
const SEES_STALLED_JOBS_SOON = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '2000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
};

const WATCHED = {
	N8N_LOG_FORMAT: 'json',
	N8N_LOG_LEVEL: 'info',
	N8N_METRICS: 'true',
	N8N_METRICS_INCLUDE_QUEUE_METRICS: 'true',
	N8N_METRICS_INCLUDE_MESSAGE_EVENT_BUS_METRICS: 'true',
	N8N_METRICS_INCLUDE_WORKFLOW_ID_LABEL: 'true',
	N8N_METRICS_INCLUDE_NODE_TYPE_LABEL: 'true',
};

/** Nothing outside this machine may be contacted, and requests to it fail immediately. */
const NO_INTERNET = { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1,localhost' };

const WORKER_CONCURRENCY = 5;

/**
 * n8n in queue mode on this machine: Redis, PostgreSQL, main, workers and a webhook processor, each with its own user
 * folder.
 */
export class Cluster {
	readonly workers: N8nProcess[] = [];
	readonly rest: N8nRest;
	private made = 0;

	private constructor(
		readonly postgres: Postgres,
		readonly registry: PackageRegistry,
		readonly main: N8nProcess,
		readonly webhook: N8nProcess,
		private readonly redis: Redis,
		private readonly install: N8nInstall,
		private readonly folder: string,
		private readonly env: NodeJS.ProcessEnv,
	) {
		this.rest = new N8nRest(main.url);
	}

	/** Ready, with the packed package installed on main and followed by all others. */
	static async start({ env: extra = {}, workers = 2 }: ClusterOptions = {}): Promise<Cluster> {
		const install = await ensureN8nInstalled();
		const folder = await mkdtemp(join(tmpdir(), 'cluster-e2e-'));
		await mkdir(join(folder, 'logs'));
		const [postgres, redis, registry] = await Promise.all([startPostgres(), startRedis(), startPackageRegistry()]);
		await postgres.query('CREATE DATABASE n8n');
		const env = {
			...queueSettings(postgres, redis),
			...SEES_STALLED_JOBS_SOON,
			...WATCHED,
			...NO_INTERNET,
			...extra,
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
		};
		const make = async (name: string, command: readonly string[]): Promise<N8nProcess> =>
			await makeProcess({ name, command, install, folder, env, registry });
		const cluster = new Cluster(postgres, registry, await make('main', ['start']), await make('webhook', ['webhook']), redis, install, folder, env);
		try {
			// The first start creates the tables; the others would wait for them in vain.
			await cluster.main.start();
			await waitFor(
				async () => {
					await cluster.rest.setUpOwner(OWNER);
					return true;
				},
				{ timeoutMs: 60_000, what: 'the owner to be set up' },
			);
			await Promise.all([cluster.webhook.start(), ...Array.from({ length: workers }, async () => await cluster.addWorker())]);
			await cluster.installPackage();
			return cluster;
		} catch (error) {
			await cluster.close();
			throw error;
		}
	}

	get processes(): readonly N8nProcess[] {
		return [this.main, this.webhook, ...this.workers];
	}

	/** Where webhooks are called. */
	get url(): string {
		return this.webhook.url;
	}

	/** A worker with an empty folder. `extra` is added to its environment. */
	async addWorker(extra?: Readonly<Record<string, string>>): Promise<N8nProcess> {
		this.made += 1;
		const { install, folder, env, registry } = this;
		const command = ['worker', `--concurrency=${WORKER_CONCURRENCY}`];
		const worker = await makeProcess({ name: `worker-${this.made}`, command, install, folder, env, registry });
		this.workers.push(worker);
		await worker.start(extra);
		return worker;
	}

	/** Removes a worker, which finishes what it has started. */
	async removeWorker(worker: N8nProcess): Promise<void> {
		this.workers.splice(this.workers.indexOf(worker), 1);
		await worker.stop();
	}

	/** Restarts main, after a regular shutdown if it is still running, and logs in. */
	async startMain(extra?: Readonly<Record<string, string>>): Promise<void> {
		await this.main.stop();
		await this.main.start(extra);
		await waitFor(
			async () => {
				await this.rest.logIn(OWNER);
				return true;
			},
			{ timeoutMs: 60_000, what: 'main to take a login' },
		);
	}

	/** Installs the package on main as its settings page does, and waits until every other process has followed. */
	async installPackage(): Promise<void> {
		const version = await this.publishPackage();
		await this.rest.call('POST', '/rest/community-packages', { name: PACKAGE, version });
		await this.untilInstalled(version);
	}

	/** Installs another version of it, with the same contents, as the settings page does. */
	async upgradePackage(version: string): Promise<void> {
		await this.publishPackage(version);
		await this.rest.call('PATCH', '/rest/community-packages', { name: PACKAGE, version });
		await this.untilInstalled(version);
	}

	private async publishPackage(as?: string): Promise<string> {
		const ofThisRun = process.env['N8N_E2E_TARBALL'];
		const packed = ofThisRun ? undefined : await packPackage();
		const { version } = await this.registry.publish(ofThisRun ?? packed?.tarball ?? '', as);
		await packed?.remove();
		return version;
	}

	private async untilInstalled(version: string): Promise<void> {
		await waitFor(
			async () => (await Promise.all(this.processes.map(async (one) => await one.installedVersion(PACKAGE)))).every((found) => found === version),
			{ timeoutMs: 120_000, what: `version ${version} of the package on every process` },
		);
	}

	async importCredentials(credentials: readonly PlainCredential[]): Promise<void> {
		for (const credential of credentials)
			await importCredential({ rest: this.rest, query: async (sql, ...values) => await this.query(sql, ...values) }, credential);
	}

	/** Runs a query in n8n's database. */
	async query(sql: string, ...values: unknown[]): Promise<Row[]> {
		return await this.postgres.query(sql, values, { ...this.postgres.superuser, database: 'n8n' });
	}

	/** How many executions each worker has begun. */
	async shares(): Promise<number[]> {
		return await Promise.all(this.workers.map(async (worker) => (await worker.log()).match(/Worker started execution/g)?.length ?? 0));
	}

	/** What all processes have logged. */
	async logs(): Promise<string> {
		return (await Promise.all(this.processes.map(async (one) => await one.log()))).join('');
	}

	/** For scenarios with a single n8n, which they kill and restart. */
	asOne(control: Pick<RunningN8n, 'kill' | 'restart'>): RunningN8n {
		const logs = (): string => this.processes.map((one) => one.output()).join('');
		return {
			url: this.url,
			rest: this.rest,
			cli: this,
			logs,
			kill: async () => await control.kill(),
			restart: async () => await control.restart(),
		};
	}

	async close(): Promise<void> {
		await Promise.allSettled(this.processes.map(async (one) => await one.kill()));
		// To see afterwards what went on: KEEP_LOGS=<folder>.
		if (process.env['KEEP_LOGS']) await cp(join(this.folder, 'logs'), process.env['KEEP_LOGS'], { recursive: true });
		await Promise.allSettled([this.redis.stop(), this.postgres.stop(), this.registry.close()]);
		await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
	}
}

function queueSettings({ host, port, superuser }: Postgres, redis: Redis): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		// n8n's default: a worker that shuts down finishes what it has started.
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '30',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: host,
		DB_POSTGRESDB_PORT: String(port),
		DB_POSTGRESDB_DATABASE: 'n8n',
		DB_POSTGRESDB_USER: superuser.user,
		DB_POSTGRESDB_PASSWORD: superuser.password,
		// The webhook processor is there for this.
		N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true',
	};
}

interface ProcessOptions {
	readonly name: string;
	readonly command: readonly string[];
	readonly install: N8nInstall;
	readonly folder: string;
	readonly env: NodeJS.ProcessEnv;
	readonly registry: PackageRegistry;
}

async function makeProcess({ name, command, install, folder, env, registry }: ProcessOptions): Promise<N8nProcess> {
	const userFolder = join(folder, name);
	const port = await findFreePort();
	const base = buildEnvironment({ install, userFolder, port, brokerPort: await findFreePort(), encryptionKey: '' });
	return new N8nProcess({
		name,
		command,
		install,
		folder: userFolder,
		logFile: join(folder, 'logs', `${name}.log`),
		port,
		env: { ...base, ...env, PATH: pathWith(registry, base['PATH']), QUEUE_HEALTH_CHECK_PORT: String(port) },
	});
}
