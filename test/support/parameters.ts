/** Parameters of the 1Password node as the editor stores them. */

import type { INodeParameters } from 'n8n-workflow';

export function byName(value: string): INodeParameters {
	return { __rl: true, mode: 'name', value };
}

export function byId(value: string): INodeParameters {
	return { __rl: true, mode: 'id', value };
}

export function byReference(value: string): INodeParameters {
	return { __rl: true, mode: 'reference', value };
}

/** @returns parameters of an item operation on an item of the vault "Production". */
export function onItem(operation: string, item: INodeParameters, rest: INodeParameters = {}): INodeParameters {
	return { resource: 'item', operation, vault: byName('Production'), item, ...rest };
}

/** @returns rows of the parameter `fields`, each of which sets a value. */
export function setFields(values: Readonly<Record<string, unknown>>): INodeParameters {
	return {
		fields: {
			values: Object.entries(values).map(([field, value]) => ({ field, mode: 'set', value })),
		},
	} as INodeParameters;
}
