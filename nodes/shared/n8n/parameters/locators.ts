/** From the resource locators of the editor to what the Connect lookup works with. */

import type { Selector } from '../../connect/lookup/lookup';
import { invalidInput } from '../../core/errors/onePasswordError';
import { cleanReference } from '../../core/references/copiedReference';
import { parseReferencePath } from '../../core/references/secretReference';
import { requireText, type Parameters } from './parameters';

export interface ItemSelector {
	readonly vault: Selector;
	readonly item: Selector;
}

type Locators = Pick<Parameters, 'locator'>;

/** The locators that name an item: parameter names, and what the editor calls them. */
export interface LocatorNames {
	readonly vault: { readonly name: string; readonly displayName: string };
	readonly item: { readonly name: string; readonly displayName: string };
}

export const ITEM_LOCATORS: LocatorNames = {
	vault: { name: 'vault', displayName: 'Vault' },
	item: { name: 'item', displayName: 'Item' },
};

/** Of what an item is compared with. */
export const OTHER_LOCATORS: LocatorNames = {
	vault: { name: 'otherVault', displayName: 'Second Vault' },
	item: { name: 'otherItem', displayName: 'Second Item' },
};

/** @throws OnePasswordError INVALID_INPUT where the locator is empty or no reference. */
export function readVaultSelector(parameters: Locators, { name, displayName } = ITEM_LOCATORS.vault): Selector {
	const { mode, text } = read(parameters, name, displayName);
	if (mode !== 'reference') return toSelector(mode, text);
	return { by: 'either', text: parseReferencePath(cleanReference(text)).vault };
}

/** A secret reference names the vault itself, so the vault chosen beside it does not count. */
export function readItemSelector(parameters: Locators, names = ITEM_LOCATORS): ItemSelector {
	const { mode, text } = read(parameters, names.item.name, names.item.displayName);
	if (mode !== 'reference') {
		return { vault: readVaultSelector(parameters, names.vault), item: toSelector(mode, text) };
	}
	const { vault, item } = parseReferencePath(cleanReference(text));
	if (item === undefined) {
		throw invalidInput(`The secret reference in '${names.item.displayName}' names no item.`, 'Use the form op://vault/item.');
	}
	return { vault: { by: 'either', text: vault }, item: { by: 'either', text: item } };
}

function read(parameters: Locators, name: string, displayName: string): { mode: string; text: string } {
	const { mode, value } = parameters.locator(name);
	return { mode, text: requireText(value, displayName) };
}

/** Pickers and expressions yield ids; white space around a pasted id is no part of it, around a name it may be. */
function toSelector(mode: string, text: string): Selector {
	return mode === 'name' ? { by: 'name', text } : { by: 'id', text: text.trim() };
}
