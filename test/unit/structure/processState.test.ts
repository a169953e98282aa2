import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

import { filesIn, parse, readText } from './sources';

const HOME = 'nodes/shared/n8n/process/processState.ts';

/** @returns the constants of a module, and the static members of its classes, that can change while the process lives. */
function mutableState(file: string, text?: string): ReadonlyArray<ts.VariableDeclaration | ts.PropertyDeclaration> {
	const { statements } = parse(file, text);
	const variables = statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);
	const statics = statements
		.filter(ts.isClassDeclaration)
		.flatMap(({ members }) => members.filter(ts.isPropertyDeclaration))
		.filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword));
	return [...variables.filter((one) => isLet(one) || isMutable(one)), ...statics.filter(isMutable)];
}

function namesIn(file: string, text?: string): string[] {
	return mutableState(file, text).map(({ name }) => name.getText());
}

function isLet({ parent }: ts.VariableDeclaration): boolean {
	return (parent.flags & ts.NodeFlags.Const) === 0;
}

function isMutable({ initializer, type }: ts.VariableDeclaration | ts.PropertyDeclaration): boolean {
	const typeName = type?.getText() ?? '';
	if (initializer === undefined || /^(Readonly|readonly )/.test(typeName)) return false;
	if (ts.isCallExpression(initializer)) return initializer.expression.getText() === 'randomUUID';
	// An empty list or object is there to be filled.
	if (ts.isArrayLiteralExpression(initializer)) return initializer.elements.length === 0;
	if (ts.isObjectLiteralExpression(initializer)) return initializer.properties.length === 0;
	if (!ts.isNewExpression(initializer)) return false;
	const name = initializer.expression.getText();
	// A constant set of literals is only looked into, and a pattern without state is none.
	return !(name === 'RegExp' || (/^(Set|Map)$/.test(name) && (initializer.arguments?.length ?? 0) > 0));
}

/** @returns the comment before the statement. */
function commentOf(node: ts.Node): string {
	const statement = ts.findAncestor(node, ts.isStatement) ?? node;
	return ts
		.getJSDocCommentsAndTags(statement)
		.map((comment) => comment.getText())
		.join('\n');
}

describe('what lives as long as the process', () => {
	it('is in one file', () => {
		const homes = filesIn('nodes', '.ts').filter((file) => namesIn(file).length > 0);
		expect(homes).toEqual([HOME]);
		expect(namesIn(HOME).length).toBeGreaterThan(10);
	});

	it('has a sentence each on what queue mode does to it', () => {
		const silent = mutableState(HOME).filter((one) => !/^ \* Queue mode: [^.;]{10,}/m.test(commentOf(one)));
		expect(silent.map(({ name }) => name.getText())).toEqual([]);
	});

	it('is in the table of docs/production.md, and nothing else is', () => {
		const rows = readText('docs/production.md')
			.split('\n')
			.filter((line) => /^\| [^|]+ \| `/.test(line) && !/N8N_|QUEUE_BULL|QUEUE_HEALTH|DB_|EXECUTIONS_/.test(line));
		const listed = rows.flatMap((row) => [...(row.split('|')[2] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
		expect(listed.sort()).toEqual(namesIn(HOME).sort());
	});

	it.each([
		['const a = new Map<string, number>();', ['a']],
		['const a: ReadonlyMap<string, number> = new Map();', []],
		['const a = new Set([1, 2]);', []],
		['const a = new Set();', ['a']],
		['export const a = new SecretCache(now);', ['a']],
		['let a = 0;', ['a']],
		["const a = 'text', b = new WeakMap();", ['b']],
		['const a = randomUUID();', ['a']],
		['function f() { const a = new Map(); }', []],
		['const a: string[] = [];', ['a']],
		['const a: readonly string[] = [];', []],
		['const a: Record<string, string> = {};', ['a']],
		['const a = { b: 1 };', []],
		['class A { static b = new Map(); c = new Map(); static d = 1; }', ['b']],
	])('is found in %s', (text, expected) => {
		expect(namesIn('nodes/x.ts', text)).toEqual(expected);
	});
});
