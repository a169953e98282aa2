import { describe, expect, it } from '@jest/globals';

import { filesIn, importsOf, type Import } from './sources';

/** Which imports the files of a folder may have. The first layer whose folder fits a file counts. */
interface Layer {
	readonly name: string;
	readonly files: RegExp;
	readonly allows: (target: Import, file: string) => boolean;
}

const CORE = /^nodes\/shared\/core\//;
const CONNECT = /^nodes\/shared\/connect\//;
const EVENTS = /^nodes\/shared\/events\//;
const SHARED = /^nodes\/shared\//;

/** What the Connect layer has that is about HTTP and not about Connect. */
const HTTP = /^nodes\/shared\/connect\/(transport|sendWithRetry|retryAfter|retryPolicy|serverMessage)$/;

const LAYERS: readonly Layer[] = [
	{
		name: 'the core',
		files: CORE,
		allows: ({ target }) => CORE.test(target) || target === 'node:crypto',
	},
	{
		name: 'the Connect layer',
		files: CONNECT,
		allows: ({ target }) => CONNECT.test(target) || CORE.test(target),
	},
	{
		name: 'the Events layer',
		files: EVENTS,
		allows: ({ target }) => EVENTS.test(target) || CORE.test(target) || HTTP.test(target),
	},
	{
		name: 'the n8n layer',
		files: /^nodes\/shared\/n8n\//,
		allows: ({ target }) => SHARED.test(target) || target === 'n8n-workflow' || target === 'node:crypto',
	},
	{
		name: 'a node',
		files: /^nodes\//,
		allows: ({ target }, file) =>
			SHARED.test(target) || target === 'n8n-workflow' || nodeOf(target) === nodeOf(file),
	},
	{
		name: 'a credential',
		files: /^credentials\//,
		allows: ({ target, typeOnly }) =>
			SHARED.test(target) || (target === 'n8n-workflow' && typeOnly),
	},
	{
		name: 'the emulator',
		files: /^test\/emulator\//,
		allows: ({ target, typeOnly }) =>
			target.startsWith('test/emulator/') ||
			target.startsWith('node:') ||
			(target === 'nodes/shared/core/wire' && typeOnly),
	},
	{
		name: 'the Events emulator',
		files: /^test\/emulator-events\//,
		allows: ({ target }) =>
			target.startsWith('test/emulator-events/') || target.startsWith('test/emulator/') || target.startsWith('node:'),
	},
];

function nodeOf(path: string): string | undefined {
	return /^nodes\/(?!shared\/)([^/]+)\//.exec(path)?.[1];
}

/** @returns the imports that point where they must not. */
function forbiddenImports(file: string, text?: string): string[] {
	const layer = LAYERS.find(({ files }) => files.test(file));
	if (layer === undefined) return [`${file} belongs to no layer`];
	return importsOf(file, text)
		.filter((target) => !layer.allows(target, file))
		.map(({ specifier }) => `${file} imports ${specifier}, which ${layer.name} must not`);
}

const SOURCES = ['nodes', 'credentials', 'test/emulator', 'test/emulator-events'].flatMap((folder) => filesIn(folder, '.ts'));

describe('layers', () => {
	it('are found', () => {
		for (const { name, files } of LAYERS) expect([name, SOURCES.some((file) => files.test(file))]).toEqual([name, true]);
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

	it.each([
		['nodes/shared/core/x.ts', "import { y } from '../connect/y';"],
		['nodes/shared/core/x.ts', "import type { INode } from 'n8n-workflow';"],
		['nodes/shared/core/x.ts', "import { readFileSync } from 'node:fs';"],
		['nodes/shared/core/x.ts', "export { y } from '../n8n/y';"],
		['nodes/shared/connect/x.ts', "import type { INode } from 'n8n-workflow';"],
		['nodes/shared/connect/x.ts', "const { y } = await import('../n8n/y');"],
		['nodes/shared/connect/x.ts', "import axios from 'axios';"],
		['nodes/shared/n8n/x.ts', "import { y } from '../../OnePassword/resources';"],
		['nodes/shared/n8n/x.ts', "const core = require('n8n-core');"],
		['nodes/OnePassword/x.ts', "import { y } from '../OnePasswordTrigger/y';"],
		['nodes/OnePassword/item/x.ts', "type Y = import('lodash').LoDashStatic;"],
		['credentials/x.ts', "import { y } from '../nodes/OnePassword/y';"],
		['credentials/x.ts', "import { y } from 'n8n-workflow';"],
		['test/emulator/x.ts', "import { scrubText } from '../../nodes/shared/core/scrub';"],
		['test/emulator/x.ts', "import { Field } from '../../nodes/shared/core/wire';"],
		['test/emulator/items/x.ts', "import axios from 'axios';"],
	])('find the fault in %s: %s', (file, text) => {
		expect(forbiddenImports(file, text)).toHaveLength(1);
	});
});
