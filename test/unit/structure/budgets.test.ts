import { describe, expect, it } from '@jest/globals';

import { countLines, filesIn } from './sources';

/** Lines; the first budget whose pattern fits a file counts. */
const BUDGETS: ReadonlyArray<readonly [RegExp, number]> = [
	[/^nodes\/.*\.node\.ts$/, 100],
	[/^nodes\/shared\/.*Client[^/]*\.ts$/, 250],
	[/^nodes\/shared\//, 150],
	[/^nodes\//, 120],
	[/^credentials\//, 150],
	[/^test\/emulators\//, 200],
	[/^test\//, 400],
];

function budgetOf(file: string): number {
	return BUDGETS.find(([pattern]) => pattern.test(file))?.[1] ?? 0;
}

const FILES = ['nodes', 'credentials', 'test'].flatMap((folder) => filesIn(folder, '.ts'));

describe('file budgets', () => {
	it.each([
		['nodes/OnePassword/OnePassword.node.ts', 100],
		['nodes/OnePassword/item/get.ts', 120],
		['nodes/shared/core/names/filter.ts', 150],
		['nodes/shared/connect/client/connectClient.ts', 250],
		['test/emulators/connect/server.ts', 200],
		['test/unit/core/names/filter.test.ts', 400],
	])('give %s %d lines', (file, lines) => {
		expect(FILES).toContain(file);
		expect(budgetOf(file)).toBe(lines);
	});

	it('are kept', () => {
		const over = FILES.filter((file) => !file.startsWith('test/e2e/n8n/'))
			.map((file) => ({ file, lines: countLines(file), budget: budgetOf(file) }))
			.filter(({ lines, budget }) => lines > budget);
		expect(over).toEqual([]);
	});
});
