/** A process of n8n as far as the trigger can tell: what its modules keep in memory begins anew with each. */

import path from 'node:path';

import * as workflowPackage from 'n8n-workflow';
import type { INodeType } from 'n8n-workflow';

import { loadPackage } from './engine';

const NODE_FILE = path.resolve(__dirname, '../../../dist/nodes/OnePasswordTrigger/OnePasswordTrigger.node.js');

let loading: ReturnType<typeof loadPackage> | undefined;

/** @returns the package as n8n loads it, once for all processes. */
export async function loadOnce(): ReturnType<typeof loadPackage> {
	return await (loading ??= loadPackage());
}

/** @returns the node of a process that has just started, described as n8n describes it. */
export async function startProcess(): Promise<INodeType> {
	const { description } = (await loadOnce()).getNode('onePasswordTrigger').type as INodeType;
	// The errors of the node must be those of the engine.
	jest.doMock('n8n-workflow', () => workflowPackage);
	const { random } = Math;
	let node: INodeType | undefined;
	try {
		// Retries take the number that delays them from here.
		Math.random = () => 0;
		jest.isolateModules(() => {
			const { OnePasswordTrigger } = jest.requireActual<{ OnePasswordTrigger: new () => INodeType }>(NODE_FILE);
			node = new OnePasswordTrigger();
		});
	} finally {
		Math.random = random;
	}
	if (node === undefined) throw new Error('Build the package first: npm run build');
	node.description = description;
	return node;
}
