import { existsSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { PACKAGE_VERSION } from '../../../nodes/shared/n8n/services/userAgent';
import { ROOT, filesIn, importsOf, readJson } from './sources';

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly license: string;
	readonly keywords: readonly string[];
	readonly files: readonly string[];
	readonly main?: string;
	readonly engines: Readonly<Record<string, string>>;
	readonly scripts: Readonly<Record<string, string>>;
	readonly dependencies?: object;
	readonly optionalDependencies?: object;
	readonly bundledDependencies?: readonly string[];
	readonly peerDependencies: Readonly<Record<string, string>>;
	readonly peerDependenciesMeta: object;
	readonly n8n: {
		readonly n8nNodesApiVersion: number;
		readonly nodes: readonly string[];
		readonly credentials: readonly string[];
	};
}

const manifest = readJson<Manifest>('package.json');

describe('package.json', () => {
	it('is what n8n takes for a community package', () => {
		expect(manifest.name).toBe('n8n-nodes-1password-connect');
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
	});

	it('brings no dependencies along; n8n-workflow is the only peer, and npm does not install it', () => {
		expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
		expect(Object.keys(manifest.optionalDependencies ?? {})).toEqual([]);
		expect(manifest.bundledDependencies ?? []).toEqual([]);
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.peerDependenciesMeta).toEqual({ 'n8n-workflow': { optional: true } });
	});

	it('runs nothing on the machine that installs it', () => {
		expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
	});

	it('ships dist and nothing else', () => {
		expect(manifest.files).toEqual(['dist']);
		expect(manifest.engines.node).toBe('>=20.19');
	});

	it('lists every node and credential there is, each by its compiled file', () => {
		const compiled = (file: string): string => `dist/${file.replace(/\.ts$/, '.js')}`;
		expect([...manifest.n8n.nodes].sort()).toEqual(filesIn('nodes', '.node.ts').map(compiled));
		expect([...manifest.n8n.credentials].sort()).toEqual(filesIn('credentials', '.credentials.ts').map(compiled));
	});

	it('names files that the build makes', () => {
		if (!existsSync(path.join(ROOT, 'dist'))) throw new Error('Build the package first: npm run build');
		const missing = [...manifest.n8n.nodes, ...manifest.n8n.credentials].filter((file) => !existsSync(path.join(ROOT, file)));
		expect(missing).toEqual([]);
	});

	it('has the version that the User-Agent tells', () => {
		expect(PACKAGE_VERSION).toBe(manifest.version);
	});
});

describe('imports of shipped code', () => {
	it('need nothing but the peer and node:crypto', () => {
		const packages = ['nodes', 'credentials']
			.flatMap((folder) => filesIn(folder, '.ts'))
			.flatMap((file) => importsOf(file))
			.filter(({ specifier }) => !specifier.startsWith('.'))
			.map(({ specifier }) => specifier);
		expect([...new Set(packages)].sort()).toEqual(['n8n-workflow', 'node:crypto']);
	});
});
