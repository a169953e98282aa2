/** Builds a new item in the form that Connect accepts. */

import { CREATABLE_CATEGORIES } from '../fields/fieldTypes';
import type { FieldChange } from './change';
import { makeField } from './newField';
import { invalidInput } from '../errors/onePasswordError';
import type { ItemCategory, ItemDraft, ItemUrl, Section } from '../wire';

export interface NewItem {
	readonly vaultId: string;
	readonly title: string;
	readonly category: ItemCategory;
	readonly fields?: readonly FieldChange[];
	readonly tags?: readonly string[];
	readonly urls?: readonly ItemUrl[];
	readonly favorite?: boolean;
}

/** @throws OnePasswordError INVALID_INPUT for a category that Connect can't create or an action that needs an item. */
export function draftItem(item: NewItem): ItemDraft {
	if (!(CREATABLE_CATEGORIES as readonly string[]).includes(item.category)) {
		throw invalidInput(
			`Connect can't create items of category ${item.category}.`,
			'Create the item in the 1Password app, or choose another category.',
		);
	}
	const sections: Section[] = [];
	const fields = (item.fields ?? []).map((change) => {
		if (change.action === 'clear' || change.action === 'remove') {
			throw invalidInput(
				`The field "${change.field}" can't be cleared or removed because the item does not exist yet.`,
				"Choose 'Set Value' or 'Generate Value', or remove the entry.",
			);
		}
		const made = makeField(change, sections, { category: item.category });
		if (made.section && !sections.includes(made.section)) sections.push(made.section);
		return made.field;
	});
	return {
		title: item.title,
		category: item.category,
		vault: { id: item.vaultId },
		...(item.tags?.length && { tags: item.tags }),
		...(item.urls?.length && { urls: item.urls }),
		...(item.favorite && { favorite: true }),
		...(sections.length > 0 && { sections }),
		...(fields.length > 0 && { fields }),
	};
}
