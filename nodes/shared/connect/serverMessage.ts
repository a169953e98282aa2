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

/** @returns the message of a Connect error, or `undefined` where the answer has not that form. */
export function serverMessage(response: ConnectResponse): string | undefined {
	const body = parseJson(response);
	return isObject(body) && typeof body.message === 'string' ? body.message : undefined;
}
