/** What an operation may return is a matter of types: snippets of operations, compiled against the real sources. */

import path from 'node:path';

import { beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';

import { ROOT, readJson } from '../../structure/sources';

/** Codes of the compiler: this type is not that one; this is a type and no value; a property is missing. */
const REFUSALS = [2322, 2345, 2693, 2741];

/** The body of an operation's `run`, given an item, a row of a list of items, a file, a field and what an update returned. */
const REFUSED: Readonly<Record<string, string>> = {
	'an item as it was read': 'return item;',
	'a copy of an item': 'return { ...item };',
	'rows of a list': "return await run.reads.items('v');",
	'fields by name': 'return { fields: { password: item.id } };',
	'what looks like an output': 'return { json: item };',
	'what looks like an output with a file': "return { json: { id: 'i' }, file: undefined };",
	'an output of its own making': "return new Disclosed({ id: 'i' });",
	'an item as facts': 'return disclose.facts(item);',
	'a row of a list as facts': 'return disclose.facts(row);',
	'rows of a list as facts': 'return (await run.reads.items(row.id)).map((one) => disclose.facts(one));',
	'fields by name as facts': 'return disclose.facts({ fields: { password: item.id } });',
	'an item within facts': 'return disclose.facts({ id: row.id, item });',
	'items in a list within facts': 'return disclose.facts({ items: [row] });',
	'a field as facts': 'return disclose.facts(field);',
	'a field deep within facts': 'return disclose.facts({ found: { here: [{ field }] } });',
	'a file with its contents as facts': 'return disclose.facts(file);',
	'what an update returned, with the item': 'return disclose.facts(updated);',
	'what a reference leads to, with its value': 'return disclose.facts(resolved);',
	'an object of unknown members as facts': 'return disclose.facts(item as object);',
	'unknown members within facts': "return disclose.facts({ id: 'i', more: item as unknown });",
	'another item beside a disclosed one': 'return disclose.item()(item, { original: item });',
	'an item beside a written one': 'return disclose.writtenItem()(item, updated);',
	'an item among values': 'return disclose.values().output({ item });',
	'a field among values': 'return disclose.values().output({ secrets: { key: field } });',
	'an item beside the contents of a file': "return disclose.bytes()({ item }, { property: 'data', name: 'n', bytes: Buffer.of(1) });",
};

const ALLOWED: Readonly<Record<string, string>> = {
	'a disclosed item': 'return disclose.item()(item);',
	'a disclosed item with facts': "return disclose.item()(item, row.id === 'x' ? { found: true } : undefined);",
	'a written item with what the write did': 'const { item: written, ...did } = updated; return disclose.writtenItem()(written, did);',
	'disclosed rows of a list': "return (await run.reads.items('v')).map(disclose.listedItem());",
	'no output': 'return [];',
	'a vault': "return disclose.facts(await run.reads.vault('v'));",
	'facts in lists and objects': 'return disclose.facts({ id: row.id, tags: item.tags, deep: [{ changed: true, by: null, at: { time: 1 } }] });',
	'a file without its contents': 'const { content: _content, ...facts } = file; return disclose.facts({ ...facts, itemId: item.id });',
	'shown values': 'const values = disclose.values(); return values.output({ secrets: { key: values.show(resolved) }, found: true });',
	'the contents of a file': "return disclose.bytes()({ id: file.id }, { property: 'data', name: file.name, bytes: Buffer.of(1) });",
};

const FOLDER = path.join(ROOT, 'nodes/OnePassword/snippets');

function write(body: string): string {
	return `
		import type { UpdateResult } from '../../shared/connect/writes/guardedUpdate';
		import type { ResolvedReference } from '../../shared/connect/secrets/resolveReferences';
		import type { Field, ItemFile, FullItem, Item } from '../../shared/core/wire';
		import type { Disclosed } from '../../shared/n8n/operations/discloser';
		import type { ConnectOperation } from '../connectResource';

		declare const item: FullItem, row: Item, file: ItemFile, field: Field, updated: UpdateResult, resolved: ResolvedReference;

		export const operation: ConnectOperation = {
			value: 'x', name: 'X', action: 'X', description: 'X', properties: [],
			async run({ disclose, run }) { ${body} },
		};
		export type Output = Disclosed;
	`;
}

let codesOf: (body: string) => number[];

beforeAll(() => {
	const bodies = [...Object.values(REFUSED), ...Object.values(ALLOWED)];
	const texts = new Map(bodies.map((body, index) => [path.join(FOLDER, `snippet${index}.ts`), write(body)]));
	const { compilerOptions } = readJson<{ compilerOptions: object }>('tsconfig.json');
	const { options } = ts.convertCompilerOptionsFromJson({ ...compilerOptions, noUnusedLocals: false, noUnusedParameters: false }, ROOT);
	const host = ts.createCompilerHost(options);
	const { getSourceFile, fileExists } = host;
	host.fileExists = (file) => texts.has(path.normalize(file)) || fileExists(file);
	host.getSourceFile = (file, ...rest) => {
		const text = texts.get(path.normalize(file));
		return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
	};
	const program = ts.createProgram([...texts.keys()], options, host);
	const files = [...texts.keys()];
	codesOf = (body) => {
		const source = program.getSourceFile(files[bodies.indexOf(body)] ?? '');
		return ts.getPreEmitDiagnostics(program, source).map(({ code }) => code);
	};
});

describe('an operation does not compile where it returns', () => {
	it.each(Object.entries(REFUSED))('%s', (_what, body) => {
		const codes = codesOf(body);
		expect(codes).not.toEqual([]);
		expect(codes.filter((code) => !REFUSALS.includes(code))).toEqual([]);
	});
});

describe('an operation compiles where it returns', () => {
	it.each(Object.entries(ALLOWED))('%s', (_what, body) => {
		expect(codesOf(body)).toEqual([]);
	});
});
