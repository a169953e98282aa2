import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { authenticateEventsRequest } from '../nodes/shared/eventsApi/eventsCredential';
import { toPlainError } from '../nodes/shared/n8n/errors/plainError';

const NOT_EVENTS = 'The answer is not one of the 1Password Events API. Check whether a proxy between n8n and 1Password answers in its place.';

export class OnePasswordEventsApi implements ICredentialType {
	name = 'onePasswordEventsApi';

	displayName = '1Password Events API';

	icon = {
		light: 'file:../nodes/OnePassword/onePassword.svg',
		dark: 'file:../nodes/OnePassword/onePassword.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-1password-connect/n8n-nodes-1password-connect#events-api';

	/** The token reads who did what in the whole account: no other node may use it. */
	restrictToSupportedNodes = true as const;

	/** The token goes to the server of 1Password that it names, so a list of other hosts to allow would promise something else. */
	hideDomainRestrictionFields = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Bearer Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Token of an Events Reporting integration of 1Password Business. Include only the events that the workflows need.',
		},
		{
			displayName: 'Server',
			name: 'server',
			type: 'options',
			default: 'fromToken',
			description: 'Where the account is hosted. A token tells it itself, unless it is an old one.',
			options: [
				{ name: '1password.ca', value: 'events.1password.ca' },
				{ name: '1password.com', value: 'events.1password.com' },
				{ name: '1password.com (Enterprise)', value: 'events.ent.1password.com' },
				{ name: '1password.eu', value: 'events.1password.eu' },
				{ name: 'From Token', value: 'fromToken' },
			],
		},
	];

	async authenticate(credentials: ICredentialDataDecryptedObject, requestOptions: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		try {
			return authenticateEventsRequest(credentials, requestOptions);
		} catch (error) {
			throw toPlainError(error);
		}
	}

	test: ICredentialTestRequest = {
		request: {
			url: '/api/v2/auth/introspect',
			disableFollowRedirect: true,
			headers: { Accept: 'application/json' },
		},
		rules: [
			...[301, 302, 303, 307, 308].map((value) => whenStatus(value, NOT_EVENTS)),
			whenStatus(400, '1Password does not understand the token. Copy it again, as a whole.'),
			whenStatus(401, '1Password refuses the token. Check that it has not expired or been revoked.'),
			whenStatus(403, '1Password refuses the token. Issue a new one for the Events Reporting integration.'),
			whenStatus(404, NOT_EVENTS),
			whenStatus(429, 'The token has used up its requests for now. Test it again in a minute.'),
			...[500, 502, 503, 504].map((value) => whenStatus(value, '1Password could not answer at the moment. Test the credential again later.')),
			whenBody('uuid', undefined, NOT_EVENTS),
			whenBody('features', undefined, NOT_EVENTS),
			whenBody('features.length', 0, 'The token is valid but may read no events. Issue one that includes some.'),
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}

function whenStatus(value: number, message: string): object {
	return { type: 'responseCode', properties: { value, message } };
}

function whenBody(key: string, value: unknown, message: string): object {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}
