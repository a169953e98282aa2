import type { IAllExecuteFunctions, IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import type { Transport } from '../../http/transport';
import { makeHttpTransport, type TransportOptions } from './httpTransport';

export const CONNECT_CREDENTIAL = 'onePasswordConnectApi';

export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/** @returns the transport of a node: n8n asks the credential to add the token to each request. */
export function makeConnectTransport(context: NodeContext, options: TransportOptions): Transport {
	return makeHttpTransport(
		async (request) =>
			(await context.helpers.httpRequestWithAuthentication.call(context as IAllExecuteFunctions, CONNECT_CREDENTIAL, request)) as unknown,
		options,
	);
}
