/** Reads the bodies of answers. */

import { isObject } from '../core/json';
import type { HttpResponse } from './transport';

/** @returns the parsed body, or `undefined` if it is not JSON: a proxy's page, or a broken answer. */
export function parseJson(response: HttpResponse): unknown {
	try {
		return JSON.parse(response.body.toString('utf8')) as unknown;
	} catch {
		return undefined;
	}
}

/**
 * @returns the message of an error `{status, message}` with the status of the answer; `undefined` for any other form.
 * Gateways add other members to such a message (`error`, `path`, `timestamp`), or leave the status out.
 */
export function statusMessage(response: HttpResponse): string | undefined {
	const body = parseJson(response);
	if (!isObject(body) || body.status !== response.status || Object.keys(body).length > 2) return undefined;
	return typeof body.message === 'string' ? body.message : undefined;
}
