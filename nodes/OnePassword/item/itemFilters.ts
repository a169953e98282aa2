/** Which items of a list are wanted: the collection of filters, and what fits it. */

import { isActive } from '../../shared/connect/lookup/lookup';
import { foldName } from '../../shared/core/names/nameMatch';
import type { Item } from '../../shared/core/wire';
import { switchParameter } from '../../shared/n8n/parameters/choices';
import { collectionParameter } from '../../shared/n8n/parameters/collections';
import type { ParameterValues } from '../../shared/n8n/parameters/parameter';
import { addedText } from '../../shared/n8n/parameters/texts';
import { addedTime } from '../../shared/n8n/parameters/times';
import { categoryFilter } from '../../shared/n8n/properties/category';
import { tagFilter } from '../../shared/n8n/properties/itemContent';

const includeArchived = switchParameter({
	displayName: 'Include Archived',
	name: 'includeArchived',
	default: false,
	description: 'Whether to return archived items too, where the Connect server lists them',
});

const titleContains = addedText({
	displayName: 'Title Contains',
	name: 'titleContains',
	placeholder: 'e.g. api',
	description: 'Only items whose title contains this text (case-insensitive)',
});

const updatedAfter = addedTime({
	displayName: 'Updated After',
	name: 'updatedAfter',
	description: 'Only items that were changed after this time',
});

export const filters = collectionParameter({
	displayName: 'Filters',
	name: 'filters',
	placeholder: 'Add Filter',
	members: [categoryFilter, includeArchived, tagFilter, titleContains, updatedAfter],
});

export interface Filters {
	readonly category?: string;
	readonly tag?: string;
	readonly title: string;
	readonly archived: boolean;
	/** Milliseconds since the epoch. */
	readonly updatedAfter?: number;
}

/** @param timeZone of times that are entered without one. */
export function readFilters(parameters: ParameterValues, timeZone: string): Filters {
	const given = filters.read(parameters);
	return {
		category: categoryFilter.read(given),
		tag: tagFilter.read(given),
		title: foldName(titleContains.read(given) ?? ''),
		archived: includeArchived.read(given),
		updatedAfter: updatedAfter.read(given, timeZone),
	};
}

/** The server's own filter is only a shortcut: how it compares differs between releases. */
export function matches(row: Item, { category, tag, title, archived, updatedAfter: time }: Filters): boolean {
	return (
		(isActive(row) || (archived && row.state === 'ARCHIVED')) &&
		(category === undefined || row.category === category) &&
		(tag === undefined || (row.tags ?? []).includes(tag)) &&
		foldName(row.title ?? '').includes(title) &&
		(time === undefined || Date.parse(row.updatedAt ?? '') > time)
	);
}
