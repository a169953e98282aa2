import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { runProgram } from './childProcess';
import { withExclusiveFolder } from './exclusiveFolder';
import { runNpm } from './npm';

/** A real n8n on disk, with the Node.js that it needs. */
export interface N8nInstall {
	folder: string;
	/** Node.js executable to run n8n with, and the folder to put first on PATH. */
	node: { executable: string; folder: string };
	/** `n8n/bin/n8n`, to be run with `node.executable`. */
	entry: string;
}

type Log = (line: string) => void;

const MANIFEST_FOLDER = resolve(__dirname, '../n8n');
const MANIFEST_FILES = ['package.json', 'package-lock.json'] as const;
const STAMP = '.installed';
const PROGRESS_MS = 30_000;

/**
 * Installs n8n from `test/e2e/n8n/package-lock.json` once per lock file, outside the repository, and reuses it
 * after that. The folder is `$N8N_E2E_CACHE`, else `$XDG_CACHE_HOME` or `~/.cache` + `/n8n-nodes-1password-connect`.
 */
export async function ensureN8nInstalled(log: Log = printLine): Promise<N8nInstall> {
	const lockText = await readFile(join(MANIFEST_FOLDER, 'package-lock.json'));
	const hash = createHash('sha256').update(lockText).digest('hex').slice(0, 16);
	const folder = join(cacheFolder(), `n8n-${hash}`);
	return await withExclusiveFolder(
		`${folder}.lock`,
		async () => {
			if (!existsSync(join(folder, STAMP))) await installInto(folder, log);
			const install = describeInstall(folder);
			await ensureDatabaseDriver(install, log);
			return install;
		},
		() => log('Another process is installing n8n; waiting for it.'),
	);
}

/** Where programs are kept that tests need and that are not part of this repository. */
export function cacheFolder(): string {
	const override = process.env['N8N_E2E_CACHE'];
	if (override) return resolve(override);
	const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
	return join(base, 'n8n-nodes-1password-connect');
}

/** Installs beside the final place and moves it there when complete, so a broken install is never reused. */
async function installInto(folder: string, log: Log): Promise<void> {
	const partial = `${folder}.partial`;
	await rm(partial, { recursive: true, force: true });
	await rm(folder, { recursive: true, force: true });
	await mkdir(partial, { recursive: true });
	for (const file of MANIFEST_FILES) {
		await copyFile(join(MANIFEST_FOLDER, file), join(partial, file));
	}
	await withProgress(log, `Installing n8n into ${dirname(folder)} (once; 2.4 GB, some minutes)`, async () => {
		// Install scripts stay off: an optional native module that nothing here uses does not build everywhere.
		await runNpm(['ci', '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'], {
			cwd: partial,
		});
	});
	await ensureDatabaseDriver(describeInstall(partial), log);
	await writeFile(join(partial, STAMP), new Date().toISOString());
	await rename(partial, folder);
}

/** The one native module that n8n needs with its default database. */
async function ensureDatabaseDriver(install: N8nInstall, log: Log): Promise<void> {
	if (await databaseDriverLoads(install)) return;
	const rebuild = ['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'];
	let output = '';
	await withProgress(log, 'Building the SQLite driver of n8n (once; up to 3 minutes)', async () => {
		const finished = await runNpm(rebuild, {
			cwd: install.folder,
			node: install.node,
			allowFailure: true,
		});
		output = finished.output;
	});
	if (!(await databaseDriverLoads(install))) {
		throw new Error(
			`n8n's SQLite driver (npm package sqlite3) could not be built in ${install.folder}. ` +
				`It needs python3, make and a C++ compiler. npm said:\n${output.slice(-3_000)}`,
		);
	}
}

async function databaseDriverLoads(install: N8nInstall): Promise<boolean> {
	const script = "const s = require('sqlite3'); new s.Database(':memory:', (e) => process.exit(e ? 1 : 0));";
	const { exitCode } = await runProgram({
		command: install.node.executable,
		args: ['-e', script],
		cwd: install.folder,
		env: { PATH: process.env['PATH'] },
		allowFailure: true,
	});
	return exitCode === 0;
}

function describeInstall(folder: string): N8nInstall {
	const modules = join(folder, 'node_modules');
	return { folder, node: findNode(modules), entry: join(modules, 'n8n', 'bin', 'n8n') };
}

/** n8n needs Node.js 24; npm delivers one for the common platforms, elsewhere the running one must do. */
function findNode(modules: string): N8nInstall['node'] {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	const bundled = join(modules, `node-${platform}-${process.arch}`, 'bin');
	const executable = join(bundled, process.platform === 'win32' ? 'node.exe' : 'node');
	if (existsSync(executable)) return { executable, folder: bundled };
	if (Number(process.versions.node.split('.')[0]) >= 24) {
		return { executable: process.execPath, folder: dirname(process.execPath) };
	}
	throw new Error(
		`n8n needs Node.js 24 or newer. npm has none for ${process.platform} ${process.arch}: ` +
			`run this with Node.js 24 instead of ${process.version}.`,
	);
}

async function withProgress(log: Log, title: string, work: () => Promise<void>): Promise<void> {
	const startedAt = Date.now();
	const seconds = () => Math.round((Date.now() - startedAt) / 1_000);
	log(`${title} …`);
	const ticker = setInterval(() => log(`  still at it after ${seconds()} s`), PROGRESS_MS);
	try {
		await work();
		log(`  done in ${seconds()} s`);
	} finally {
		clearInterval(ticker);
	}
}

function printLine(line: string): void {
	process.stderr.write(`${line}\n`);
}
