/** Fields of the credential for HTTP requests: how the secret is sent, and where it may be sent. */

import type { INodeProperties } from 'n8n-workflow';

export const placementProperties: INodeProperties[] = [
	{
		displayName: 'Send As',
		name: 'sendAs',
		type: 'options',
		default: 'bearer',
		description: 'How to send the secret with the request',
		options: [
			{ name: 'Basic Auth', value: 'basic', description: 'As the password, with a user name' },
			{ name: 'Bearer Token', value: 'bearer', description: 'In the Authorization header' },
			{
				name: 'Header',
				value: 'header',
				description: 'In a header of your choice. Redirects are followed only if n8n limits them to the allowed domains.',
			},
			{
				name: 'Query Parameter',
				value: 'query',
				description: 'In the URL, which servers and proxies write to their logs. Use this only if nothing else works.',
			},
		],
	},
	{
		displayName: 'User Name',
		name: 'username',
		type: 'string',
		default: '',
		placeholder: 'e.g. op://Production/Payments API/username',
		description: 'Text or a secret reference',
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

/** n8n adds fields with these names to every credential, and they allow all domains by default. */
export const domainProperties: INodeProperties[] = [
	{
		displayName: 'Allowed HTTP Request Domains',
		name: 'allowedHttpRequestDomains',
		type: 'options',
		default: 'domains',
		description: 'Where the secret can be sent',
		options: [
			{ name: 'All', value: 'all', description: 'Anywhere: anyone who can use the credential can send the secret to their own server' },
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
		description: 'Comma-separated hosts of the APIs that the secret is for and of the Connect server; *.example.com matches all subdomains',
		displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
	},
];
