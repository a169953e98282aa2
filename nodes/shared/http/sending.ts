import { isFromBetween, serverMessage } from './serverMessage';
import type { ConnectRequest, ConnectResponse } from './transport';

/** How a request was sent. */
export interface Sending {
	readonly attempts: number;
	/** Whether a write of which an earlier attempt got no clear answer may have been done by it. */
	readonly mayHaveActed: boolean;
}

/** A gateway that gave up or disliked the answer, or a server that broke down, may do so after the write went through. */
export function isAmbiguous({ method }: ConnectRequest, response: ConnectResponse): boolean {
	const { status } = response;
	return method !== 'GET' && (status === 408 || status >= 500 || isFromBetween(response, serverMessage(response)));
}
