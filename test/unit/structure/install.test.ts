import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

import { ROOT } from './sources';

/** The documented installation by hand: `npm install` of the package in an empty folder. */

const scratch = mkdtempSync(path.join(tmpdir(), 'install-'));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Settings of whoever runs the tests must not decide what is installed. */
function environment(nodeFolder: string): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|node_options$|node_env$)/i.test(name));
	return {
		...Object.fromEntries(kept),
		PATH: `${nodeFolder}${path.delimiter}${process.env.PATH ?? ''}`,
		npm_config_userconfig: path.join(scratch, 'user.npmrc'),
		npm_config_globalconfig: path.join(scratch, 'global.npmrc'),
		npm_config_cache: path.join(scratch, 'cache'),
		npm_config_update_notifier: 'false',
		// Nobody listens there: whatever is not in the tarball can't be fetched.
		npm_config_registry: 'http://127.0.0.1:9/',
		npm_config_fetch_retries: '0',
	};
}

function npm(args: readonly string[], cwd: string, nodeFolder = path.dirname(process.execPath)): string {
	return execFileSync('npm', args, { cwd, env: environment(nodeFolder), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Folders of the Node.js releases to install with: the running one, and the one that the end-to-end tests keep. */
function nodeFolders(): string[] {
	const cache = process.env.N8N_E2E_CACHE ?? path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'n8n-nodes-1password-connect');
	const installs = existsSync(cache) ? readdirSync(cache) : [];
	const kept = installs.map((name) => path.join(cache, name, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin'));
	return [path.dirname(process.execPath), ...kept.filter((folder) => existsSync(path.join(folder, 'node')))];
}

describe('npm install of the package in an empty folder', () => {
	const [report] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], ROOT)) as Array<{
		filename: string;
	}>;
	const tarball = path.join(scratch, report?.filename ?? '');

	it.each(nodeFolders())('with the Node.js in %s takes one package, in less than 10 seconds', (nodeFolder) => {
		const folder = mkdtempSync(path.join(scratch, 'nodes-'));
		const startedAt = Date.now();
		npm(['install', tarball], folder, nodeFolder);
		expect(Date.now() - startedAt).toBeLessThan(10_000);
		const installed = readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
		expect(installed).toEqual(['n8n-nodes-1password-connect']);
	});
});
