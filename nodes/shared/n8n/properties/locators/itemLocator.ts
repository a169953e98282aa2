import type { INodeProperties } from 'n8n-workflow';

import { OTHER_LOCATORS } from '../../parameters/locators';
import { locatorModes } from './locatorModes';
import { vaultLocator } from './vaultLocator';

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

/** For what an item is compared with. */
export const otherItemLocator: INodeProperties = {
	...itemLocator,
	...OTHER_LOCATORS.item,
	description: 'The item to compare with. A name that matches several items is refused, and their IDs are listed.',
	...locatorModes({
		search: 'searchOtherItems',
		example: 'Payments API',
		referenceHint: 'The vault and the item of a secret reference; what follows them is ignored',
	}),
};

/** The vault is not required here: a secret reference in place of the item names it. */
export const itemLocators: readonly INodeProperties[] = [
	{
		...vaultLocator,
		required: false,
		description: 'The vault that holds the item. Where the item is given as a secret reference, the vault of that reference counts.',
	},
	itemLocator,
];
