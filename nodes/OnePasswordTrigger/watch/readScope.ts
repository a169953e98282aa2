/** Which vaults and items to watch. */

import type { Selector } from '../../shared/connect/lookup/lookup';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { cleanReference, parseReferenceList } from '../../shared/core/references/copiedReference';
import { parseReferencePath } from '../../shared/core/references/secretReference';
import { isEmpty } from '../../shared/n8n/parameters/conversions';
import type { ParameterValues } from '../../shared/n8n/parameters/parameter';
import { items, vault, vaults, watch } from '../properties/scope';

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
export function readScope(parameters: ParameterValues): Scope {
	const kind = watch.read(parameters);
	if (kind === 'allVaults') return { kind };
	if (kind === 'vaults') return { kind, vaults: vaults.read(parameters) };
	return { kind, entries: readEntries(parameters).map((text) => readEntry(parameters, text)) };
}

/** A text with a reference on each line, as it is copied, or a list of texts. */
function readEntries(parameters: ParameterValues): string[] {
	const value = parameters.value(items.property.name);
	const isList = typeof value === 'string' && /[\r\n]/.test(value.trim());
	const texts = isList ? parseReferenceList(value).map(({ text }) => text) : items.read(parameters);
	if (texts.length > 0) return texts.map(cleanReference);
	throw isEmpty(items.property.displayName, 'Choose the items to watch.');
}

/** A secret reference names its own vault. */
function readEntry(parameters: ParameterValues, text: string): ItemEntry {
	if (!text.startsWith('op://')) {
		const selected = vault.read(parameters);
		return { key: JSON.stringify([selected.text, text]), vault: selected, item: { by: 'either', text } };
	}
	const reference = parseReferencePath(text);
	if (reference.item === undefined) {
		throw invalidInput(`A secret reference in '${items.property.displayName}' names no item.`, 'Use the form op://vault/item.');
	}
	return { key: text, vault: { by: 'either', text: reference.vault }, item: { by: 'either', text: reference.item } };
}
