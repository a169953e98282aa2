import type { INodeProperties } from 'n8n-workflow';

import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';

export const scopeProperties: readonly INodeProperties[] = [
	{
		displayName: 'Watch',
		name: 'scope',
		type: 'options',
		noDataExpression: true,
		default: 'allVaults',
		description: 'Where to look for changes',
		options: [
			{ name: 'All Vaults', value: 'allVaults', description: 'Every vault that the access token sees' },
			{ name: 'Selected Items', value: 'items' },
			{ name: 'Selected Vaults', value: 'vaults' },
		],
	},
	{
		displayName: 'Vault Names or IDs',
		name: 'vaults',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'loadVaults' },
		default: [],
		description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		displayOptions: { show: { scope: ['vaults'] } },
	},
	{
		...vaultLocator,
		required: false,
		description: 'The vault that holds the items. Not needed for items that are given as secret references.',
		displayOptions: { show: { scope: ['items'] } },
	},
	{
		displayName: 'Item Names or IDs',
		name: 'items',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'loadItems', loadOptionsDependsOn: ['vault.value'] },
		default: [],
		description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'An expression may also yield secret references, which name their own vault: {{ ["op://Production/Orders database"] }}',
		displayOptions: { show: { scope: ['items'] } },
	},
];
