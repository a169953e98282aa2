/**
 * What an operation is, and the node's dropdowns, visibility and dispatch derived from the list of them. Knows nothing of
 * the service behind an operation: that comes with the context it runs in.
 */

import type { IDataObject, INodeProperties } from 'n8n-workflow';

/** Bytes that become a binary property of the output item. */
export interface FileOutput {
	readonly json: IDataObject;
	readonly file: { readonly property: string; readonly name: string; readonly bytes: Buffer };
}

/** One output item, or a list of them. */
export type OperationOutput = object | readonly object[];

export interface Operation<Context> {
	readonly value: string;
	readonly name: string;
	/** Sentence shown in the node's list of actions. */
	readonly action: string;
	readonly description: string;
	readonly properties: readonly INodeProperties[];
	/** Handles one input item. */
	readonly run: (context: Context) => Promise<OperationOutput>;
}

export interface Resource<Context> {
	readonly value: string;
	readonly name: string;
	readonly operations: ReadonlyArray<Operation<Context>>;
}

export function isFileOutput(output: object): output is FileOutput {
	return 'file' in output && 'json' in output && Buffer.isBuffer((output as FileOutput).file?.bytes);
}

/** @returns the properties of a node that offers these resources, the first of which is preselected. */
export function describeResources<Context>(resources: ReadonlyArray<Resource<Context>>): INodeProperties[] {
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: resources.map(({ name, value }) => ({ name, value })),
			default: firstValue(resources),
		},
		...resources.map(describeOperations),
		...resources.flatMap((resource) =>
			resource.operations.flatMap((operation) => operation.properties.map((property) => showFor(property, resource.value, operation.value))),
		),
	];
}

function describeOperations<Context>({ value, operations }: Resource<Context>): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: operations.map(({ name, value: operation, action, description }) => ({
			name,
			value: operation,
			action,
			description,
		})),
		default: preselected(operations),
	};
}

function firstValue(choices: ReadonlyArray<{ readonly value: string }>): string {
	return choices[0]?.value ?? '';
}

/** Reading changes nothing, so it is what a new node does where it can. */
function preselected(operations: ReadonlyArray<{ readonly value: string }>): string {
	return operations.some(({ value }) => value === 'get') ? 'get' : firstValue(operations);
}

function showFor(property: INodeProperties, resource: string, operation: string): INodeProperties {
	return {
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { resource: [resource], operation: [operation], ...property.displayOptions?.show },
		},
	};
}

export function findOperation<Context>(
	resources: ReadonlyArray<Resource<Context>>,
	resource: string,
	operation: string,
): Operation<Context> | undefined {
	return resources.find(({ value }) => value === resource)?.operations.find(({ value }) => value === operation);
}
