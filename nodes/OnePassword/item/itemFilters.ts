/** Which items of a list are wanted: the collection of filters, and what fits it. */

import type { INodeProperties } from 'n8n-workflow';

import { isActive } from '../../shared/connect/lookup/lookup';
import { foldName } from '../../shared/core/names/nameMatch';
import type { Item } from '../../shared/core/wire';
import { parseTime } from '../../shared/core/time/zonedTime';
import { readFilter } from '../../shared/n8n/parameters/filterParameters';
import { readSwitch } from '../../shared/n8n/parameters/parameters';
import { categoryOptions } from '../../shared/n8n/properties/category';

export const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Category',
			name: 'category',
			type: 'options',
			default: 'LOGIN',
			options: categoryOptions(),
			description: 'Only items of this category',
		},
		{
			displayName: 'Include Archived',
			name: 'includeArchived',
			type: 'boolean',
			default: false,
			description: 'Whether to return archived items too, where the Connect server lists them',
		},
		{
			displayName: 'Tag',
			name: 'tag',
			type: 'string',
			default: '',
			placeholder: 'e.g. production',
			description: 'Only items that have exactly this tag',
		},
		{
			displayName: 'Title Contains',
			name: 'titleContains',
			type: 'string',
			default: '',
			placeholder: 'e.g. api',
			description: 'Only items whose title contains this text (case-insensitive)',
		},
		{
			displayName: 'Updated After',
			name: 'updatedAfter',
			type: 'dateTime',
			default: '',
			description: 'Only items that were changed after this time',
		},
	],
};

export interface Filters {
	readonly category: string;
	readonly tag: string;
	readonly title: string;
	readonly archived: boolean;
	/** Milliseconds since the epoch. */
	readonly updatedAfter?: number;
}

/** @param timeZone of times that are entered without one. */
export function readFilters(filters: Readonly<Record<string, unknown>>, timeZone: string): Filters {
	return {
		category: readFilter(filters, 'category', 'Category'),
		tag: readFilter(filters, 'tag', 'Tag'),
		title: foldName(readFilter(filters, 'titleContains', 'Title Contains')),
		archived: readSwitch(filters, 'includeArchived', 'Include Archived'),
		...('updatedAfter' in filters && { updatedAfter: parseTime(filters.updatedAfter, 'Updated After', timeZone) }),
	};
}

/** The server's own filter is only a shortcut: how it compares differs between releases. */
export function matches(row: Item, { category, tag, title, archived, updatedAfter }: Filters): boolean {
	return (
		(isActive(row) || (archived && row.state === 'ARCHIVED')) &&
		(category === '' || row.category === category) &&
		(tag === '' || (row.tags ?? []).includes(tag)) &&
		foldName(row.title ?? '').includes(title) &&
		(updatedAfter === undefined || Date.parse(row.updatedAt ?? '') > updatedAfter)
	);
}
