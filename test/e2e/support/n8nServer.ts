import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram, type RunningProgram } from './childProcess';
import { readDatabaseBytes } from './filesAtRest';
import { findFreePort } from './freePort';
import { N8nCli } from './n8nCli';
import { buildEnvironment } from './n8nEnvironment';
import { ensureN8nInstalled, type N8nInstall } from './n8nInstall';
import { N8nRest, type Owner } from './n8nRest';
import { installPackage, packPackage } from './packedPackage';
import { GiveUp, waitFor } from './waitFor';

export interface N8nOptions {
	/** Packed packages to install. Default: the one packed by the test run, else this repository, built and packed now. */
	tarballs?: readonly string[];
	/** Port of the editor. Default: any free one. */
	port?: number;
	/** Added to n8n's environment, and winning over the harness's own settings. */
	env?: Record<string, string>;
	install?: N8nInstall;
	onOutput?: (text: string) => void;
}

/** What a scenario needs from n8n, with one or several processes. */
export interface RunningN8n {
	/** Of the editor's API and of webhooks. */
	readonly url: string;
	readonly rest: N8nRest;
	readonly cli: Pick<N8nCli, 'importCredentials'>;
	/** All stdout and stderr so far, of every start. */
	logs(): string;
	/** SIGKILL. The user folder stays, for `restart`. */
	kill(): Promise<void>;
	/** Starts n8n again with the same user folder and ports, after a regular shutdown if it is still running. */
	restart(): Promise<void>;
}

/** A separate running n8n: fresh user folder, own ports, owner set up, community packages loaded, log level debug. */
export interface N8nServer extends RunningN8n {
	readonly owner: Owner;
	readonly cli: N8nCli;
	readonly userFolder: string;
	/** Raw bytes of the database, for canary searches. */
	databaseBytes(): Promise<Buffer>;
	/** Shuts n8n down and removes its user folder. */
	stop(): Promise<void>;
}

export const OWNER: Owner = {
	email: 'owner@example.com',
	password: 'Correct-horse-7',
	firstName: 'Olga',
	lastName: 'Owner',
};
const START_TIMEOUT_MS = 180_000;

export async function startN8n(options: N8nOptions = {}): Promise<N8nServer> {
	const install = options.install ?? (await ensureN8nInstalled());
	const userFolder = await mkdtemp(join(tmpdir(), 'n8n-e2e-'));
	const expectedTypes = await installPackages(userFolder, options.tarballs);
	const base = {
		install,
		userFolder,
		encryptionKey: randomBytes(24).toString('hex'),
		...(options.env ? { extra: options.env } : {}),
	};
	const port = options.port ?? (await findFreePort());
	const env = buildEnvironment({ ...base, port, brokerPort: await findFreePort() });
	const url = `http://localhost:${port}`;
	const rest = new N8nRest(url);
	const cli = new N8nCli(base);
	const programs: RunningProgram[] = [];
	const serverLog = () => programs.map((program) => program.output()).join('');

	const start = async (prepareOwner: () => Promise<void>) => {
		const program = startProgram({
			command: install.node.executable,
			args: [install.entry, 'start'],
			cwd: userFolder,
			env,
			...(options.onOutput ? { onOutput: options.onOutput } : {}),
		});
		programs.push(program);
		const details = () => `n8n's last words:\n${program.output().slice(-4_000)}`;
		try {
			await waitFor(
				async () => {
					if (program.hasExited()) throw new GiveUp(`n8n ended while starting. ${details()}`);
					return (await fetch(`${url}/healthz/readiness`)).ok;
				},
				{ timeoutMs: START_TIMEOUT_MS, what: 'n8n to become ready', details },
			);
			await waitFor(
				async () => {
					// The port opens before the database is migrated; until then this is refused.
					await prepareOwner();
					return true;
				},
				{ timeoutMs: 60_000, what: 'the owner to be set up', details },
			);
			await waitFor(async () => await hasTypes(rest, expectedTypes), {
				timeoutMs: 60_000,
				what: `n8n to load ${expectedTypes.join(', ')}`,
				details,
			});
		} catch (error) {
			await program.kill();
			throw error;
		}
	};
	const running = () => programs[programs.length - 1];

	try {
		await start(async () => await rest.setUpOwner(OWNER));
	} catch (error) {
		await rm(userFolder, { recursive: true, force: true });
		throw error;
	}

	return {
		url,
		owner: OWNER,
		rest,
		cli,
		userFolder,
		logs: () => serverLog() + cli.log(),
		databaseBytes: async () => await readDatabaseBytes(userFolder),
		async stop() {
			await running()?.stop();
			await rm(userFolder, { recursive: true, force: true, maxRetries: 3 });
		},
		async kill() {
			await running()?.kill();
		},
		async restart() {
			await running()?.stop();
			await start(async () => await rest.logIn(OWNER));
		},
	};
}

async function hasTypes(rest: N8nRest, expected: readonly string[]): Promise<boolean> {
	const known = await rest.nodeTypes();
	return expected.every((type) => known.has(type));
}

/** Node types that n8n has to know once it has loaded the packages. */
async function installPackages(userFolder: string, tarballs?: readonly string[]): Promise<string[]> {
	const ofThisRun = process.env['N8N_E2E_TARBALL'];
	const wanted = tarballs ?? (ofThisRun ? [ofThisRun] : []);
	const packed = wanted.length > 0 ? undefined : await packPackage();
	const nodeTypes: string[] = [];
	for (const tarball of packed ? [packed.tarball] : wanted) {
		nodeTypes.push(...(await installPackage(tarball, userFolder)).nodeTypes);
	}
	await packed?.remove();
	return nodeTypes;
}
