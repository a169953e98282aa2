/** Fields of every credential with a Connect server. */

import type { INodeProperties } from 'n8n-workflow';

import { DEFAULT_MAX_RESPONSE_MB } from '../../http/settings/responseLimit';

export const serverUrlProperty: INodeProperties = {
	displayName: 'Server URL',
	name: 'serverUrl',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. http://localhost:8080',
	description: 'Address of the 1Password Connect API server, including its path if it has one',
};

export const allowedVaultsProperty: INodeProperties = {
	displayName: 'Allowed Vaults',
	name: 'allowedVaults',
	type: 'string',
	default: '',
	placeholder: 'e.g. Production, Staging',
	description:
		'Comma-separated names or IDs of the vaults that this credential can be used for. Leave empty to allow every vault the token can access.',
};

export const readOnlyProperty: INodeProperties = {
	displayName: 'Read-Only',
	name: 'readOnly',
	type: 'boolean',
	default: false,
	description: 'Whether to refuse all writes before they are sent, even if the token allows them',
};

export const gatewayProperties: readonly INodeProperties[] = [
	{
		displayName: 'Extra Headers',
		name: 'extraHeaders',
		type: 'string',
		typeOptions: { password: true, rows: 3 },
		default: '',
		placeholder: 'e.g. {"CF-Access-Client-Secret": "…"}',
		description:
			'Headers for a gateway in front of the Connect server, such as Cloudflare Access: a JSON object, or one "Name: value" per line. They are only sent to the Connect server.',
	},
	{
		displayName: 'Max Response Size',
		name: 'maxResponseSize',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: DEFAULT_MAX_RESPONSE_MB,
		description: 'Largest response to accept, in megabytes; 0 means no limit. Files can be as large as their item says.',
	},
];

export const tlsProperties: readonly INodeProperties[] = [
	{
		displayName: 'CA Certificate',
		name: 'caCertificate',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: '-----BEGIN CERTIFICATE-----',
		description:
			"Certificate of the private authority that signed the Connect server's certificate, in PEM form. Leave empty for a public authority.",
	},
	{
		displayName: 'Client Certificate',
		name: 'clientCertificate',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: '-----BEGIN CERTIFICATE-----',
		description: "For a server that requires client certificates (mTLS): n8n's certificate in PEM form, followed by any intermediate certificates",
	},
	{
		displayName: 'Client Private Key',
		name: 'clientKey',
		type: 'string',
		typeOptions: { password: true, rows: 4 },
		default: '',
		placeholder: '-----BEGIN PRIVATE KEY-----',
		description: 'Private key of the client certificate, in PEM form',
	},
	{
		displayName: 'Client Key Passphrase',
		name: 'clientKeyPassphrase',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Passphrase of the private key. Leave empty if the key is not encrypted.',
	},
	{
		displayName: 'Ignore SSL Issues (Insecure)',
		name: 'ignoreSslIssues',
		type: 'boolean',
		default: false,
		description:
			'Whether to connect to the Connect server even if its certificate is not trusted. Anyone between n8n and the server can then read the token: use a CA certificate instead.',
	},
];
