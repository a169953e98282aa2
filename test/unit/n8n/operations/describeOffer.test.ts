import { describe, expect, it } from '@jest/globals';
import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import { describeCredentials, describeProperties, describeSubtitle } from '../../../../nodes/shared/n8n/operations/describeOffer';
import { defineResource, type Operation, type Resource } from '../../../../nodes/shared/n8n/operations/operation';

function operation(value: string, properties: readonly INodeProperties[] = []): Operation<null> {
	return {
		value,
		name: value.toUpperCase(),
		action: `Do ${value}`,
		description: `Does ${value}`,
		properties,
		run: () => [],
	};
}

const openContext = async (): Promise<() => null> => await Promise.resolve(() => null);
const LOCAL: INodeCredentialDescription = { name: 'localApi', required: true };
const CLOUD: INodeCredentialDescription = { name: 'cloudApi', required: true, displayOptions: { show: { source: ['cloud'] } } };

const title = { displayName: 'Title', name: 'title', type: 'string', default: '' } as const;

const item = defineResource({
	value: 'item',
	name: 'Item',
	credentials: [LOCAL],
	openContext,
	operations: [operation('create', [title]), operation('get', [{ ...title, displayOptions: { show: { mode: ['x'] }, hide: { other: [1] } } }])],
});
const audit = defineResource({ value: 'audit', name: 'Audit', credentials: [LOCAL], openContext, operations: [operation('export')] });
const resources: readonly Resource[] = [item, audit];

describe('the properties of a node', () => {
	const properties = describeProperties(resources);

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

describe('a node with only one resource', () => {
	const properties = describeProperties(item);

	it('has no parameter for it, and nothing depends on one', () => {
		expect(properties[0]).toEqual({
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: ['create', 'get'].map((value) => ({ name: value.toUpperCase(), value, action: `Do ${value}`, description: `Does ${value}` })),
			default: 'get',
		});
		expect(properties.slice(1).map(({ displayOptions }) => displayOptions)).toEqual([
			{ show: { operation: ['create'] } },
			{ show: { operation: ['get'], mode: ['x'] }, hide: { other: [1] } },
		]);
	});

	it('preselects the operation that the resource names', () => {
		expect(describeProperties({ ...item, preselected: 'create' })[0]?.default).toBe('create');
	});

	it('shows the name of its operation on the canvas', () => {
		expect(describeSubtitle(item)).toBe('={{ ({"create":"CREATE","get":"GET"})[$parameter["operation"]] }}');
	});
});

describe('the credentials of a node', () => {
	it('are asked for once where every resource uses them', () => {
		expect(describeCredentials(resources)).toEqual([LOCAL]);
	});

	it('are asked for with the resources that use them only, beside their own conditions', () => {
		const other = { ...audit, credentials: [CLOUD, LOCAL] };
		expect(describeCredentials([item, other])).toEqual([LOCAL, { ...CLOUD, displayOptions: { show: { resource: ['audit'], source: ['cloud'] } } }]);
	});

	it('of one resource are as it names them', () => {
		expect(describeCredentials({ ...audit, credentials: [LOCAL, CLOUD] })).toEqual([LOCAL, CLOUD]);
	});
});
