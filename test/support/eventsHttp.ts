/** n8n's HTTP helper for a node under test: the credential authenticates, and the test knows where the server of 1Password is. */

import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { OnePasswordEventsApi } from '../../credentials/OnePasswordEventsApi.credentials';
import type { EventsEmulator } from '../emulators/events';

/** @param sent gets what the credential let go, before it was led to the emulator. */
export function eventsHttp(
	emulator: EventsEmulator,
	credential: ICredentialDataDecryptedObject,
	sent: IHttpRequestOptions[] = [],
): (options: IHttpRequestOptions) => Promise<object> {
	return async (options) => {
		const request = await new OnePasswordEventsApi().authenticate(credential, options);
		sent.push(request);
		const { pathname } = new URL(request.url);
		const response = await fetch(`${emulator.url}${pathname}`, {
			method: request.method ?? 'GET',
			headers: request.headers as Record<string, string>,
			...(request.body !== undefined && { body: String(request.body) }),
		});
		return {
			statusCode: response.status,
			headers: Object.fromEntries(response.headers),
			body: Buffer.from(await response.arrayBuffer()),
		};
	};
}
