import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram, startProgram, type RunningProgram } from './childProcess';
import { findFreePort } from './freePort';
import { ensureN8nInstalled } from './n8nInstall';
import { GiveUp, waitFor } from './waitFor';

export type Row = Record<string, unknown>;

export interface Login {
	readonly user: string;
	readonly password: string;
	/** Default `postgres`. */
	readonly database?: string;
}

/** A separate PostgreSQL server, on TCP only, that requires a password from everyone. */
export interface Postgres {
	readonly host: '127.0.0.1';
	readonly port: number;
	readonly superuser: Login;
	/** Connection string. */
	url(user: string, password: string, database?: string): string;
	/** One connection for one query, as the superuser unless a login is given. */
	query(sql: string, values?: readonly unknown[], login?: Login): Promise<Row[]>;
	/** What the server has logged. */
	logs(): string;
	/** Stops it immediately and removes its data. */
	stop(): Promise<void>;
}

export interface PostgresOptions {
	/** Default `superuser-password`. */
	readonly superuserPassword?: string;
	/** Added to the server's settings, and winning over those of the harness: `{ log_statement: 'all' }`. */
	readonly settings?: Readonly<Record<string, string>>;
}

const HOST = '127.0.0.1';
const SUPERUSER = 'postgres';

/** Nothing has to survive a crash here. */
const FAST: Readonly<Record<string, string>> = {
	fsync: 'off',
	synchronous_commit: 'off',
	full_page_writes: 'off',
	autovacuum: 'off',
	max_wal_size: '64MB',
	shared_buffers: '32MB',
};

export async function startPostgres({ superuserPassword = 'superuser-password', settings = {} }: PostgresOptions = {}): Promise<Postgres> {
	const bin = await findPrograms();
	const account = await findAccount();
	const folder = await mkdtemp(join(tmpdir(), 'postgres-e2e-'));
	const data = join(folder, 'data');
	const passwordFile = join(folder, 'password');
	const port = await findFreePort();
	const superuser: Login = { user: SUPERUSER, password: superuserPassword };
	const clientOf = await loadClient();

	const query: Postgres['query'] = async (sql, values = [], { user, password, database = SUPERUSER } = superuser) => {
		const client = clientOf({ host: HOST, port, user, password, database, connectionTimeoutMillis: 10_000 });
		// A server that stops closes the connection, and nothing else listens.
		client.on('error', () => undefined);
		await client.connect();
		try {
			return (await client.query(sql, values)).rows;
		} finally {
			await client.end();
		}
	};

	let program: RunningProgram | undefined;
	const stop = async (): Promise<void> => {
		await program?.kill();
		await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	};
	try {
		await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
		if (account) for (const path of [folder, passwordFile]) await chown(path, account.uid, account.gid);
		const cluster = ['-D', data, '-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
		await runProgram(asAccount(account, join(bin, 'initdb'), cluster, folder));
		const all = { listen_addresses: HOST, port: String(port), unix_socket_directories: '', ...FAST, ...settings };
		const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
		const server = startProgram(asAccount(account, join(bin, 'postgres'), ['-D', data, ...flags], folder));
		program = server;
		await waitFor(
			async () => {
				if (server.hasExited()) throw new GiveUp(`PostgreSQL ended while starting:\n${server.output().slice(-2_000)}`);
				return await query('select 1');
			},
			{ timeoutMs: 60_000, everyMs: 100, what: 'PostgreSQL to accept connections', details: server.output },
		);
		return {
			host: HOST,
			port,
			superuser,
			url: (user, password, database = SUPERUSER) =>
				`postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${HOST}:${port}/${database}`,
			query,
			logs: server.output,
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

/** The server refuses to run as root, so it runs as the account created by its package. */
interface Account {
	readonly uid: number;
	readonly gid: number;
}

async function findAccount(): Promise<Account | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = async (flag: string): Promise<number> => {
		const { stdout } = await runProgram({ command: 'id', args: [flag, SUPERUSER], env: process.env, cwd: '/' });
		return Number(stdout.trim());
	};
	return { uid: await idOf('-u'), gid: await idOf('-g') };
}

function asAccount(account: Account | undefined, program: string, args: readonly string[], cwd: string) {
	const env = { PATH: process.env['PATH'], HOME: cwd, TZ: 'UTC', LC_ALL: 'C' };
	if (!account) return { command: program, args, env, cwd };
	const identity = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
	return { command: 'setpriv', args: [...identity, program, ...args], env, cwd };
}

/** Folders in which the packages of Debian and Ubuntu put one folder for each version. */
const DEBIAN = '/usr/lib/postgresql';

/** `POSTGRES_BIN` names another folder with `initdb` and `postgres`. */
async function findPrograms(): Promise<string> {
	const override = process.env['POSTGRES_BIN'];
	if (override) return override;
	const found = (await newestOfDebian()) ?? ((await mayInstall()) ? await newestOfDebian() : undefined);
	if (found) return found;
	throw new Error(
		`There is no PostgreSQL in ${DEBIAN}. Install it (Debian, Ubuntu: sudo apt-get install postgresql) ` +
			'or name the folder of its programs with the environment variable POSTGRES_BIN.',
	);
}

async function newestOfDebian(): Promise<string | undefined> {
	const versions = existsSync(DEBIAN) ? await readdir(DEBIAN) : [];
	const bins = versions.sort((one, other) => Number(other) - Number(one)).map((version) => join(DEBIAN, version, 'bin'));
	return bins.find((bin) => existsSync(join(bin, 'initdb')));
}

async function mayInstall(): Promise<boolean> {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
	process.stderr.write('Installing PostgreSQL with apt-get …\n');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const install = { command: 'apt-get', env, cwd: '/' };
	await runProgram({ ...install, args: ['update', '-qq'] });
	await runProgram({ ...install, args: ['install', '-y', '-qq', '--no-install-recommends', 'postgresql'] });
	return true;
}

interface Client {
	connect(): Promise<void>;
	query(sql: string, values: readonly unknown[]): Promise<{ rows: Row[] }>;
	end(): Promise<void>;
	on(event: 'error', listener: () => void): void;
}

type ClientOptions = Required<Login> & { readonly host: string; readonly port: number; readonly connectionTimeoutMillis: number };

/** n8n brings the client along. */
async function loadClient(): Promise<(options: ClientOptions) => Client> {
	const { entry } = await ensureN8nInstalled();
	const { Client: PgClient } = createRequire(entry)('pg') as { Client: new (options: ClientOptions) => Client };
	return (options) => new PgClient(options);
}
