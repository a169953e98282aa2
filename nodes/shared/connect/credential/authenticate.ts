/**
 * Adds the token, the extra headers and the TLS settings of the credential to a request, and refuses a request to anywhere
 * but the server that the token belongs to: older releases of n8n let any node use any credential.
 */

import { invalidInput } from '../../core/errors/onePasswordError';
import { guardAccess, readAccessRules, type AccessRules } from './accessRules';
import { readExtraHeaders } from '../../http/settings/extraHeaders';
import { limitResponses, readMaxResponseBytes } from '../../http/settings/responseLimit';
import { normaliseServerUrl } from './serverUrl';
import type { Transport } from '../../http/transport';
import { readTlsSettings, tlsOptions, type TlsCredential, type TlsSettings } from '../../http/settings/tlsSettings';

export interface ConnectCredential extends TlsCredential {
	readonly serverUrl?: unknown;
	readonly accessToken?: unknown;
	readonly extraHeaders?: unknown;
	readonly allowedVaults?: unknown;
	readonly readOnly?: unknown;
	/** Megabytes. */
	readonly maxResponseSize?: unknown;
}

interface OutgoingRequest {
	readonly url?: string;
	readonly headers?: object;
	readonly agentOptions?: object;
}

export interface UsableCredential {
	/** Normalised URL. */
	readonly server: string;
	readonly token: string;
	readonly tls: TlsSettings;
	readonly extraHeaders: Readonly<Record<string, string>>;
	readonly access: AccessRules;
	readonly maxResponseBytes: number;
}

/** @throws OnePasswordError INVALID_INPUT for a setting that can't be used. */
export function readConnectCredential(credential: ConnectCredential): UsableCredential {
	return {
		server: normaliseServerUrl(String(credential.serverUrl ?? '')),
		token: readToken(credential),
		tls: readTlsSettings(credential),
		extraHeaders: readExtraHeaders(String(credential.extraHeaders ?? '')),
		access: readAccessRules(credential),
		maxResponseBytes: readMaxResponseBytes(credential.maxResponseSize),
	};
}

/** @throws OnePasswordError INVALID_INPUT for a request to another server, or a credential that can't be used. */
export function authenticateConnectRequest<Request extends OutgoingRequest>(credential: ConnectCredential, request: Request): Request {
	const { server, token, tls, extraHeaders } = readConnectCredential(credential);
	const url = request.url?.startsWith('/') ? `${server}${request.url}` : (request.url ?? '');
	if (!url.startsWith(`${server}/`) || isOutside(url, server)) {
		throw invalidInput(
			'The request goes to a different server than the one the access token belongs to.',
			"Use this credential with the 1Password nodes only, and check its 'Server URL'.",
		);
	}
	return {
		...request,
		url,
		baseURL: undefined,
		headers: { ...request.headers, ...extraHeaders, Authorization: `Bearer ${token}` },
		...tlsOptions(tls, request.agentOptions),
	};
}

/** @returns the transport within what the credential allows. */
export function guardTransport(transport: Transport, { access, maxResponseBytes }: UsableCredential): Transport {
	return guardAccess(limitResponses(transport, maxResponseBytes), access);
}

/** Dot segments could lead out of the base path. */
function isOutside(url: string, server: string): boolean {
	return !new URL(url).href.startsWith(new URL(`${server}/`).href);
}

function readToken({ accessToken }: ConnectCredential): string {
	const token = String(accessToken ?? '').trim();
	if (/^[\x21-\x7e]+$/.test(token)) return token;
	throw invalidInput("The 'Access Token' of the credential is empty or contains characters that no token has.", 'Paste the whole token on one line.');
}
