/** Which vaults and items to watch. */

import type { Selector } from '../../shared/connect/lookup/lookup';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { cleanReference, parseReferenceList } from '../../shared/core/references/copiedReference';
import { parseReferencePath } from '../../shared/core/references/secretReference';
import { oneOf } from '../../shared/n8n/parameters/itemParameters';
import { readVaultSelector } from '../../shared/n8n/parameters/locators';
import { toTexts, type Parameters } from '../../shared/n8n/parameters/parameters';

export interface ItemEntry {
	/** As entered, with its vault: the same entry means the same item from then on. */
	readonly key: string;
	readonly vault: Selector;
	readonly item: Selector;
}

export type Scope =
	| { readonly kind: 'allVaults' }
	| { readonly kind: 'vaults'; readonly vaults: readonly string[] }
	| { readonly kind: 'items'; readonly entries: readonly ItemEntry[] };

/** @throws OnePasswordError INVALID_INPUT. */
export function readScope(parameters: Parameters): Scope {
	const kind = oneOf(parameters.value('scope') ?? 'allVaults', ['allVaults', 'vaults', 'items'], 'Watch');
	if (kind === 'allVaults') return { kind };
	if (kind === 'vaults') {
		const vaults = toTexts(parameters.value('vaults'), 'Vault Names or IDs');
		if (vaults.length > 0) return { kind, vaults };
		throw invalidInput("'Vault Names or IDs' is empty.", 'Choose the vaults to watch.');
	}
	const entries = readEntries(parameters.value('items')).map((text) => readEntry(parameters, text));
	if (entries.length > 0) return { kind, entries };
	throw invalidInput("'Item Names or IDs' is empty.", 'Choose the items to watch.');
}

/** A text with a reference on each line, as it is copied, or what `toTexts` takes. */
function readEntries(value: unknown): string[] {
	const isList = typeof value === 'string' && /[\r\n]/.test(value.trim());
	const texts = isList ? parseReferenceList(value).map(({ text }) => text) : toTexts(value, 'Item Names or IDs');
	return texts.map(cleanReference);
}

/** A secret reference names its own vault. */
function readEntry(parameters: Parameters, text: string): ItemEntry {
	if (!text.startsWith('op://')) {
		const vault = readVaultSelector(parameters);
		return { key: JSON.stringify([vault.text, text]), vault, item: { by: 'either', text } };
	}
	const { vault, item } = parseReferencePath(text);
	if (item === undefined) {
		throw invalidInput("A secret reference in 'Item Names or IDs' names no item.", 'Use the form op://vault/item.');
	}
	return { key: text, vault: { by: 'either', text: vault }, item: { by: 'either', text: item } };
}
