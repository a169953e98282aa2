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
			displayName: 'For the HTTP Request and GraphQL nodes: the secret is read from 1Password when a request is made, and is not stored in n8n.',
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
			description: "Access token for this Connect server that can only read the secret's vault",
		},
		{
			displayName: 'Secret Reference',
			name: 'reference',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. op://Production/Payments API/credential',
			description: 'The location of the secret: op://vault/item/field, or text with several references in the form {{ op://vault/item/field }}',
		},
		...placementProperties,
		{
			displayName: 'Drop Trailing Line Break',
			name: 'dropTrailingLineBreak',
			type: 'boolean',
			default: false,
			description:
				'Whether to remove one line break from the end of the value. Notes and text files often have one. Otherwise, such a value is refused.',
		},
		{
			displayName: 'Cache Time',
			name: 'cacheSeconds',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 3600 },
			default: 60,
			description:
				'Seconds to keep the secret in memory, so that several requests need only one read. A failed request removes it. 0 turns caching off.',
		},
		...domainProperties,
		allowedVaultsProperty,
		...gatewayProperties,
		...tlsProperties,
		{
			// Always empty, which makes n8n call preAuthentication for each request.
			displayName: 'Session',
			name: 'session',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
	];

	/** Fetches the secret and keeps it only in memory. Returns nothing, because n8n would store it. */
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

	/** Any response is fine: the secret has been found before the request is sent. */
	test: ICredentialTestRequest = {
		request: { url: '/heartbeat', encoding: 'text', disableFollowRedirect: true },
	};
}
