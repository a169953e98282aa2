/** From the resource locators of the editor to what the Connect lookup works with. */

import type { Selector } from '../connect/lookup';
import { invalidInput } from '../core/onePasswordError';
import { cleanReference } from '../core/references/copiedReference';
import { parseReferencePath } from '../core/references/secretReference';
import { requireText, type Parameters } from './parameters';

export interface ItemSelector {
	readonly vault: Selector;
	readonly item: Selector;
}

type Locators = Pick<Parameters, 'locator'>;

/** @throws OnePasswordError INVALID_INPUT where the locator is empty or no reference. */
export function readVaultSelector(parameters: Locators): Selector {
	const { mode, text } = read(parameters, 'vault', 'Vault');
	if (mode !== 'reference') return toSelector(mode, text);
	return { by: 'either', text: parseReferencePath(cleanReference(text)).vault };
}

/** A secret reference names the vault itself, so the vault chosen beside it does not count. */
export function readItemSelector(parameters: Locators): ItemSelector {
	const { mode, text } = read(parameters, 'item', 'Item');
	if (mode !== 'reference') {
		return { vault: readVaultSelector(parameters), item: toSelector(mode, text) };
	}
	const { vault, item } = parseReferencePath(cleanReference(text));
	if (item === undefined) {
		throw invalidInput("The secret reference in 'Item' names no item.", 'Use the form op://vault/item.');
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
