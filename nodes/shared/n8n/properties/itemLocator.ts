import type { INodeProperties } from 'n8n-workflow';

import { locatorModes } from './locatorModes';

export const itemLocator: INodeProperties = {
	displayName: 'Item',
	name: 'item',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The item to work with. A name that fits several items is refused with their IDs.',
	...locatorModes({
		search: 'searchItems',
		example: 'Payments API',
		referenceHint: 'The vault and the item of a secret reference; what follows them is ignored',
	}),
};
