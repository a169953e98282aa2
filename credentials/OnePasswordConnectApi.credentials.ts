import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { authenticateConnectRequest } from '../nodes/shared/connect/credential/authenticate';
import { EFFECTS } from '../nodes/shared/n8n/process/effects';
import { requireUnexpired } from '../nodes/shared/core/server/tokenInfo';
import { toPlainError } from '../nodes/shared/n8n/errors/plainError';
import {
	allowedVaultsProperty,
	gatewayProperties,
	readOnlyProperty,
	serverUrlProperty,
	tlsProperties,
} from '../nodes/shared/n8n/credentialForms/connectServer';

const SEES_NO_VAULT = "The token is valid but can't access any vaults. Issue one with access to the vaults that your workflows need.";

const NOT_CONNECT =
	'The response did not come from 1Password Connect. Check the Server URL: it must be the address of the Connect API server, not of 1Password.com.';

/** Every printable character except the first one of a JSON array. */
const OTHER_BEGINNINGS = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter((character) => character !== '[');

const REDIRECTS = 'The server redirects. Enter the final address, using https if the server requires it.';

export class OnePasswordConnectApi implements ICredentialType {
	name = 'onePasswordConnectApi';

	displayName = '1Password Connect API';

	icon = {
		light: 'file:../nodes/OnePassword/onePassword.svg',
		dark: 'file:../nodes/OnePassword/onePassword.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-1password-connect/n8n-nodes-1password-connect#credential';

	/** The token gives access to vaults, so no other node may use it. HTTP Request could send it anywhere. */
	restrictToSupportedNodes = true as const;

	/** The token is only sent to the Server URL, so a list of allowed hosts would be misleading. */
	hideDomainRestrictionFields = true as const;

	properties: INodeProperties[] = [
		serverUrlProperty,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Access token for this Connect server. Grant it only the vaults that your workflows need, and write access only where they write.',
		},
		allowedVaultsProperty,
		readOnlyProperty,
		...gatewayProperties,
		...tlsProperties,
	];

	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		try {
			// Only the test below uses a path without a host.
			if (requestOptions.url.startsWith('/')) requireUnexpired(String(credentials.accessToken ?? ''), EFFECTS.now());
			return authenticateConnectRequest(credentials, requestOptions);
		} catch (error) {
			throw toPlainError(error);
		}
	}

	/**
	 * Reads the list of vaults as text, because n8n's rules only check single properties of a response. The first character
	 * distinguishes JSON from another server's page, and the length distinguishes an empty list from one with vaults.
	 */
	test: ICredentialTestRequest = {
		request: {
			url: '/v1/vaults',
			encoding: 'text',
			disableFollowRedirect: true,
			headers: { Accept: 'application/json' },
		},
		rules: [
			...[301, 302, 303, 307, 308].map((value) => whenStatus(value, REDIRECTS)),
			whenStatus(
				401,
				'The token was refused. Check that it belongs to this Connect server and has not expired or been revoked. If there is a login proxy or firewall in front of the server, check that it lets n8n through.',
			),
			whenStatus(
				403,
				'The request was refused. Check that a login proxy or firewall in front of the Connect server lets n8n through; otherwise issue a new token.',
			),
			whenStatus(407, 'A proxy requires its own credentials. Check the proxy settings of n8n.'),
			whenStatus(404, NOT_CONNECT),
			whenStatus(405, NOT_CONNECT),
			whenStatus(400, 'The server does not understand the request. Does it require https instead of http?'),
			...[502, 503, 504].map((value) => whenStatus(value, 'A proxy responds, but the Connect server behind it does not.')),
			...[...OTHER_BEGINNINGS, undefined].map((value) => whenBody('0', value, NOT_CONNECT)),
			// "[]", with or without a line break
			...[2, 3].map((value) => whenBody('length', value, SEES_NO_VAULT)),
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}

function whenStatus(value: number, message: string): object {
	return { type: 'responseCode', properties: { value, message } };
}

function whenBody(key: string, value: unknown, message: string): object {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}
