/** The server's URL as people paste it: with a trailing slash, with `/v1`, below a path. */

import { invalidInput, type OnePasswordError } from '../../core/errors/onePasswordError';

/**
 * @returns scheme, host, port and base path, without trailing slash and without `/v1`.
 * @throws OnePasswordError INVALID_INPUT if it is not an absolute http or https URL, or carries a user, query or fragment.
 */
export function normaliseServerUrl(text: string): string {
	const url = parse(text.trim());
	if (url === undefined || !/^https?:$/.test(url.protocol)) throw refuse('is not an http or https URL');
	if (url.username || url.password) throw refuse('contains a user name or password');
	if (url.search || url.hash) throw refuse('contains a query or a fragment');
	const basePath = url.pathname.replace(/(\/+v1)*\/*$/, '');
	return `${url.origin}${basePath}`;
}

function parse(text: string): URL | undefined {
	try {
		return new URL(text);
	} catch {
		return undefined;
	}
}

function refuse(why: string): OnePasswordError {
	return invalidInput(`The 'Server URL' of the credential ${why}.`, 'Enter it in the form https://connect.example.com or http://localhost:8080.');
}
