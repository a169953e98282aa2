import { CREATABLE_CATEGORIES } from '../../core/fields/fieldTypes';
import type { ItemCategory } from '../../core/wire';
import { choiceParameter, type Choice } from '../parameters/choices';
import { requireText } from '../parameters/conversions';
import { added, type Parameter } from '../parameters/parameter';

const NAMES: Readonly<Record<string, string>> = {
	API_CREDENTIAL: 'API Credential',
	SSH_KEY: 'SSH Key',
};

const ALL: readonly ItemCategory[] = [...CREATABLE_CATEGORIES, 'CUSTOM', 'DOCUMENT', 'SSH_KEY'];

/** @returns the categories by the names of the 1Password apps. */
export function categoryOptions(categories = ALL): Array<Choice<ItemCategory>> {
	return categories.map((value) => ({ name: NAMES[value] ?? titleCase(value), value })).sort((a, b) => a.name.localeCompare(b.name));
}

const offered = choiceParameter({
	displayName: 'Category',
	name: 'category',
	default: 'API_CREDENTIAL',
	options: categoryOptions(CREATABLE_CATEGORIES),
	description: 'Kind of item to create',
});

/** `draftItem` accepts what is offered, and says of any other category that Connect cannot create it. */
export const category: Parameter<ItemCategory> = {
	property: offered.property,
	read: (values) => requireText(values.value(offered.property.name), offered.property.displayName),
};

export const categoryFilter = added(
	choiceParameter({
		displayName: 'Category',
		name: 'category',
		default: 'LOGIN',
		options: categoryOptions(),
		description: 'Only items of this category',
	}),
);

function titleCase(value: string): string {
	return value
		.split('_')
		.map((word) => word.charAt(0) + word.slice(1).toLowerCase())
		.join(' ');
}
