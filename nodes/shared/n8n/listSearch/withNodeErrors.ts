import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { toNodeError } from '../errors/nodeError';

/** Shows what went wrong inside the list, in the words of the package. */
export async function withNodeErrors<T>(context: ILoadOptionsFunctions, task: () => Promise<T>): Promise<T> {
	try {
		return await task();
	} catch (error) {
		throw toNodeError(context.getNode(), error);
	}
}
