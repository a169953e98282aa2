import type { IExecuteFunctions, IGetNodeParameterOptions, IPollFunctions } from 'n8n-workflow';

import { NodeParameters } from './nodeParameters';

/** @returns the parameters of a polling trigger, which has no input items. */
export function pollParameters(node: IPollFunctions): NodeParameters {
	const getNodeParameter = (name: string, _itemIndex: number, fallback?: unknown, options?: IGetNodeParameterOptions): unknown =>
		node.getNodeParameter(name, fallback, options);
	return new NodeParameters({ getNodeParameter } as unknown as Pick<IExecuteFunctions, 'getNodeParameter'>, 0);
}
