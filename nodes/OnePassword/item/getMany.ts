import type { INodeProperties } from 'n8n-workflow';

import { isActive } from '../../shared/connect/lookup';
import { concealItem } from '../../shared/core/concealment';
import { equalsFilter } from '../../shared/core/filter';
import { summariseItem } from '../../shared/core/itemView';
import { foldName } from '../../shared/core/nameMatch';
import type { Item } from '../../shared/core/wire';
import { resolveVault, type ConnectContext } from '../../shared/n8n/connectContext';
import { readFilter } from '../../shared/n8n/filterParameters';
import type { Operation } from '../../shared/n8n/operation';
import { readLimit, readSwitch } from '../../shared/n8n/parameters';
import { categoryOptions } from '../../shared/n8n/properties/category';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { simplifyProperty } from '../../shared/n8n/properties/output';
import { pagingProperties } from '../../shared/n8n/properties/paging';
import { vaultLocator } from '../../shared/n8n/properties/vaultLocator';

const filters: INodeProperties = {
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
			description: 'Only items whose title holds this text, upper and lower case being equal',
		},
	],
};

export const getMany: Operation<ConnectContext> = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many items',
	description: 'List the items of a vault, without their fields',
	properties: [vaultLocator, ...pagingProperties, filters, simplifyProperty, optionsProperty()],
	async run(context) {
		const { parameters, run } = context;
		const wanted = readFilters(parameters.collection('filters'));
		const limit = readLimit(parameters);
		const simplify = parameters.flag('simplify', 'Simplify');
		const vaultId = await resolveVault(context);
		const filter = wanted.tag === '' ? undefined : equalsFilter('tag', wanted.tag);
		const rows = (await run.reads.items(vaultId, filter)).filter((row) => matches(row, wanted));
		return rows.slice(0, limit).map((row) => {
			const shown = concealItem(row, 'none');
			return simplify ? summariseItem(shown) : structuredClone(shown);
		});
	},
};

interface Filters {
	readonly category: string;
	readonly tag: string;
	readonly title: string;
	readonly archived: boolean;
}

function readFilters(filters: Readonly<Record<string, unknown>>): Filters {
	return {
		category: readFilter(filters, 'category', 'Category'),
		tag: readFilter(filters, 'tag', 'Tag'),
		title: foldName(readFilter(filters, 'titleContains', 'Title Contains')),
		archived: readSwitch(filters, 'includeArchived', 'Include Archived'),
	};
}

/** The server's own filter is only a shortcut: how it compares differs between releases. */
function matches(row: Item, { category, tag, title, archived }: Filters): boolean {
	return (
		(isActive(row) || (archived && row.state === 'ARCHIVED')) &&
		(category === '' || row.category === category) &&
		(tag === '' || (row.tags ?? []).includes(tag)) &&
		foldName(row.title ?? '').includes(title)
	);
}
