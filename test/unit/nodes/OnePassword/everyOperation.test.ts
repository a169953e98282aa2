import { expect, it } from '@jest/globals';

import { resources } from '../../../../nodes/OnePassword/resources';
import { filesIn } from '../../structure/sources';

it('every operation has a file and a test of its own, of its name', () => {
	const operations = resources.flatMap(({ value, operations }) => operations.map((operation) => `${value}/${operation.value}`));
	const sources = filesIn('nodes/OnePassword', '.ts').map((file) => file.replace(/^nodes\/OnePassword\/|\.ts$/g, ''));
	const tests = filesIn('test/unit/nodes/OnePassword', '.test.ts').map((file) => file.replace(/^test\/unit\/nodes\/OnePassword\/|\.test\.ts$/g, ''));
	expect(operations.filter((operation) => !sources.includes(operation) || !tests.includes(operation))).toEqual([]);
	expect(operations.length).toBeGreaterThan(15);
});
