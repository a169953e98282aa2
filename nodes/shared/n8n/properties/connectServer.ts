/** Fields of every credential that names a Connect server. */

import type { INodeProperties } from 'n8n-workflow';

export const serverUrlProperty: INodeProperties = {
	displayName: 'Server URL',
	name: 'serverUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. http://localhost:8080',
	description: 'Address of the 1Password Connect API server, with its path where it has one',
};

export const tlsProperties: readonly INodeProperties[] = [
	{
		displayName: 'CA Certificate',
		name: 'caCertificate',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: '-----BEGIN CERTIFICATE-----',
		description:
			'Certificate of the private authority that signed the certificate of the Connect server, in PEM form. Leave empty for a public one.',
	},
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'ignoreSslIssues',
		type: 'boolean',
		default: false,
		description:
			'Whether to connect to the Connect server even if its certificate is not trusted. Anybody between n8n and the server can then read the token: use a CA certificate instead.',
	},
];
