import type { INodeProperties } from 'n8n-workflow';

/** Options of every operation that reads the log. */
export const batchOptions: readonly INodeProperties[] = [
	{
		displayName: 'Ignore Own Requests',
		name: 'ignoreOwn',
		type: 'boolean',
		default: true,
		description:
			'Whether to pass over the lists that this node itself has read on a Connect server, in this or an earlier run, with the token of its credential',
	},
	{
		displayName: 'Look Up Names',
		name: 'lookUpNames',
		type: 'boolean',
		default: true,
		description:
			'Whether to add names of vaults and titles of items: on a Connect server one request for the vaults, and one for each vault that occurs',
	},
	{
		displayName: 'Output Format',
		name: 'format',
		type: 'options',
		default: 'flat',
		options: [
			{ name: 'Elastic Common Schema', value: 'ecs', description: 'Nested, for Elasticsearch and other SIEM systems' },
			{ name: 'Flat Rows', value: 'flat', description: 'The same columns in every row, for tables' },
		],
	},
	{
		displayName: 'Token Names',
		name: 'tokenNames',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Token',
		description: 'What you call your access tokens, since Connect does not tell',
		options: [
			{
				displayName: 'Tokens',
				name: 'values',
				values: [
					{
						displayName: 'ID of the Token',
						name: 'id',
						type: 'string',
						default: '',
						description: "As in the column 'tokenId'; not the token itself",
					},
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
					},
				],
			},
		],
	},
];
