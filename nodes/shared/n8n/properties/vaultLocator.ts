import type { INodeProperties } from 'n8n-workflow';

import { locatorModes } from './locatorModes';

export const vaultLocator: INodeProperties = {
	displayName: 'Vault',
	name: 'vault',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description:
		'The vault that holds the item. Where the item is given as a secret reference, the vault of that reference counts.',
	...locatorModes({
		search: 'searchVaults',
		example: 'Production',
		referenceHint: 'The vault of a secret reference; what follows it is ignored',
	}),
};
