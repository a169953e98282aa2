import { describe, expect, it } from '@jest/globals';

import { describeResources, findOperation, isFileOutput, type Operation, type Resource } from '../../../../nodes/shared/n8n/operations/operation';

function operation(value: string, properties: Operation<null>['properties'] = []): Operation<null> {
	return {
		value,
		name: value.toUpperCase(),
		action: `Do ${value}`,
		description: `Does ${value}`,
		properties,
		run: async () => await Promise.resolve({}),
	};
}

const title = { displayName: 'Title', name: 'title', type: 'string', default: '' } as const;

const resources: ReadonlyArray<Resource<null>> = [
	{
		value: 'item',
		name: 'Item',
		operations: [operation('create', [title]), operation('get', [{ ...title, displayOptions: { show: { mode: ['x'] }, hide: { other: [1] } } }])],
	},
	{ value: 'audit', name: 'Audit', operations: [operation('export')] },
];

describe('the properties of a node', () => {
	const properties = describeResources(resources);

	it('start with the resources, the first of them preselected', () => {
		expect(properties[0]).toMatchObject({
			name: 'resource',
			default: 'item',
			options: [
				{ name: 'Item', value: 'item' },
				{ name: 'Audit', value: 'audit' },
			],
		});
	});

	it('go on with the operations of each; reading is preselected where there is it', () => {
		expect(properties.slice(1, 3)).toMatchObject([
			{ name: 'operation', default: 'get', displayOptions: { show: { resource: ['item'] } } },
			{ name: 'operation', default: 'export', displayOptions: { show: { resource: ['audit'] } } },
		]);
		expect(properties[1]?.options?.[0]).toEqual({ name: 'CREATE', value: 'create', action: 'Do create', description: 'Does create' });
	});

	it('show each parameter for its operation only, beside its own conditions', () => {
		expect(properties.slice(3)).toEqual([
			{ ...title, displayOptions: { show: { resource: ['item'], operation: ['create'] } } },
			{ ...title, displayOptions: { show: { resource: ['item'], operation: ['get'], mode: ['x'] }, hide: { other: [1] } } },
		]);
	});

	it('leave the parameters they were made of alone, as several operations share one', () => {
		expect(title).not.toHaveProperty('displayOptions');
	});
});

it('an operation is found by resource and name', () => {
	expect(findOperation(resources, 'item', 'get')?.name).toBe('GET');
	for (const [resource, name] of [
		['item', 'export'],
		['audit', 'get'],
		['', ''],
	] as const) {
		expect(findOperation(resources, resource, name)).toBeUndefined();
	}
});

it('a file is told from data that merely looks like one', () => {
	expect(isFileOutput({ json: {}, file: { property: 'data', name: 'n', bytes: Buffer.from('x') } })).toBe(true);
	for (const output of [
		{},
		{ json: {} },
		{ json: {}, file: undefined },
		{ json: {}, file: { bytes: 'text' } },
		{ file: { bytes: Buffer.from('x') } },
	]) {
		expect(isFileOutput(output)).toBe(false);
	}
});
