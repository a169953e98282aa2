/** The trigger in a separate process. */

import type { INodeType } from 'n8n-workflow';

import { loadInProcess, loadOnce } from './moduleProcess';

export { loadOnce };

/** @returns the node of a process that has just started, described as n8n describes it. */
export async function startProcess(): Promise<INodeType> {
	const { description } = (await loadOnce()).getNode('onePasswordTrigger').type as INodeType;
	const { random } = Math;
	try {
		// Retries take the number that delays them from here.
		Math.random = () => 0;
		const { OnePasswordTrigger } = loadInProcess<{ OnePasswordTrigger: new () => INodeType }>('nodes/OnePasswordTrigger/OnePasswordTrigger.node');
		return Object.assign(new OnePasswordTrigger(), { description });
	} finally {
		Math.random = random;
	}
}
