/**
 * The node's own operations over many input items, as the node runs them, with two stand-ins: for n8n, which hands over the
 * parameters as they are, and for its HTTP helper, which is axios with kept-alive connections.
 */

import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { get } from '../../nodes/OnePassword/item/get';
import { update } from '../../nodes/OnePassword/item/update';
import { resolve } from '../../nodes/OnePassword/secret/resolve';
import type { SimplifiedItem } from '../../nodes/shared/core/item/itemView';
import type { ConnectContext } from '../../nodes/shared/n8n/operations/connectContext';
import { Discloser } from '../../nodes/shared/n8n/operations/discloser';
import { defineResource, type OpenContext } from '../../nodes/shared/n8n/operations/operation';
import { NodeParameters } from '../../nodes/shared/n8n/parameters/nodeParameters';
import { runOperations } from '../../nodes/shared/n8n/operations/runOperations';
import { openTestRun } from '../../test/support/openTestRun';
import type { Contestant, Job } from '../contest';
import { SECRET_FIELD } from '../server/seed';
import type { BenchServer } from '../server/startServer';

/** @param parametersOf what the job's input item has beside vault and item. */
export function oursWith(operation: 'get' | 'update', parametersOf: (job: Job) => IDataObject): Contestant {
	return (server, jobs) => {
		const node = standIn(jobs.map((job) => ({ ...common(operation, job), ...parametersOf(job) })));
		return async () => {
			const outputs = await runNode(server, node);
			return outputs.map((json) => (json as unknown as SimplifiedItem).fields[SECRET_FIELD] ?? '');
		};
	};
}

/** One input item that holds all references. */
export const oursResolving: Contestant = (server, jobs) => {
	const referenceList = jobs.map(({ vaultName, title, section, field }, index) => ({
		name: String(index),
		reference: ['op:/', vaultName, title, ...(section === undefined ? [] : [section]), field].join('/'),
	}));
	const how = { resource: 'secret', operation: 'resolve', specifyReferences: 'list', reveal: 'all' };
	const node = standIn([{ ...how, referenceList }]);
	return async () => {
		const [output] = await runNode(server, node);
		const secrets = output?.secrets as Readonly<Record<string, string>>;
		return jobs.map((_job, index) => secrets[String(index)] ?? '');
	};
};

async function runNode({ url, token }: BenchServer, node: IExecuteFunctions): Promise<IDataObject[]> {
	const openContext: OpenContext<ConnectContext> = async (_node, inputs) => {
		const run = openTestRun({ serverUrl: url, token, effects: REAL_EFFECTS, expectMany: inputs > 1 });
		return await Promise.resolve((itemIndex: number) => {
			const parameters = new NodeParameters(node, itemIndex);
			return { parameters, run, timeZone: 'UTC', disclose: new Discloser({ parameters, isTool: false, onReveal() {} }) };
		});
	};
	const shared = { credentials: [], openContext };
	const [outputs = []] = await runOperations(node, [
		defineResource<ConnectContext>({ value: 'item', name: 'Item', operations: [get, update], ...shared }),
		defineResource<ConnectContext>({ value: 'secret', name: 'Secret', operations: [resolve], ...shared }),
	]);
	return outputs.map(({ json }) => json);
}

const REAL_EFFECTS = {
	now: Date.now,
	sleep: async (ms: number) => await new Promise<void>((resolve) => setTimeout(resolve, ms)),
	random: Math.random,
};

function common(operation: string, { vaultId, title }: Job): IDataObject {
	return {
		resource: 'item',
		operation,
		vault: { mode: 'id', value: vaultId },
		item: { mode: 'name', value: title },
		reveal: 'all',
		simplify: true,
	};
}

function standIn(inputs: readonly IDataObject[]): IExecuteFunctions {
	const data = inputs.map(() => ({ json: {} }));
	const node = {
		getInputData: () => data,
		getNodeParameter: (name: string, itemIndex: number, fallback?: unknown) => inputs[itemIndex]?.[name] ?? fallback,
		getNode: () => ({ name: '1Password', type: 'onePassword' }),
		continueOnFail: () => false,
	};
	return node as unknown as IExecuteFunctions;
}
