import type { INodeProperties } from 'n8n-workflow';

import { categoryOptions } from '../../shared/n8n/properties/category';

export const filtersProperty: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'Categories',
			name: 'categories',
			type: 'multiOptions',
			default: [],
			description: 'Only items of these categories',
			options: categoryOptions(),
		},
		{
			displayName: 'Ignore Tag',
			name: 'ignoreTag',
			type: 'string',
			default: '',
			placeholder: 'e.g. no-automation',
			description: 'Items with this tag start nothing',
		},
		{
			displayName: 'Tags',
			name: 'tags',
			type: 'string',
			default: '',
			placeholder: 'e.g. production, database',
			description: 'Only items with at least one of these tags, separated by commas',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. database or prod-*-db',
			description: 'Only items whose title holds this text or, with * and ?, has this form. Upper and lower case are equal.',
		},
	],
};
