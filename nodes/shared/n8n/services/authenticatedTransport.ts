import type { IAllExecuteFunctions, IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

import type { Transport } from '../../http/transport';
import { makeHttpTransport, type TransportOptions } from './httpTransport';

export type NodeContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

/**
 * @param credential type of the credential that n8n asks to add the token to each request.
 * @returns the transport of a node to the service of that credential.
 */
export function makeAuthenticatedTransport(context: NodeContext, credential: string, options: TransportOptions): Transport {
	return makeHttpTransport(
		async (request) => (await context.helpers.httpRequestWithAuthentication.call(context as IAllExecuteFunctions, credential, request)) as unknown,
		options,
	);
}
