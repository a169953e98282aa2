import type { INodeProperties } from 'n8n-workflow';

import { locatorModes } from './locatorModes';

export const vaultLocator: INodeProperties = {
	displayName: 'Vault',
	name: 'vault',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The vault to work in',
	...locatorModes({
		search: 'searchVaults',
		example: 'Production',
		referenceHint: 'The vault of a secret reference; what follows it is ignored',
	}),
};
