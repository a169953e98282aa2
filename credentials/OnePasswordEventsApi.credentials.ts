import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { authenticateEventsRequest } from '../nodes/shared/eventsApi/eventsCredential';
import { toPlainError } from '../nodes/shared/n8n/errors/plainError';

const NOT_EVENTS = 'The response did not come from the 1Password Events API. Check whether a proxy between n8n and 1Password responds in its place.';

export class OnePasswordEventsApi implements ICredentialType {
	name = 'onePasswordEventsApi';

	displayName = '1Password Events API';

	icon = {
		light: 'file:../nodes/OnePassword/onePassword.svg',
		dark: 'file:../nodes/OnePassword/onePassword.dark.svg',
	} as const;

	documentationUrl = 'https://github.com/n8n-nodes-1password-connect/n8n-nodes-1password-connect#events-api';

	/** The token can read all activity in the account, so no other node may use it. */
	restrictToSupportedNodes = true as const;

	/** The token is only sent to the 1Password server that it names, so a list of allowed hosts would be misleading. */
	hideDomainRestrictionFields = true as const;

	properties: INodeProperties[] = [
		{
			displayName: 'Bearer Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Token of an Events Reporting integration in 1Password Business. Include only the events that your workflows need.',
		},
		{
			displayName: 'Server',
			name: 'server',
			type: 'options',
			default: 'fromToken',
			description: "Where the account is hosted. Only old tokens don't contain this information.",
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
			whenStatus(400, '1Password does not recognize the token. Copy the complete token again.'),
			whenStatus(401, '1Password refuses the token. Check that it has not expired or been revoked.'),
			whenStatus(403, '1Password refuses the token. Issue a new one for the Events Reporting integration.'),
			whenStatus(404, NOT_EVENTS),
			whenStatus(429, 'The token has reached its request limit. Test it again in a minute.'),
			...[500, 502, 503, 504].map((value) => whenStatus(value, '1Password is temporarily unavailable. Test the credential again later.')),
			whenBody('uuid', undefined, NOT_EVENTS),
			whenBody('features', undefined, NOT_EVENTS),
			whenBody('features.length', 0, "The token is valid but can't read any events. Issue one that includes at least one event type."),
		] as NonNullable<ICredentialTestRequest['rules']>,
	};
}

function whenStatus(value: number, message: string): object {
	return { type: 'responseCode', properties: { value, message } };
}

function whenBody(key: string, value: unknown, message: string): object {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}
