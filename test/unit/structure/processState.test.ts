import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

import { filesIn, parse, readText } from './sources';

/** @returns names of constants of a module that can change while the process lives. */
function mutableConstants(file: string, text?: string): string[] {
	return parse(file, text)
		.statements.filter(ts.isVariableStatement)
		.flatMap(({ declarationList }) => [...declarationList.declarations])
		.filter((declaration) => isLet(declaration) || isMutable(declaration))
		.map(({ name }) => name.getText());
}

function isLet({ parent }: ts.VariableDeclaration): boolean {
	return (parent.flags & ts.NodeFlags.Const) === 0;
}

function isMutable({ initializer, type }: ts.VariableDeclaration): boolean {
	if (initializer === undefined) return false;
	if (ts.isCallExpression(initializer)) return initializer.expression.getText() === 'randomUUID';
	if (!ts.isNewExpression(initializer) || /^Readonly/.test(type?.getText() ?? '')) return false;
	const name = initializer.expression.getText();
	// A constant set of literals is only looked into, and a pattern without state is none.
	return !(name === 'RegExp' || (/^(Set|Map)$/.test(name) && (initializer.arguments?.length ?? 0) > 0));
}

const found = filesIn('nodes', '.ts').flatMap((file) => mutableConstants(file));

describe('what lives as long as the process', () => {
	it('is in the table of docs/production.md, and nothing else is', () => {
		const rows = readText('docs/production.md')
			.split('\n')
			.filter((line) => /^\| [^|]+ \| `/.test(line) && !/N8N_|QUEUE_|DB_|EXECUTIONS_/.test(line));
		const listed = rows.flatMap((row) => [...(row.split('|')[2] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));
		expect([...new Set(listed)].sort()).toEqual([...new Set(found)].sort());
		expect(found.length).toBeGreaterThan(10);
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
	])('is found in %s', (text, expected) => {
		expect(mutableConstants('nodes/x.ts', text)).toEqual(expected);
	});
});
