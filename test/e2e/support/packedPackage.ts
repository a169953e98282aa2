import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { runProgram } from './childProcess';
import { runNpm } from './npm';

export const REPOSITORY = resolve(__dirname, '../../..');

/** A package as it would be published. */
export interface PackedPackage {
	tarball: string;
	/** What was put into the tarball, as package-relative paths. */
	files: string[];
	/** Removes the tarball. */
	remove(): Promise<void>;
}

interface PackReport {
	filename: string;
	files: Array<{ path: string }>;
}

/** Builds (unless `build` is false) and packs the package in `folder`; the tarball lands in a temporary folder. */
export async function packPackage({ folder = REPOSITORY, build = true }: { folder?: string; build?: boolean } = {}): Promise<PackedPackage> {
	if (build) await runNpm(['run', 'build'], { cwd: folder });
	const destination = await mkdtemp(join(tmpdir(), 'packed-package-'));
	const { stdout } = await runNpm(['pack', '--json', '--ignore-scripts', '--pack-destination', destination], { cwd: folder });
	const report = (JSON.parse(stdout) as PackReport[])[0];
	if (!report) throw new Error(`npm pack reported nothing:\n${stdout}`);
	return {
		tarball: join(destination, basename(report.filename)),
		files: report.files.map((file) => file.path),
		remove: async () => await rm(destination, { recursive: true, force: true }),
	};
}

interface PackageManifest {
	name: string;
	version: string;
	n8n?: { nodes?: string[] };
	[key: string]: unknown;
}

export interface InstalledPackage {
	name: string;
	version: string;
	/** Node types that n8n must know once it has loaded the package. */
	nodeTypes: string[];
}

/**
 * Puts a packed package where n8n puts a community package that was installed from its settings page, in the
 * same way: unpacked without its first folder, with the manifest's development and peer dependencies removed.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<InstalledPackage> {
	const modules = join(userFolder, '.n8n', 'nodes', 'node_modules');
	await mkdir(modules, { recursive: true });
	// Only the unpacked manifest tells the folder's name.
	const staging = await mkdtemp(join(userFolder, 'unpacked-'));
	await unpack(tarball, staging);
	const manifest = await readManifest(staging);
	const target = join(modules, manifest.name);
	await mkdir(dirname(target), { recursive: true });
	await rename(staging, target);
	const { devDependencies, peerDependencies, optionalDependencies, ...kept } = manifest;
	await writeFile(join(target, 'package.json'), JSON.stringify(kept, null, 2));
	const nodeFiles = manifest.n8n?.nodes ?? [];
	return {
		name: manifest.name,
		version: manifest.version,
		nodeTypes: nodeFiles.map((file) => `${manifest.name}.${nodeName(file)}`),
	};
}

async function unpack(tarball: string, folder: string): Promise<void> {
	await runProgram({
		command: 'tar',
		args: ['-xzf', tarball, '-C', folder, '--strip-components=1'],
		cwd: folder,
		env: { PATH: process.env['PATH'] },
	});
}

async function readManifest(folder: string): Promise<PackageManifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as PackageManifest;
}

/** `dist/nodes/OnePassword/OnePassword.node.js` contains node `onePassword`: n8n's naming rule. */
function nodeName(file: string): string {
	const name = basename(file, '.node.js');
	return name.charAt(0).toLowerCase() + name.slice(1);
}
