import { describe, expect, it } from '@jest/globals';

import { filesIn, readJson, readText } from './sources';
import { workflowProblems, type ExportedNode, type ExportedWorkflow } from './workflowProblems';

const TYPE = 'n8n-nodes-1password-connect.onePassword';

function workflowOf(...nodes: ExportedNode[]): ExportedWorkflow {
	return { nodes, connections: {} };
}

const get: ExportedNode = {
	name: 'Get',
	type: TYPE,
	typeVersion: 1,
	parameters: {
		resource: 'item',
		operation: 'get',
		vault: { __rl: true, mode: 'name', value: 'Production' },
		item: { __rl: true, mode: 'name', value: 'Payments API' },
		reveal: 'none',
		options: { timeout: 1000 },
	},
	credentials: { onePasswordConnectApi: { id: '1', name: 'Connect' } },
};

describe('the example workflows', () => {
	const files = filesIn('workflows', '.json');

	it('can be imported and use what the nodes offer', () => {
		const problems = files.flatMap((file) => workflowProblems(readJson<ExportedWorkflow>(file)).map((problem) => `${file}: ${problem}`));
		expect(problems).toEqual([]);
	});

	it('hold no token and reveal no more than fields they name', () => {
		for (const file of files) {
			expect(readText(file)).not.toMatch(/\beyJ[\w-]+\./);
			expect(readText(file)).not.toMatch(/"reveal":\s*"all"/);
		}
	});
});

describe('the check of workflows', () => {
	it('passes a good one', () => {
		expect(workflowProblems(workflowOf(get, { name: 'Wait', type: 'n8n-nodes-base.wait' }))).toEqual([]);
	});

	it('takes the preselected resource and operation where none is given', () => {
		const { resource: _resource, operation: _operation, ...rest } = get.parameters ?? {};
		expect(workflowProblems(workflowOf({ ...get, parameters: rest }))).toEqual([]);
		expect(workflowProblems(workflowOf({ ...get, parameters: { ...rest, title: 'x' } }))).toEqual(['Get: unknown parameter title']);
	});

	it.each<[string, Partial<ExportedNode>]>([
		['unknown node type', { type: `${TYPE}s` }],
		['unknown node type', { type: 'n8n-nodes-other.thing' }],
		['unknown version', { typeVersion: 9 }],
		['unknown credential', { credentials: { httpHeaderAuth: {} } }],
		['resource has no choice', { parameters: { ...get.parameters, resource: 'items' } }],
		['operation has no choice', { parameters: { ...get.parameters, operation: 'read' } }],
		['unknown parameter', { parameters: { ...get.parameters, title: 'x' } }],
		['unknown parameter', { parameters: { ...get.parameters, options: { timeOut: 1 } } }],
		['item has no mode', { parameters: { ...get.parameters, item: { mode: 'url', value: '' } } }],
		['reveal has no choice', { parameters: { ...get.parameters, reveal: 'some' } }],
		[
			'mode has no choice',
			{ parameters: { ...get.parameters, operation: 'update', fields: { values: [{ field: 'a', mode: 'wipe' }] } } },
		],
		[
			'unknown parameter',
			{ parameters: { ...get.parameters, operation: 'update', fields: { values: [{ label: 'a' }] } } },
		],
	])('finds an %s', (problem, change) => {
		expect(workflowProblems(workflowOf({ ...get, ...change })).join()).toContain(problem);
	});

	it('finds connections into the void, doubled names and pinned data', () => {
		const connections = { Get: { main: [[{ node: 'Nowhere' }], null] } };
		expect(workflowProblems({ nodes: [get], connections })).toHaveLength(1);
		expect(workflowProblems(workflowOf(get, get))).toEqual(['two nodes have one name']);
		expect(workflowProblems({ ...workflowOf(get), pinData: { Get: [] } })).toHaveLength(1);
	});
});
