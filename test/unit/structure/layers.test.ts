import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';

import { LAYERS, eslintOverrides, type Layer } from '../../../scripts/layers.cjs';
import { ROOT, filesIn, importsOf, type Import } from './sources';

/** The folder of a node is a layer of its own. */
function layerOf(path: string): Layer | undefined {
	return LAYERS.find(({ folder }) => path.startsWith(`${folder.replace('*', '')}${folder.endsWith('*') ? '' : '/'}`));
}

function mayImport(layer: Layer, file: string, { specifier, target, typeOnly }: Import): boolean {
	const allowed = typeOnly ? [...layer.packages, ...layer.types] : layer.packages;
	if (allowed.some((one) => one === target || (one === 'node:*' && target.startsWith('node:')))) return true;
	if (!specifier.startsWith('.')) return false;
	const other = layerOf(target);
	if (other === layer) return topOf(target) === topOf(file) || layer.name !== 'a node';
	return other !== undefined && layer.imports.includes(other.name);
}

function topOf(path: string): string | undefined {
	return path.split('/')[1];
}

/** @returns the imports that point where they must not. */
function forbiddenImports(file: string, text?: string): string[] {
	const layer = layerOf(file);
	if (layer === undefined) return [`${file} belongs to no layer`];
	return importsOf(file, text)
		.filter((found) => !mayImport(layer, file, found))
		.map(({ specifier }) => `${file} imports ${specifier}, which ${layer.name} must not`);
}

const SOURCES = ['nodes', 'credentials', 'test/emulators'].flatMap((folder) => filesIn(folder, '.ts'));

describe('layers', () => {
	it('are found', () => {
		for (const layer of LAYERS) expect([layer.name, SOURCES.some((file) => layerOf(file) === layer)]).toEqual([layer.name, true]);
	});

	it('import only downwards', () => {
		expect(SOURCES.flatMap((file) => forbiddenImports(file))).toEqual([]);
	});

	it('let nobody import a node class', () => {
		const importers = SOURCES.filter((file) => importsOf(file).some(({ target }) => /\.node$/.test(target)));
		expect(importers).toEqual([]);
	});

	it('keep wire.ts free of anything that runs', () => {
		const wire = ['nodes/shared/core/wire.ts', 'nodes/shared/core/wireItem.ts'].flatMap((file) => importsOf(file));
		expect(wire.filter(({ typeOnly }) => !typeOnly)).toEqual([]);
	});

	const eslint = new ESLint({
		cwd: ROOT,
		useEslintrc: false,
		overrideConfig: {
			root: true,
			parser: '@typescript-eslint/parser',
			parserOptions: { sourceType: 'module' },
			overrides: [...eslintOverrides],
		},
	});

	it.each([
		['nodes/shared/core/x.ts', "import { y } from '../connect/y';"],
		['nodes/shared/core/x.ts', "import type { INode } from 'n8n-workflow';"],
		['nodes/shared/core/item/x.ts', "export { y } from '../../n8n/y';"],
		['nodes/shared/async/x.ts', "import { y } from '../http/y';"],
		['nodes/shared/http/x.ts', "import { y } from '../connect/y';"],
		['nodes/shared/http/x.ts', "import axios from 'axios';"],
		['nodes/shared/connect/run/x.ts', "import { y } from '../../eventsApi/y';"],
		['nodes/shared/connect/x.ts', "import type { INode } from 'n8n-workflow';"],
		['nodes/shared/eventsApi/x.ts', "import { y } from '../connect/client/y';"],
		['nodes/shared/n8n/x.ts', "import { y } from '../../OnePassword/resources';"],
		['nodes/OnePassword/x.ts', "import { y } from '../OnePasswordTrigger/y';"],
		['credentials/x.ts', "import { y } from '../nodes/OnePassword/y';"],
		['test/emulators/connect/x.ts', "import { y } from '../../../nodes/shared/core/names/y';"],
		['test/emulators/connect/items/x.ts', "import axios from 'axios';"],
		['test/emulators/events/x.ts', "import type { y } from '../../../nodes/shared/core/json';"],
	])('show the fault in %s: %s', async (file, text) => {
		expect(forbiddenImports(file, text)).toHaveLength(1);
		const [result] = await eslint.lintText(`${text}\n`, { filePath: file });
		expect(result?.messages.map(({ ruleId }) => ruleId)).toContain('no-restricted-imports');
	});

	/** Faults that ESLint does not look for. */
	it.each([
		['nodes/shared/core/x.ts', "import { readFileSync } from 'node:fs';"],
		['nodes/shared/connect/x.ts', "const { y } = await import('../n8n/y');"],
		['nodes/shared/n8n/x.ts', "const core = require('n8n-core');"],
		['nodes/OnePassword/item/x.ts', "type Y = import('lodash').LoDashStatic;"],
		['credentials/x.ts', "import { y } from 'n8n-workflow';"],
		['test/emulators/connect/x.ts', "import { Field } from '../../../nodes/shared/core/wire';"],
	])('find the fault in %s: %s', (file, text) => {
		expect(forbiddenImports(file, text)).toHaveLength(1);
	});

	it('let pass what they allow', async () => {
		const text = "import type { Field } from '../../../nodes/shared/core/wire';\n";
		expect(forbiddenImports('test/emulators/connect/x.ts', text)).toEqual([]);
		const [result] = await eslint.lintText(text, { filePath: 'test/emulators/connect/x.ts' });
		expect(result?.messages).toEqual([]);
	});
});
