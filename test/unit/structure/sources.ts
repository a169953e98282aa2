/** The project's own files, and what each of them imports. */

import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

export const ROOT = path.resolve(__dirname, '..', '..', '..');

export interface Import {
	/** As written. */
	readonly specifier: string;
	/** Path below the root for a relative import, without extension; otherwise the package's name. */
	readonly target: string;
	readonly typeOnly: boolean;
}

/** @returns paths below the root, with slashes, in alphabetical order; none where the folder does not exist. */
export function filesIn(folder: string, suffix = ''): string[] {
	try {
		return readdirSync(path.join(ROOT, folder), { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
			.map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
			.sort();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
		throw error;
	}
}

export function readText(file: string): string {
	return readFileSync(path.join(ROOT, file), 'utf8');
}

export function readJson<T>(file: string): T {
	return JSON.parse(readText(file)) as T;
}

export function countLines(file: string): number {
	return readText(file).replace(/\n$/, '').split('\n').length;
}

/** Static, dynamic and `require` imports, and re-exports. */
export function importsOf(file: string, text = readText(file)): Import[] {
	const imports: Import[] = [];
	const add = (literal: ts.Node | undefined, typeOnly: boolean): void => {
		if (literal === undefined || !ts.isStringLiteralLike(literal)) return;
		imports.push({ specifier: literal.text, target: targetOf(file, literal.text), typeOnly });
	};
	const visit = (node: ts.Node): void => {
		if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeImport(node));
		if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
		if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
		if (ts.isCallExpression(node) && isLoad(node.expression)) add(node.arguments[0], false);
		ts.forEachChild(node, visit);
	};
	visit(parse(file, text));
	return imports;
}

export function parse(file: string, text = readText(file)): ts.SourceFile {
	return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}

function isTypeImport({ importClause }: ts.ImportDeclaration): boolean {
	if (importClause === undefined) return false;
	if (importClause.isTypeOnly) return true;
	const bindings = importClause.namedBindings;
	if (importClause.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings)) return false;
	return bindings.elements.length > 0 && bindings.elements.every((element) => element.isTypeOnly);
}

function isLoad(expression: ts.Expression): boolean {
	return expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
}

function targetOf(file: string, specifier: string): string {
	return specifier.startsWith('.') ? path.posix.join(path.posix.dirname(file), specifier) : specifier;
}
