/**
 * Runs an operation over the input items: bounded concurrency, output in input order, `pairedItem`, Continue On Fail and
 * the error output. An operation sees one item and returns plain data.
 */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { mapConcurrently } from '../../async/mapConcurrently';
import { invalidInput } from '../../core/errors/onePasswordError';
import { logFailures } from '../errors/failureLog';
import { toErrorJson, toNodeError } from '../errors/nodeError';
import { findOperation, isFileOutput, type Operation, type Resource } from './operation';

const CONCURRENCY = 8;

/** @param openContext called once a run; returns what the operation gets for one input item. */
export async function runOperations<Context>(
	node: IExecuteFunctions,
	resources: ReadonlyArray<Resource<Context>>,
	openContext: (inputs: number) => Promise<(itemIndex: number) => Context>,
): Promise<INodeExecutionData[][]> {
	const inputs = node.getInputData();
	const failures: unknown[] = [];
	let opening: ReturnType<typeof open<Context>> | undefined;
	const work = mapConcurrently(inputs, CONCURRENCY, async (_input, itemIndex) => {
		try {
			const { operation, contextOf } = await (opening ??= open(node, resources, openContext));
			return await runForItem(node, operation, contextOf(itemIndex), itemIndex);
		} catch (error) {
			failures.push(error);
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, itemIndex);
			return [{ json: toErrorJson(error), pairedItem: { item: itemIndex } }];
		}
	});
	const outputs = await work.finally(async () => await logFailures(node, failures));
	return [outputs.flat()];
}

/** Every input waits for the one opening, so that its failure belongs to each of them. */
async function open<Context>(
	node: IExecuteFunctions,
	resources: ReadonlyArray<Resource<Context>>,
	openContext: (inputs: number) => Promise<(itemIndex: number) => Context>,
): Promise<{ operation: Operation<Context>; contextOf: (itemIndex: number) => Context }> {
	const operation = selectOperation(node, resources);
	return { operation, contextOf: await openContext(node.getInputData().length) };
}

function selectOperation<Context>(node: IExecuteFunctions, resources: ReadonlyArray<Resource<Context>>): Operation<Context> {
	const resource = String(node.getNodeParameter('resource', 0));
	const name = String(node.getNodeParameter('operation', 0));
	const operation = findOperation(resources, resource, name);
	if (operation !== undefined) return operation;
	throw invalidInput(`The node has no operation "${name}" of resource "${resource}".`, "Choose the 'Resource' and the 'Operation' from their lists.");
}

async function runForItem<Context>(
	node: IExecuteFunctions,
	operation: Operation<Context>,
	context: Context,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const output = await operation.run(context);
	const members = Array.isArray(output) ? (output as object[]) : [output];
	return await Promise.all(members.map(async (member) => await toItem(node, member, itemIndex)));
}

async function toItem(node: IExecuteFunctions, output: object, itemIndex: number): Promise<INodeExecutionData> {
	const pairedItem = { item: itemIndex };
	if (!isFileOutput(output)) return { json: output as IDataObject, pairedItem };
	const { json, file } = output;
	const binary = await node.helpers.prepareBinaryData(file.bytes, file.name);
	return { json, binary: { [file.property]: binary }, pairedItem };
}
