import type { ItemFilter } from '../../shared/core/changes/itemFilter';
import { choicesParameter } from '../../shared/n8n/parameters/choices';
import { collectionParameter } from '../../shared/n8n/parameters/collections';
import { added, type ParameterValues } from '../../shared/n8n/parameters/parameter';
import { REMOVABLE, addedText, textsParameter } from '../../shared/n8n/parameters/texts';
import { categoryOptions } from '../../shared/n8n/properties/category';

const categories = added(
	choicesParameter({
		displayName: 'Categories',
		name: 'categories',
		default: [],
		description: 'Only items of these categories',
		options: categoryOptions(),
		ifNone: REMOVABLE,
	}),
);

const ignoreTag = addedText({
	displayName: 'Ignore Tag',
	name: 'ignoreTag',
	placeholder: 'e.g. no-automation',
	description: 'Items with this tag start nothing',
});

const tags = added(
	textsParameter({
		displayName: 'Tags',
		name: 'tags',
		default: '',
		placeholder: 'e.g. production, database',
		description: 'Only items with at least one of these tags, separated by commas',
		ifNone: REMOVABLE,
	}),
);

const title = addedText({
	displayName: 'Title',
	name: 'title',
	placeholder: 'e.g. database or prod-*-db',
	description: 'Only items whose title contains this text or, with * and ?, matches this pattern (case-insensitive)',
});

export const filters = collectionParameter({
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	members: [categories, ignoreTag, tags, title],
});

/** @throws OnePasswordError INVALID_INPUT for a filter that is empty. */
export function readFilter(parameters: ParameterValues): ItemFilter {
	const given = filters.read(parameters);
	return {
		tags: tags.read(given),
		categories: categories.read(given),
		title: title.read(given)?.trim(),
		ignoreTag: ignoreTag.read(given)?.trim(),
	};
}
