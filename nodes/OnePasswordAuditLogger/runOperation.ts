/** Runs an operation, once or for each input item, and puts what it returns on the two outputs. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { invalidInput } from '../shared/core/errors/onePasswordError';
import { logFailures } from '../shared/n8n/errors/failureLog';
import { toErrorJson, toNodeError } from '../shared/n8n/errors/nodeError';
import { Parameters } from '../shared/n8n/parameters/parameters';
import type { AuditOperation } from './auditOperation';

export async function runOperation(node: IExecuteFunctions, operations: readonly AuditOperation[]): Promise<INodeExecutionData[][]> {
	const outputs: [events: INodeExecutionData[], anomalies: INodeExecutionData[]] = [[], []];
	const add = (output: 0 | 1, rows: readonly object[], item: number): void => {
		// A whole log is too much for the arguments of one call.
		for (const row of rows) outputs[output].push(toItem(row, item));
	};
	const failures: unknown[] = [];
	let items = 1;
	for (let item = 0; item < items; item++) {
		try {
			const operation = selectOperation(String(node.getNodeParameter('operation', 0)), operations);
			if (operation.forEachItem) items = node.getInputData().length;
			const { events, anomalies = [] } = await operation.run({ node, parameters: new Parameters(node, item) });
			add(0, events, item);
			add(1, anomalies, item);
		} catch (error) {
			failures.push(error);
			if (!node.continueOnFail()) {
				await logFailures(node, failures);
				throw toNodeError(node.getNode(), error, item);
			}
			add(0, [toErrorJson(error)], item);
		}
	}
	await logFailures(node, failures);
	return outputs;
}

function selectOperation(name: string, operations: readonly AuditOperation[]): AuditOperation {
	const operation = operations.find(({ value }) => value === name);
	if (operation !== undefined) return operation;
	throw invalidInput(`The node has no operation "${name}".`, "Choose the 'Operation' from its list.");
}

function toItem(json: object, item: number): INodeExecutionData {
	return { json: json as IDataObject, pairedItem: { item } };
}
