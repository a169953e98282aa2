import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { toPlainError } from '../nodes/shared/n8n/errors/plainError';
import { allowedVaultsProperty, gatewayProperties, serverUrlProperty, tlsProperties } from '../nodes/shared/n8n/credentialForms/connectServer';
import { domainProperties, placementProperties } from '../nodes/shared/n8n/credentialForms/httpSecret';
import { authenticateWithSecret, fetchSecret } from '../nodes/shared/n8n/secretHttp/secretHttp';

export class OnePasswordSecretHttpApi implements ICredentialType {
	name = 'onePasswordSecretHttpApi';

	displayName = '1Password Secret for HTTP Request API';

	icon = {
		light: 'file:../nodes/OnePassword/onePassword.svg',
		dark: 'file:../nodes/OnePassword/onePassword.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-1password-connect/n8n-nodes-1password-connect#secrets-for-http-requests';

	properties: INodeProperties[] = [
		{
			displayName: 'For the HTTP Request and GraphQL nodes: the secret is read from 1Password when a request is made, and stored nowhere in n8n.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		serverUrlProperty,
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Token of this Connect server that may read the vault of the secret, and nothing else',
		},
		{
			displayName: 'Secret Reference',
			name: 'reference',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. op://Production/Payments API/credential',
			description: 'Where the secret is: op://vault/item/field, or a text with several references in the form {{ op://vault/item/field }}',
		},
		...placementProperties,
		{
			displayName: 'Drop Trailing Line Break',
			name: 'dropTrailingLineBreak',
			type: 'boolean',
			default: false,
			description:
				'Whether to drop one line break at the end of the value, as notes and text files often have one. Otherwise such a value is refused.',
		},
		{
			displayName: 'Cache Time',
			name: 'cacheSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: 60,
			description: 'Seconds to keep the secret in memory, so that many requests need one read. A request that fails drops it. 0 keeps nothing.',
		},
		...domainProperties,
		allowedVaultsProperty,
		...gatewayProperties,
		...tlsProperties,
		{
			// Stays empty, which makes n8n call preAuthentication for each request.
			displayName: 'Session',
			name: 'session',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
	];

	/**
	 * Fetches the secret and leaves it in memory only. What is returned here n8n would store: nothing.
	 */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<{ session?: string }> {
		try {
			await fetchSecret(this, credentials);
			return {};
		} catch (error) {
			throw toPlainError(error);
		}
	}

	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		try {
			return authenticateWithSecret(credentials, requestOptions);
		} catch (error) {
			throw toPlainError(error);
		}
	}

	/** Any answer will do: before it is sent, the secret has been found. */
	test: ICredentialTestRequest = {
		request: { url: '/heartbeat', encoding: 'text', disableFollowRedirect: true },
	};
}
