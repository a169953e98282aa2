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

const SEES_NO_VAULT = 'The token is valid but sees no vault. Issue one with access to the vaults the workflows need.';

const NOT_CONNECT =
	'The server answered, but not as 1Password Connect does. Check the Server URL: it is the address of the Connect API server, not of 1Password.com.';

/** Every printable character but the one that a JSON list begins with. */
const OTHER_BEGINNINGS = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter((character) => character !== '[');

const REDIRECTS = 'The server redirects. Enter the final address, with https if the server wants it.';

export class OnePasswordConnectApi implements ICredentialType {
	name = 'onePasswordConnectApi';

	displayName = '1Password Connect API';

	icon = {
		light: 'file:../nodes/OnePassword/onePassword.svg',
		dark: 'file:../nodes/OnePassword/onePassword.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-1password-connect/n8n-nodes-1password-connect#credential';

	/** The token opens vaults: no other node may use it, and HTTP Request could send it anywhere. */
	restrictToSupportedNodes = true as const;

	/** The token goes to the Server URL alone, so a list of other hosts to allow would promise something else. */
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
			description: 'Token of this Connect server. Grant it only the vaults that the workflows need, and write access only where they write.',
		},
		allowedVaultsProperty,
		readOnlyProperty,
		...gatewayProperties,
		...tlsProperties,
	];

	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		try {
			// Only the test below asks by a path alone.
			if (requestOptions.url.startsWith('/')) requireUnexpired(String(credentials.accessToken ?? ''), EFFECTS.now());
			return authenticateConnectRequest(credentials, requestOptions);
		} catch (error) {
			throw toPlainError(error);
		}
	}

	/**
	 * Reads the list of vaults as text, since n8n's rules look at single members of an answer: the first character tells
	 * JSON from a page of some other server, and the length an empty list from one with vaults.
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
				'The token was refused. Check that it belongs to this Connect server and has not expired or been revoked. If a login proxy or firewall stands in front of the server, check that it lets n8n through.',
			),
			whenStatus(
				403,
				'The request was refused. Check that a login proxy or firewall in front of the Connect server lets n8n through; otherwise issue a new token.',
			),
			whenStatus(407, 'A proxy asks for credentials of its own. Check the proxy settings of n8n.'),
			whenStatus(404, NOT_CONNECT),
			whenStatus(405, NOT_CONNECT),
			whenStatus(400, 'The server does not understand the request. Does it want https instead of http?'),
			...[502, 503, 504].map((value) => whenStatus(value, 'A proxy answers, but the Connect server behind it does not.')),
			...[...OTHER_BEGINNINGS, undefined].map((value) => whenBody('0', value, NOT_CONNECT)),
			// "[]", with or without a line end
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
