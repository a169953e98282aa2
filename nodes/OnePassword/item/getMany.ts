import { equalsFilter } from '../../shared/core/names/filter';
import type { Item } from '../../shared/core/wire';
import { resolveVault, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import { choiceParameter } from '../../shared/n8n/parameters/choices';
import { shownAs } from '../../shared/n8n/parameters/parameter';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { simplify } from '../../shared/n8n/properties/output';
import { pagingProperties, readLimit } from '../../shared/n8n/properties/paging';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';
import type { ConnectOperation } from '../connectResource';
import { filters, matches, readFilters, type Filters } from './itemFilters';

const searchIn = choiceParameter({
	displayName: 'Search In',
	name: 'searchIn',
	noDataExpression: true,
	default: 'vault',
	options: [
		{ name: 'All Vaults', value: 'allVaults', description: 'Every vault that the access token can see' },
		{ name: 'One Vault', value: 'vault' },
	],
});

export const getMany: ConnectOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many items',
	description: 'List the items of one or all vaults, without their fields',
	properties: [
		searchIn.property,
		shownAs(vaultLocator, { displayOptions: { show: { searchIn: ['vault'] } } }).property,
		...pagingProperties,
		filters.property,
		simplify.property,
		optionsProperty(),
	],
	async run(context) {
		const { parameters } = context;
		const wanted = readFilters(parameters, context.timeZone);
		const limit = readLimit(parameters);
		const disclose = context.disclose.listedItem();
		const rows = await listItems(context, wanted);
		return rows
			.filter((row) => matches(row, wanted))
			.slice(0, limit)
			.map(disclose);
	},
};

async function listItems(context: ConnectContext, { tag }: Filters): Promise<Item[]> {
	const { reads } = context.run;
	const scope = searchIn.read(context.parameters);
	const filter = tag === undefined ? undefined : equalsFilter('tag', tag);
	const vaultIds = scope === 'vault' ? [await resolveVault(context)] : (await reads.vaults()).map(({ id }) => id);
	return (await Promise.all(vaultIds.map(async (id) => await reads.items(id, filter)))).flat();
}
