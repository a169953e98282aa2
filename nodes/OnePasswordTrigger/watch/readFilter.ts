import type { ItemFilter } from '../../shared/core/changes/itemFilter';
import { invalidInput } from '../../shared/core/errors/onePasswordError';
import { toTexts } from '../../shared/n8n/parameters/parameters';

/** @throws OnePasswordError INVALID_INPUT for a filter that is empty. */
export function readFilter(filters: Readonly<Record<string, unknown>>): ItemFilter {
	return {
		...('tags' in filters && { tags: requireTexts(filters.tags, 'Tags') }),
		...('categories' in filters && { categories: requireTexts(filters.categories, 'Categories') }),
		...('title' in filters && { title: requireFilled(filters.title, 'Title') }),
		...('ignoreTag' in filters && { ignoreTag: requireFilled(filters.ignoreTag, 'Ignore Tag') }),
	};
}

/** A filter that was asked for must not go missing with the expression that feeds it: everything would fit. */
function requireTexts(value: unknown, displayName: string): string[] {
	const texts = toTexts(value, displayName);
	if (texts.length > 0) return texts;
	throw invalidInput(`The filter '${displayName}' is empty.`, 'Fill it in, or remove the filter.');
}

function requireFilled(value: unknown, displayName: string): string {
	return requireTexts([value], displayName)[0] ?? '';
}
