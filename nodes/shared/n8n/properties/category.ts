import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { CREATABLE_CATEGORIES } from '../../core/fields/fieldTypes';

const NAMES: Readonly<Record<string, string>> = {
	API_CREDENTIAL: 'API Credential',
	SSH_KEY: 'SSH Key',
};

/** @returns the categories by the names of the 1Password apps. */
export function categoryOptions(categories: readonly string[] = [...CREATABLE_CATEGORIES, 'CUSTOM', 'DOCUMENT', 'SSH_KEY']): INodePropertyOptions[] {
	return categories.map((value) => ({ name: NAMES[value] ?? titleCase(value), value })).sort((a, b) => a.name.localeCompare(b.name));
}

export const categoryProperty: INodeProperties = {
	displayName: 'Category',
	name: 'category',
	type: 'options',
	default: 'API_CREDENTIAL',
	options: categoryOptions(CREATABLE_CATEGORIES),
	description: 'Kind of item to create',
};

function titleCase(value: string): string {
	return value
		.split('_')
		.map((word) => word.charAt(0) + word.slice(1).toLowerCase())
		.join(' ');
}
