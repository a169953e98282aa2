import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

import { filesIn, parse, readText } from './sources';

const SHIPPED = ['nodes', 'credentials'].flatMap((folder) => filesIn(folder, '.ts'));

function usesOfAny(file: string, text = readText(file)): string[] {
	const found: string[] = [];
	const source = parse(file, text);
	const visit = (node: ts.Node): void => {
		if (node.kind === ts.SyntaxKind.AnyKeyword) {
			found.push(`${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`);
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

const SILENCERS = /eslint-disable|@ts-(ignore|nocheck|expect-error)|@sonar/;

describe('shipped code', () => {
	it('is there', () => {
		expect(SHIPPED.length).toBeGreaterThan(40);
	});

	it('has no `any`', () => {
		expect(SHIPPED.flatMap((file) => usesOfAny(file))).toEqual([]);
		expect(usesOfAny('x.ts', 'const many: unknown = 1;\nlet x: Array<any>; // any\n')).toEqual(['x.ts:2']);
	});

	it('silences no check', () => {
		expect(SHIPPED.filter((file) => SILENCERS.test(readText(file)))).toEqual([]);
	});

	it('uses nothing that n8n forbids community nodes', () => {
		const forbidden = /\b(setTimeout|setInterval|setImmediate|globalThis|__dirname|__filename|process)\b\s*[.(]/;
		expect(SHIPPED.filter((file) => forbidden.test(readText(file)))).toEqual([]);
	});

	it('has no grab-bag files', () => {
		const grabBag = /\/(utils?|helpers?|common|misc|GenericFunctions|node\.type)\.ts$/i;
		expect(SHIPPED.filter((file) => grabBag.test(file))).toEqual([]);
	});

	it('has no default exports', () => {
		expect(SHIPPED.filter((file) => /^export default\b/m.test(readText(file)))).toEqual([]);
	});
});
