/** The two halves of the credential for HTTP requests: reading the secret, and putting it into the request. */

import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { requireAllowedUrl, requireConnectHost } from '../../connect/secrets/allowedHosts';
import { authenticateConnectRequest, guardTransport, readConnectCredential } from '../../connect/credential/authenticate';
import { ConnectClient } from '../../connect/client/connectClient';
import { readHttpSecretSettings, resolveHttpSecret, type HttpSecret, type HttpSecretSettings } from '../../connect/secrets/httpSecret';
import type { AccessRules } from '../../connect/credential/accessRules';
import { tlsOptions } from '../../http/settings/tlsSettings';
import { outcomeOf } from '../../async/outcome';
import { RunReads } from '../../connect/run/runReads';
import { invalidInput } from '../../core/errors/onePasswordError';
import { EFFECTS } from '../process/effects';
import { FETCHED_SECRETS, SECRET_CACHE } from '../process/processState';
import { SECRET_HTTP_CREDENTIAL } from '../services/credentialNames';
import { DEFAULT_TIMEOUT_MS, makeHttpTransport } from '../services/httpTransport';
import { logSecretFailure } from './secretFailureLog';
import { PACKAGE } from '../services/userAgent';

type Credentials = ICredentialDataDecryptedObject;

/** @throws OnePasswordError */
export async function fetchSecret({ helpers }: IHttpRequestHelper, credentials: Credentials): Promise<void> {
	const before = FETCHED_SECRETS.get(credentials);
	FETCHED_SECRETS.delete(credentials);
	if (before?.ok === false) throw before.error;
	const outcome = await outcomeOf(readSecret(helpers, credentials, before?.value));
	if (!outcome.ok) logSecretFailure(credentials, outcome.error);
	// A failure to read it again would take the place of what the API has answered.
	FETCHED_SECRETS.set(credentials, outcome.ok ? outcome : (before ?? outcome));
	if (!outcome.ok && before === undefined) throw outcome.error;
}

/**
 * @returns a copy with the secret in it: what the caller holds is shown in the editor, and saved with errors.
 * @throws OnePasswordError INVALID_INPUT for a request to a host that is not allowed.
 */
export function authenticateWithSecret(credentials: Credentials, request: IHttpRequestOptions): IHttpRequestOptions {
	const { server, tls, extraHeaders } = readConnectCredential(credentials);
	const url = completeUrl(request, server);
	// The credential's own test: the Connect server does not get the secret.
	if (url === `${server}/heartbeat`) {
		return {
			...request,
			url,
			baseURL: undefined,
			headers: { ...request.headers, ...extraHeaders },
			ignoreHttpStatusErrors: true,
			...tlsOptions(tls, request.agentOptions),
		};
	}
	requireAllowedUrl(credentials, url);
	const { headers, query } = secretOf(credentials);
	return {
		...request,
		headers: withHeaders(request.headers, headers),
		...(query && { qs: { ...request.qs, ...query } }),
		sendCredentialsOnCrossOriginRedirect: false,
		...(!mayFollowRedirects(credentials, request, headers) && STAY),
	};
}

/** @returns a key that is the same only for the same server, token and settings, and reveals none of them. */
export function cacheKeyOf(server: string, token: string, settings: HttpSecretSettings & Partial<AccessRules>): string {
	return createHash('sha256')
		.update(JSON.stringify([server, token, settings]))
		.digest('base64');
}

async function readSecret(helpers: IHttpRequestHelper['helpers'], credentials: Credentials, failed: HttpSecret | undefined): Promise<HttpSecret> {
	const settings = readHttpSecretSettings(credentials);
	const connect = readConnectCredential(credentials);
	const { server, token, access } = connect;
	requireConnectHost(credentials, server);
	const key = cacheKeyOf(server, token, { ...settings, allowedVaults: access.allowedVaults });
	if (failed !== undefined) SECRET_CACHE.drop(key, failed);
	return await SECRET_CACHE.get(key, async () => {
		const send = async (options: IHttpRequestOptions): Promise<unknown> =>
			(await helpers.httpRequest(authenticateConnectRequest(credentials, options))) as unknown;
		const userAgent = `${PACKAGE} (credential=${SECRET_HTTP_CREDENTIAL})`;
		const transport = makeHttpTransport(send, { serverUrl: server, userAgent, timeoutMs: DEFAULT_TIMEOUT_MS });
		const client = new ConnectClient(guardTransport(transport, connect), EFFECTS);
		return await resolveHttpSecret({ client, effects: EFFECTS, reads: new RunReads(client), expectMany: false }, settings);
	});
}

function secretOf(credentials: Credentials): HttpSecret {
	const outcome = FETCHED_SECRETS.get(credentials);
	if (outcome?.ok) return outcome.value;
	throw invalidInput(
		'This n8n did not ask the credential for its secret before the request.',
		'Use the HTTP Request or the GraphQL node of n8n 2.8 or newer.',
	);
}

/** Names of headers differ in case only for JavaScript. */
function withHeaders(given: IDataObject = {}, added: HttpSecret['headers'] = {}): IDataObject {
	const names = new Set(Object.keys(added).map((name) => name.toLowerCase()));
	return { ...Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name.toLowerCase()))), ...added };
}

/** Of n8n's present helper, and of its former one. */
const STAY: object = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false };

/**
 * n8n re-sends a header to wherever a redirect leads, but for Authorization, and that to hosts below the first one. Servers
 * put the query of a request into the address they redirect it to. Where the node hands on the allowed domains, n8n holds each
 * redirect against them.
 */
function mayFollowRedirects({ allowedHttpRequestDomains }: Credentials, request: IHttpRequestOptions, headers: HttpSecret['headers']): boolean {
	if (request.allowedDomains !== undefined) return true;
	return allowedHttpRequestDomains === 'all' && (headers === undefined || 'Authorization' in headers);
}

/** As axios completes it. The HTTP Request node still uses n8n's former helper, whose options call the address `uri`. */
function completeUrl(request: IHttpRequestOptions & { uri?: unknown }, server: string): string {
	const url = String(request.url ?? request.uri ?? '');
	if (url === '/heartbeat' && !request.baseURL) return `${server}${url}`;
	return request.baseURL && !/^([a-z][a-z\d+.-]*:)?\/\//i.test(url)
		? `${String(request.baseURL).replace(/\/+$/, '')}/${url.replace(/^\/+/, '')}`
		: url;
}
