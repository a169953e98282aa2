import { existsSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { EVENT_KINDS } from '../../../nodes/OnePasswordTrigger/events/eventKinds';
import { RULES } from '../../../nodes/shared/core/audit/anomalies/rules/allRules';
import { FIELD_TYPE_NAMES } from '../../../nodes/shared/core/fields/fieldTypes';
import { ROOT, filesIn, readText } from './sources';

const NAMED = [...readText('CONTRIBUTING.md').matchAll(/`((?:nodes|test|scripts)\/[^`]*)`/g)].map(([, file = '']) => file);

/** Of a path with a placeholder, the folder before it. */
const fixedPart = (file: string): string => file.replace(/[^/]*[<*].*$/, '');

const textOf = (folder: string): string =>
	filesIn(folder, '.test.ts')
		.map((file) => readText(file))
		.join('\n');

describe('CONTRIBUTING.md', () => {
	it('names only files and folders that exist', () => {
		expect(NAMED.length).toBeGreaterThan(15);
		expect(NAMED.filter((file) => !existsSync(path.join(ROOT, fixedPart(file))))).toEqual([]);
	});
});

describe('a test names', () => {
	it.each(RULES.map(({ id }) => id))('the anomaly rule %s', (id) => {
		expect(readText('test/unit/core/audit/anomalies/anomalies.test.ts')).toContain(`'${id}'`);
	});

	it.each(EVENT_KINDS.map(({ value }) => value))('the event kind %s', (value) => {
		expect(textOf('test/unit/nodes/OnePasswordTrigger')).toContain(`'${value}'`);
	});

	it.each(Object.keys(FIELD_TYPE_NAMES))('the field type %s', (type) => {
		expect(textOf('test/unit/core')).toContain(`'${type}'`);
	});
});

it('each rule in its file is on the list', () => {
	const files = filesIn('nodes/shared/core/audit/anomalies/rules', '.ts').map((file) => path.basename(file, '.ts'));
	// The list has the order of the names in the editor.
	expect(files.filter((name) => name !== 'allRules').sort()).toEqual(RULES.map(({ id }) => id).sort());
});
