/**
 * Runs the chosen operation over the input items: bounded concurrency, output in input order, `pairedItem`, Continue On Fail
 * and the error output, and the failures in n8n's log. An operation sees one item and returns plain data.
 */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { mapConcurrently } from '../../async/mapConcurrently';
import { invalidInput } from '../../core/errors/onePasswordError';
import { logFailures } from '../errors/failureLog';
import { toErrorJson, toNodeError } from '../errors/nodeError';
import type { Disclosed } from './discloser';
import { resourcesOf, type Offer, type OfferedOperation } from './operation';

const CONCURRENCY = 8;

/** @returns the output items of each output of the node. Those that stand for a failed input are on the first one. */
export async function runOperations(node: IExecuteFunctions, offer: Offer): Promise<INodeExecutionData[][]> {
	const inputs = node.getInputData();
	const { open, once = false, concurrency = CONCURRENCY } = chooseOperation(node, offer);
	const failures: unknown[] = [];
	// Every input waits for the one opening, so that its failure belongs to each of them.
	let opening: ReturnType<typeof open> | undefined;
	const work = mapConcurrently(once ? [0] : [...inputs.keys()], concurrency, async (itemIndex) => {
		try {
			const run = await (opening ??= open(node, inputs.length));
			const lists = await run(itemIndex);
			return await Promise.all(lists.map(async (list) => await toItems(node, list, itemIndex)));
		} catch (error) {
			failures.push(error);
			if (!node.continueOnFail()) throw toNodeError(node.getNode(), error, itemIndex);
			return [[{ json: toErrorJson(error), pairedItem: { item: itemIndex } }]];
		}
	});
	const results = await work.finally(async () => await logFailures(node, failures));
	return Array.from({ length: countOutputs(offer) }, (_, output) => results.flatMap((lists) => lists[output] ?? []));
}

/** @returns the operation that the parameters name. Where there is none, that shows when it is opened. */
function chooseOperation(node: IExecuteFunctions, offer: Offer): Pick<OfferedOperation, 'open' | 'once' | 'concurrency'> {
	try {
		return findOperation(node, offer);
	} catch (error) {
		return { open: async () => await Promise.reject(error) };
	}
}

function findOperation(node: IExecuteFunctions, offer: Offer): OfferedOperation {
	const name = String(node.getNodeParameter('operation', 0));
	if ('operations' in offer) {
		const operation = offer.operations.find(({ value }) => value === name);
		if (operation !== undefined) return operation;
		throw invalidInput(`The node has no operation "${name}".`, "Choose the 'Operation' from its list.");
	}
	const resource = String(node.getNodeParameter('resource', 0));
	const operation = offer.find(({ value }) => value === resource)?.operations.find(({ value }) => value === name);
	if (operation !== undefined) return operation;
	throw invalidInput(`The node has no operation "${name}" of resource "${resource}".`, "Choose the 'Resource' and the 'Operation' from their lists.");
}

function countOutputs(offer: Offer): number {
	return Math.max(...resourcesOf(offer).flatMap(({ operations }) => operations.map(({ outputs = 1 }) => outputs)));
}

/** One after the other: a whole log is too much for as many promises at once. */
async function toItems(node: IExecuteFunctions, outputs: readonly Disclosed[], itemIndex: number): Promise<INodeExecutionData[]> {
	const items: INodeExecutionData[] = [];
	for (const { json, file } of outputs) {
		const item = { json: json as IDataObject, pairedItem: { item: itemIndex } };
		items.push(file === undefined ? item : { ...item, binary: { [file.property]: await node.helpers.prepareBinaryData(file.bytes, file.name) } });
	}
	return items;
}
