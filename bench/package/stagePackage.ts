/** Compiles the package into a temporary folder, so that a build that somebody is using stays untouched. */

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export const REPOSITORY = path.resolve(__dirname, '..', '..');

/** Beside what package.json lists, npm packs these. */
const ALWAYS_PACKED = /^(package\.json|readme.*|licen[cs]e.*)$/i;

export interface StagedPackage {
	readonly folder: string;
	/** Absolute paths of the compiled nodes and credentials that package.json lists. */
	readonly entries: readonly string[];
	remove(): Promise<void>;
}

interface Manifest {
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

export async function stagePackage(): Promise<StagedPackage> {
	const folder = await mkdtemp(path.join(tmpdir(), 'bench-package-'));
	const remove = async (): Promise<void> => await rm(folder, { recursive: true, force: true });
	try {
		await compileTo(path.join(folder, 'dist'));
		for (const name of await readdir(REPOSITORY)) {
			if (ALWAYS_PACKED.test(name)) await cp(path.join(REPOSITORY, name), path.join(folder, name));
		}
		const { n8n } = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
		return { folder, entries: [...n8n.nodes, ...n8n.credentials].map((file) => path.join(folder, file)), remove };
	} catch (error) {
		await remove();
		throw error;
	}
}

/** What `npm run build` does, elsewhere. */
async function compileTo(dist: string): Promise<void> {
	const compiler = require.resolve('typescript/bin/tsc');
	const project = path.join(REPOSITORY, 'tsconfig.build.json');
	await promisify(execFile)(process.execPath, [compiler, '-p', project, '--outDir', dist]);
	for (const file of await readdir(path.join(REPOSITORY, 'nodes'), { recursive: true })) {
		if (file.endsWith('.svg')) await cp(path.join(REPOSITORY, 'nodes', file), path.join(dist, 'nodes', file));
	}
}
