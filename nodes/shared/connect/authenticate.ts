/**
 * Adds the token and the TLS settings of the credential to a request, and refuses a request to anywhere but the server
 * that the token belongs to: older releases of n8n let any node use any credential.
 */

import { invalidInput } from '../core/onePasswordError';
import { normaliseServerUrl } from './serverUrl';

export interface ConnectCredential {
	readonly serverUrl?: unknown;
	readonly accessToken?: unknown;
	readonly caCertificate?: unknown;
	readonly ignoreSslIssues?: unknown;
}

interface HttpRequest {
	readonly url?: string;
	readonly headers?: object;
	readonly agentOptions?: object;
}

interface UsableCredential {
	/** Normalised URL. */
	readonly server: string;
	readonly token: string;
	/** PEM text; none = the public authorities. */
	readonly ca?: string;
	readonly ignoreSslIssues: boolean;
}

/** @throws OnePasswordError INVALID_INPUT for a server URL or a token that can't be one. */
export function readConnectCredential(credential: ConnectCredential): UsableCredential {
	const ca = String(credential.caCertificate ?? '').trim();
	return {
		server: normaliseServerUrl(String(credential.serverUrl ?? '')),
		token: readToken(credential),
		ignoreSslIssues: credential.ignoreSslIssues === true,
		...(ca !== '' && { ca: restoreLines(ca) }),
	};
}

/** @throws OnePasswordError INVALID_INPUT for a request to another server, or a credential that can't be used. */
export function authenticateConnectRequest<Request extends HttpRequest>(
	credential: ConnectCredential,
	request: Request,
): Request {
	const { server, token, ca, ignoreSslIssues } = readConnectCredential(credential);
	const url = request.url?.startsWith('/') ? `${server}${request.url}` : (request.url ?? '');
	if (!url.startsWith(`${server}/`) || isOutside(url, server)) {
		throw invalidInput(
			'The request goes to another server than the one the access token belongs to.',
			"Use this credential with the 1Password nodes only, and check its 'Server URL'.",
		);
	}
	return {
		...request,
		url,
		baseURL: undefined,
		headers: { ...request.headers, Authorization: `Bearer ${token}` },
		...(ca !== undefined && { agentOptions: { ...request.agentOptions, ca } }),
		...(ignoreSslIssues && { skipSslCertificateValidation: true }),
	};
}

/** Dot segments could lead out of the base path. */
function isOutside(url: string, server: string): boolean {
	return !new URL(url).href.startsWith(new URL(`${server}/`).href);
}

function readToken({ accessToken }: ConnectCredential): string {
	const token = String(accessToken ?? '').trim();
	if (/^[\x21-\x7e]+$/.test(token)) return token;
	throw invalidInput(
		"The 'Access Token' of the credential is empty or holds characters that no token has.",
		'Paste the whole token on one line.',
	);
}

/** A password field of one line turns the line ends of a pasted certificate into spaces. */
function restoreLines(pem: string): string {
	return pem.includes('\n')
		? pem
		: pem.replace(/-----(BEGIN|END) CERTIFICATE-----/g, (line) => line.replace(/ /g, '\u0000'))
				.replace(/\s+/g, '\n')
				.replace(/\u0000/g, ' ');
}
