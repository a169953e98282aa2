import { expect, it } from '@jest/globals';
import type { INodePropertyOptions } from 'n8n-workflow';

import { OnePasswordAuditLogger } from '../../../../nodes/OnePasswordAuditLogger/OnePasswordAuditLogger.node';
import { shownFor } from '../../structure/descriptions';

const { description } = new OnePasswordAuditLogger();

it('the canvas shows operations by their names', () => {
	const [, expression = ''] = /^=\{\{(.*)\}\}$/.exec(description.subtitle ?? '') ?? [];
	const evaluate = new Function('$parameter', `return ${expression}`) as (parameters: object) => unknown;
	const operations = (description.properties.find(({ name }) => name === 'operation')?.options ?? []) as INodePropertyOptions[];
	expect(operations.map(({ value }) => evaluate({ operation: value }))).toEqual(operations.map(({ name }) => name));
	expect(operations).toHaveLength(4);
});

it.each([
	['connect', true],
	['events', false],
])('of the source %s, the rule for critical items is offered: %s', (source, isOffered) => {
	const rules = shownFor(description, { operation: 'collect', source }).filter(({ name }) => name === 'rules');
	expect(rules).toHaveLength(1);
	const offered = ((rules[0]?.options ?? []) as INodePropertyOptions[]).map(({ value }) => value);
	expect([offered.includes('criticalItem'), (rules[0]?.default as string[]).includes('criticalItem')]).toEqual([isOffered, isOffered]);
	expect(offered).toContain('denied');
});
