import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { tmpdir } from 'node:os';
import { runProgram, startProgram } from '../childProcess';
import { withExclusiveFolder } from '../exclusiveFolder';
import { findFreePort } from '../freePort';
import { cacheFolder } from '../n8nInstall';
import { GiveUp, waitFor } from '../waitFor';

/** A Redis of its own, that keeps nothing on disk. */
export interface Redis {
	readonly host: '127.0.0.1';
	readonly port: number;
	stop(): Promise<void>;
}

interface RedisPrograms {
	readonly server: string;
	/** For the dynamic linker, where the package is not installed but only unpacked. */
	readonly libraries?: string;
}

/** The server with all of its dependencies that a small Debian lacks. */
const PACKAGES = ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1', 'liblua5.1-0', 'lua-cjson', 'lua-bitop'];
const HOST = '127.0.0.1';

export async function startRedis(): Promise<Redis> {
	const { server, libraries } = await findPrograms();
	const port = await findFreePort();
	const folder = await mkdtemp(join(tmpdir(), 'redis-e2e-'));
	const program = startProgram({
		command: server,
		args: ['--port', String(port), '--bind', HOST, '--save', '', '--appendonly', 'no'],
		env: { PATH: process.env['PATH'], ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
		cwd: folder,
	});
	const stop = async (): Promise<void> => {
		await program.kill();
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await waitFor(
			async () => {
				if (program.hasExited()) throw new GiveUp(`Redis ended while starting:\n${program.output().slice(-2_000)}`);
				return await Promise.resolve(program.output().includes('Ready to accept connections'));
			},
			{ timeoutMs: 30_000, everyMs: 50, what: 'Redis to accept connections', details: program.output },
		);
	} catch (error) {
		await stop();
		throw error;
	}
	return { host: HOST, port, stop };
}

/** `REDIS_BIN` names a folder with `redis-server`; else the one on PATH; else Debian's package is unpacked into the cache. */
async function findPrograms(): Promise<RedisPrograms> {
	const folders = [process.env['REDIS_BIN'] ?? '', ...(process.env['PATH'] ?? '').split(delimiter)];
	const installed = folders
		.filter(Boolean)
		.map((folder) => join(folder, 'redis-server'))
		.find((file) => existsSync(file));
	if (installed) return { server: installed };
	const root = join(cacheFolder(), 'redis');
	await withExclusiveFolder(`${root}.lock`, async () => {
		if (!existsSync(root)) await unpackInto(root);
	});
	const libraryFolder = join(root, 'usr', 'lib');
	const architecture = (await readdir(libraryFolder)).find((name) => name.includes('-linux-gnu'));
	return { server: join(root, 'usr', 'bin', 'redis-server'), libraries: join(libraryFolder, architecture ?? '') };
}

/** Unpacked, not installed: this needs no root, and starts no service. */
async function unpackInto(root: string): Promise<void> {
	if (!existsSync('/usr/bin/apt-get')) {
		throw new Error('There is no redis-server on PATH. Install Redis, or name the folder of its programs with the environment variable REDIS_BIN.');
	}
	process.stderr.write('Downloading Redis with apt-get …\n');
	const partial = `${root}.partial`;
	await rm(partial, { recursive: true, force: true });
	await mkdir(partial, { recursive: true });
	const download = { command: 'apt-get', args: ['download', '-qq', ...PACKAGES], env: process.env, cwd: partial };
	const { exitCode } = await runProgram({ ...download, allowFailure: true });
	if (exitCode !== 0) {
		// The lists of packages may be missing or old.
		await runProgram({ ...download, args: ['update', '-qq'], allowFailure: true });
		await runProgram(download);
	}
	for (const name of await readdir(partial)) {
		if (!name.endsWith('.deb')) continue;
		await runProgram({ command: 'dpkg', args: ['-x', name, partial], env: process.env, cwd: partial });
		await rm(join(partial, name));
	}
	await rename(partial, root);
}
