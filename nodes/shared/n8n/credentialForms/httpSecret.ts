/** Fields of the credential for HTTP requests: how the secret goes with a request, and where it may go. */

import type { INodeProperties } from 'n8n-workflow';

export const placementProperties: INodeProperties[] = [
	{
		displayName: 'Send As',
		name: 'sendAs',
		type: 'options',
		default: 'bearer',
		description: 'How the secret goes with the request',
		options: [
			{ name: 'Basic Auth', value: 'basic', description: 'As the password, with a user name' },
			{ name: 'Bearer Token', value: 'bearer', description: 'In the header Authorization' },
			{
				name: 'Header',
				value: 'header',
				description: 'In a header of your choice. Redirects are followed only where n8n keeps them to the allowed domains.',
			},
			{
				name: 'Query Parameter',
				value: 'query',
				description: 'In the URL, which servers and proxies write into their logs: only where nothing else works',
			},
		],
	},
	{
		displayName: 'User Name',
		name: 'username',
		type: 'string',
		default: '',
		placeholder: 'e.g. op://Production/Payments API/username',
		description: 'A text or a secret reference',
		displayOptions: { show: { sendAs: ['basic'] } },
	},
	{
		displayName: 'Header Name',
		name: 'headerName',
		type: 'string',
		default: 'X-API-Key',
		displayOptions: { show: { sendAs: ['header'] } },
	},
	{
		displayName: 'Parameter Name',
		name: 'queryName',
		type: 'string',
		default: '',
		placeholder: 'e.g. api_key',
		displayOptions: { show: { sendAs: ['query'] } },
	},
];

/** n8n has fields of these names for every credential, which allow all domains unless somebody thinks of them. */
export const domainProperties: INodeProperties[] = [
	{
		displayName: 'Allowed HTTP Request Domains',
		name: 'allowedHttpRequestDomains',
		type: 'options',
		default: 'domains',
		description: 'Where the secret may be sent to',
		options: [
			{ name: 'All', value: 'all', description: 'Anywhere: whoever may use the credential can send the secret to a server of theirs' },
			{ name: 'None', value: 'none' },
			{ name: 'Specific Domains', value: 'domains' },
		],
	},
	{
		displayName: 'Allowed Domains',
		name: 'allowedDomains',
		type: 'string',
		default: '',
		placeholder: 'e.g. api.example.com, connect.example.com',
		description:
			'Hosts of the APIs that the secret is for, and the host of the Connect server, separated by commas; *.example.com stands for every host below it',
		displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
	},
];
