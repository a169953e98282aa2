import type { Selector } from '../../../connect/lookup/lookup';
import { invalidInput } from '../../../core/errors/onePasswordError';
import { shownAs, type Definition, type Described, type Parameter } from '../../parameters/parameter';
import { locatorParameter } from './locatorModes';
import { namesVault, vaultLocator } from './vaultLocator';

export interface ItemSelector {
	readonly vault: Selector;
	readonly item: Selector;
}

/** The item that an operation works with, and the vault that it is in. */
export interface ItemLocators extends Pick<Parameter<ItemSelector>, 'read'> {
	readonly vault: Parameter<Selector>;
	readonly item: Described;
}

/** @param search name of the list search method. */
function namesItem(vault: Parameter<Selector>, definition: Definition, search: string): ItemLocators {
	const item = locatorParameter({
		...definition,
		search,
		example: 'Payments API',
		referenceHint: 'The vault and the item of a secret reference; what follows them is ignored',
	});
	return {
		vault,
		item,
		read: (values) => {
			const { selector, reference } = item.read(values);
			if (selector !== undefined) return { vault: vault.read(values), item: selector };
			// A secret reference names the vault itself, so the vault chosen beside it does not count.
			if (reference.item !== undefined) return { vault: { by: 'either', text: reference.vault }, item: { by: 'either', text: reference.item } };
			throw invalidInput(`The secret reference in '${definition.displayName}' names no item.`, 'Use the form op://vault/item.');
		},
	};
}

/** The vault is not required here: a secret reference in place of the item names it. */
export const itemLocators = namesItem(
	shownAs(vaultLocator, {
		required: false,
		description: 'The vault that contains the item. If the item is given as a secret reference, the vault in that reference is used.',
	}),
	{
		displayName: 'Item',
		name: 'item',
		required: true,
		description: 'The item to work with. A name that matches several items is refused, and their IDs are listed.',
	},
	'searchItems',
);

export const itemProperties = [itemLocators.vault.property, itemLocators.item.property];

/** For what an item is compared with. */
export const otherItemLocators = namesItem(
	namesVault({
		displayName: 'Second Vault',
		name: 'otherVault',
		required: false,
		description: 'The vault to compare with, or the vault that contains the item to compare with',
	}),
	{
		displayName: 'Second Item',
		name: 'otherItem',
		required: true,
		description: 'The item to compare with. A name that matches several items is refused, and their IDs are listed.',
	},
	'searchOtherItems',
);
