import { describe, expect, it } from '@jest/globals';

import { matchField } from '../../../nodes/shared/core/fields/fieldSelector';
import { fieldsByKey } from '../../../nodes/shared/core/item/itemView';
import type { FullItem } from '../../../nodes/shared/core/wire';
import { itemsInThreeLanguages } from '../../emulators/connect';
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

const watch: ExportedNode = {
	name: 'Watch',
	type: `${TYPE}Trigger`,
	typeVersion: 1,
	parameters: {
		pollTimes: { item: [{ mode: 'everyX', value: 5, unit: 'minutes' }] },
		events: ['updated', 'serverHealth'],
		scope: 'items',
		vault: { __rl: true, mode: 'name', value: 'Production' },
		items: ['Payments API'],
		detail: 'item',
		reveal: 'selected',
		revealFields: ['credential'],
		filters: { tags: 'rotate', categories: ['LOGIN'] },
		options: { maxEvents: 10, delivery: 'atMostOnce' },
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

describe('the fields that the example workflows name', () => {
	const texts = filesIn('workflows', '.json').map((file) =>
		JSON.stringify(readJson<ExportedWorkflow>(file).nodes.map(({ parameters }) => parameters)),
	);
	const FIELD = /fields\??\.(?:\[\\?['"]|)([\w ]+)|fields\[\\?['"]([\w ]+)|"(?:field|revealFields)":\["?"([\w ]+)"|"field":"([\w ]+)"/g;
	const names = [...new Set(texts.flatMap((text) => [...text.matchAll(FIELD)].map((match) => match.slice(1).find(Boolean) ?? '')))];

	it('are found in the texts', () => {
		expect(names).toEqual(expect.arrayContaining(['credential', 'password', 'username', 'key id', 'pending value']));
	});

	it.each(['API_CREDENTIAL', 'DATABASE', 'SERVER', 'LOGIN'])(
		'mean the same field of %s in an account of any language, and have the same key',
		(category) => {
			const items = itemsInThreeLanguages().filter((seed) => seed.category === category);
			for (const name of names) {
				const found = items.map((seed) => {
					const item = {
						id: 'i',
						vault: { id: 'v' },
						...seed,
						fields: (seed.fields ?? []).map((field) => ({ id: '', ...field })),
					} as FullItem;
					const match = matchField(item, { field: name });
					return [match.kind, match.kind === 'one' ? match.found.id : '', name in fieldsByKey(item)].join();
				});
				expect([name, ...new Set(found)]).toHaveLength(2);
			}
		},
	);

	it('are keyed as an English account does', () => {
		for (const text of texts) expect(text).not.toContain('"fieldKeys":"shownLabel"');
	});
});

describe('the check of workflows', () => {
	it('passes a good one', () => {
		expect(workflowProblems(workflowOf(get, { name: 'Wait', type: 'n8n-nodes-base.wait' }))).toEqual([]);
		expect(workflowProblems({ nodes: [watch, get], connections: { Watch: { main: [[{ node: 'Get' }]] } } })).toEqual([]);
		expect(workflowProblems(workflowOf({ ...watch, parameters: {} }))).toEqual([]);
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
		['mode has no choice', { parameters: { ...get.parameters, operation: 'update', fields: { values: [{ field: 'a', mode: 'wipe' }] } } }],
		['unknown parameter', { parameters: { ...get.parameters, operation: 'update', fields: { values: [{ label: 'a' }] } } }],
	])('finds an %s', (problem, change) => {
		expect(workflowProblems(workflowOf({ ...get, ...change })).join()).toContain(problem);
	});

	it.each<[string, Readonly<Record<string, unknown>>]>([
		['events has no choice', { events: ['updated', 'renamed'] }],
		['events is empty', { events: [] }],
		['scope has no choice', { scope: 'everything' }],
		['unknown parameter vaults', { vaults: ['Production'] }],
		['unknown parameter vault', { scope: 'allVaults' }],
		['unknown parameter vault', { scope: 'vaults', vaults: ['Production'], items: undefined }],
		['items is no list', { items: 'Payments API' }],
		['items is no list', { items: [''] }],
		['detail has no choice', { detail: 'values' }],
		['unknown parameter reveal', { detail: 'fields' }],
		['unknown parameter revealFields', { reveal: 'all' }],
		['categories has no choice', { filters: { categories: ['KEY'] } }],
		['unknown parameter tag', { filters: { tag: 'rotate' } }],
		['delivery has no choice', { options: { delivery: 'exactlyOnce' } }],
		['mode has no choice', { pollTimes: { item: [{ mode: 'everySecond' }] } }],
		['cronExpression polls more than once a minute', { pollTimes: { item: [{ mode: 'custom', cronExpression: '*/5 * * * * *' }] } }],
	])('finds in a trigger that %s', (problem, parameters) => {
		const node = { ...watch, parameters: { ...watch.parameters, ...parameters } };
		expect(workflowProblems(workflowOf(node)).join()).toContain(problem);
	});

	it('finds a connection that leads to a trigger, and poll times elsewhere', () => {
		const connections = { Get: { main: [[{ node: 'Watch' }]] } };
		expect(workflowProblems({ nodes: [get, watch], connections })).toEqual(['a connection leads to "Watch", which is a trigger']);
		const parameters = { ...get.parameters, pollTimes: watch.parameters?.pollTimes };
		expect(workflowProblems(workflowOf({ ...get, parameters }))).toEqual(['Get: unknown parameter pollTimes']);
	});

	it('finds connections into the void, doubled names and pinned data', () => {
		const connections = { Get: { main: [[{ node: 'Nowhere' }], null] } };
		expect(workflowProblems({ nodes: [get], connections })).toHaveLength(1);
		expect(workflowProblems(workflowOf(get, get))).toEqual(['two nodes have one name']);
		expect(workflowProblems({ ...workflowOf(get), pinData: { Get: [] } })).toHaveLength(1);
	});
});
