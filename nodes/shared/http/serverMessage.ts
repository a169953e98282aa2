/** Reads bodies: JSON where Connect sends it, and the message of Connect's `{status, message}` errors. */

import { isObject } from '../core/json';
import type { ConnectResponse } from './transport';

/** @returns the parsed body, or `undefined` where it is not JSON: a proxy's page, or a broken answer. */
export function parseJson(response: ConnectResponse): unknown {
	try {
		return JSON.parse(response.body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * @returns the message of a Connect error, which is `{status, message}` with the status of the answer; `undefined` for
 * anything else. Gateways put other members beside such a message (`error`, `path`, `timestamp`), or leave the status out.
 */
export function serverMessage(response: ConnectResponse): string | undefined {
	const body = parseJson(response);
	if (!isObject(body) || body.status !== response.status || Object.keys(body).length > 2) return undefined;
	return typeof body.message === 'string' ? body.message : undefined;
}

/** Clear in any form: a wrong address leads to another server (404, 405), and limits are for anyone to set. */
const CLEAR_FROM_ANYONE: ReadonlySet<number> = new Set([404, 405, 413, 429]);

/**
 * @param said what the service says in the answer, in its own form.
 * @returns whether something between n8n and the service answered: a login proxy, a firewall, a gateway without its server.
 * It is no verdict on the token or the request, and nobody knows whether the request was passed on.
 */
export function isFromBetween({ status }: Pick<ConnectResponse, 'status'>, said: string | undefined): boolean {
	return said === undefined && status > 400 && !CLEAR_FROM_ANYONE.has(status);
}
