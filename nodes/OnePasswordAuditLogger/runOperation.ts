/** Runs an operation once, and puts what it returns on the two outputs. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { invalidInput } from '../shared/core/onePasswordError';
import { toErrorJson, toNodeError } from '../shared/n8n/nodeError';
import { Parameters } from '../shared/n8n/parameters';
import type { AuditOperation } from './auditOperation';

export async function runOperation(
	node: IExecuteFunctions,
	operations: readonly AuditOperation[],
): Promise<INodeExecutionData[][]> {
	try {
		const operation = selectOperation(String(node.getNodeParameter('operation', 0)), operations);
		const { events, anomalies = [] } = await operation.run({ node, parameters: new Parameters(node, 0) });
		return [events.map(toItem), anomalies.map(toItem)];
	} catch (error) {
		if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, 0);
		return [[toItem(toErrorJson(error))], []];
	}
}

function selectOperation(name: string, operations: readonly AuditOperation[]): AuditOperation {
	const operation = operations.find(({ value }) => value === name);
	if (operation !== undefined) return operation;
	throw invalidInput(`The node has no operation "${name}".`, "Choose the 'Operation' from its list.");
}

function toItem(json: object): INodeExecutionData {
	return { json: json as IDataObject, pairedItem: { item: 0 } };
}
