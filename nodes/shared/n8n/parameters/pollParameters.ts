import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';

import { Parameters } from './parameters';

/** @returns the parameters of a polling trigger, which has no input items. */
export function pollParameters(node: IPollFunctions): Parameters {
	const getNodeParameter = (name: string, _itemIndex: number, fallback?: unknown): unknown => node.getNodeParameter(name, fallback);
	return new Parameters({ getNodeParameter } as unknown as Pick<IExecuteFunctions, 'getNodeParameter'>, 0);
}
