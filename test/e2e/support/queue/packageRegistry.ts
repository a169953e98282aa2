import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { runProgram } from '../childProcess';
import { answerJson, startLocalServer } from '../localServer';

interface Manifest {
	name: string;
	version: string;
	dist?: object;
	[key: string]: unknown;
}

/** A registry that offers packed packages, and an `npm` that installs from it. */
export interface PackageRegistry {
	/** To be first on the PATH of an n8n. */
	readonly npmFolder: string;
	/** Offers a packed package. With `as` it says that it is another version of itself. */
	publish(tarball: string, as?: string): Promise<Manifest>;
	close(): Promise<void>;
}

/**
 * n8n names the default registry on npm's command line, and wants a licence for another one. What it finds as `npm` here
 * adds the local registry after that, and the last one counts.
 */
export async function startPackageRegistry(): Promise<PackageRegistry> {
	const folder = await mkdtemp(join(tmpdir(), 'registry-e2e-'));
	const versions = new Map<string, { manifest: Manifest; bytes: Buffer }>();
	const server = await startLocalServer((request, response) => {
		const path = decodeURIComponent(request.url ?? '/');
		const tarball = versions.get(/^\/-\/(.*)\.tgz$/.exec(path)?.[1] ?? '');
		if (tarball) return void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(tarball.bytes);
		const manifests = [...versions.values()].map(({ manifest }) => manifest).filter(({ name }) => path === `/${name}`);
		const [newest] = manifests.slice(-1);
		if (!newest) return answerJson(response, 404, { error: 'Not found' });
		answerJson(response, 200, {
			name: newest.name,
			'dist-tags': { latest: newest.version },
			versions: Object.fromEntries(manifests.map((manifest) => [manifest.version, manifest])),
		});
	});
	const url = `http://127.0.0.1:${server.port}`;
	const npmFolder = await writeNpm(folder, url);
	return {
		npmFolder,
		async publish(tarball, as) {
			const { manifest, bytes } = as === undefined ? await readPackage(folder, tarball) : await repack(folder, tarball, as);
			const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
			const offered = { ...manifest, dist: { tarball: `${url}/-/${manifest.version}.tgz`, integrity } };
			versions.set(manifest.version, { manifest: offered, bytes });
			return offered;
		},
		async close() {
			await server.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function writeNpm(folder: string, url: string): Promise<string> {
	const { stdout } = await runProgram({ command: 'sh', args: ['-c', 'command -v npm'], env: process.env, cwd: folder });
	const npmFolder = join(folder, 'bin');
	const file = join(npmFolder, 'npm');
	await mkdir(npmFolder);
	await writeFile(file, `#!/bin/sh\nexec '${stdout.trim()}' "$@" '--registry=${url}'\n`);
	await chmod(file, 0o755);
	return npmFolder;
}

async function readPackage(folder: string, tarball: string): Promise<{ manifest: Manifest; bytes: Buffer }> {
	const { stdout } = await runTar(folder, ['-xzOf', tarball, 'package/package.json']);
	return { manifest: JSON.parse(stdout) as Manifest, bytes: await readFile(tarball) };
}

async function repack(folder: string, tarball: string, version: string): Promise<{ manifest: Manifest; bytes: Buffer }> {
	const staging = await mkdtemp(join(folder, 'repack-'));
	await runTar(staging, ['-xzf', tarball]);
	const { manifest } = await readPackage(folder, tarball);
	await writeFile(join(staging, 'package', 'package.json'), JSON.stringify({ ...manifest, version }, null, 2));
	const repacked = join(staging, 'repacked.tgz');
	await runTar(staging, ['-czf', repacked, 'package']);
	return await readPackage(folder, repacked);
}

async function runTar(cwd: string, args: readonly string[]) {
	return await runProgram({ command: 'tar', args, env: { PATH: process.env['PATH'] }, cwd });
}

/** PATH with the registry's npm first. */
export function pathWith(registry: PackageRegistry, path: string | undefined): string {
	return [registry.npmFolder, path ?? ''].join(delimiter);
}
