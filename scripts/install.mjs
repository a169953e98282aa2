// Installs the development dependencies when node_modules does not match package-lock.json, so that a fresh clone
// needs no step before `npm test`. Node built-ins only: it runs when nothing else is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const lockFile = join(repository, 'package-lock.json');
const modules = join(repository, 'node_modules');
// Inside node_modules: whoever removes that folder removes the claim that it is complete.
const stamp = join(modules, '.installed-from');
// npm's own record of the tree: what somebody's `npm ci` or `npm install` by hand leaves behind.
const npmRecord = join(modules, '.package-lock.json');
const id = createHash('sha256').update(repository).digest('hex').slice(0, 16);
// Outside node_modules, which npm ci deletes; by repository, so that two clones do not wait for each other.
const mutex = join(tmpdir(), `n8n-nodes-1password-connect-install-${id}`);

const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');

if (!isCurrent()) {
	lock();
	try {
		// Another process may have done it while this one waited.
		if (!isCurrent()) install();
	} finally {
		rmSync(mutex, { recursive: true, force: true });
	}
}

function isCurrent() {
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
	// npm finished after the lock file was last written, and has all of it: somebody installed by hand.
	const installedByHand = existsSync(npmRecord) && statSync(npmRecord).mtimeMs >= statSync(lockFile).mtimeMs;
	return installedByHand && holdsEveryPackage();
}

function holdsEveryPackage() {
	const packages = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
	const installed = JSON.parse(readFileSync(npmRecord, 'utf8')).packages;
	return packages.every(([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version);
}

function install() {
	console.log('Installing the development dependencies from package-lock.json (npm ci) …');
	const npmCli = process.env.npm_execpath;
	const viaNode = npmCli !== undefined && /npm-cli\.c?js$/.test(npmCli);
	const result = spawnSync(viaNode ? process.execPath : 'npm', [...(viaNode ? [npmCli] : []), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
		cwd: repository,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	if (result.status !== 0) {
		console.error('npm ci did not succeed; see above.');
		// Not process.exit: the lock must be given back.
		process.exitCode = 1;
		return;
	}
	writeFileSync(stamp, wanted);
}

function lock() {
	for (;;) {
		try {
			mkdirSync(mutex);
			writeFileSync(join(mutex, 'pid'), String(process.pid));
			return;
		} catch (error) {
			if (error.code !== 'EEXIST') throw error;
		}
		if (holderIsGone()) rmSync(mutex, { recursive: true, force: true });
		else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
	}
}

function holderIsGone() {
	const pid = readHolder();
	if (pid === undefined) {
		// Between making the folder and writing the pid there is a moment; a dead holder stays silent.
		Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
	}
	const holder = pid ?? readHolder();
	if (holder === undefined) return existsSync(mutex);
	try {
		process.kill(holder, 0);
		return false;
	} catch (error) {
		return error.code === 'ESRCH';
	}
}

function readHolder() {
	try {
		return Number(readFileSync(join(mutex, 'pid'), 'utf8')) || undefined;
	} catch {
		return undefined;
	}
}
