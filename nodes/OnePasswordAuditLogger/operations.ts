/** Everything the node can do. Dropdown, visibility and dispatch derive from this list. */

import type { INodeProperties } from 'n8n-workflow';

import type { AuditOperation } from './auditOperation';
import { collect } from './operations/collect';
import { confirm } from './operations/confirm';
import { getRange } from './operations/getRange';
import { verify } from './operations/verify';

export const operations: readonly AuditOperation[] = [confirm, getRange, collect, verify];

/** @returns the expression by which the canvas shows the operation under the node's name. */
export function describeSubtitle(offered: readonly AuditOperation[]): string {
	const names = Object.fromEntries(offered.map(({ value, name }) => [value, name]));
	return `={{ (${JSON.stringify(names)})[$parameter["operation"]] }}`;
}

export function describeOperations(offered: readonly AuditOperation[]): INodeProperties[] {
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: offered.map(({ name, value, action, description }) => ({ name, value, action, description })),
			default: 'collect',
		},
		...offered.flatMap(({ value, properties }) => properties.map((property) => showFor(property, value))),
	];
}

function showFor(property: INodeProperties, operation: string): INodeProperties {
	const { displayOptions } = property;
	return {
		...property,
		displayOptions: { ...displayOptions, show: { operation: [operation], ...displayOptions?.show } },
	};
}
