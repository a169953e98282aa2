import { choiceParameter } from '../../shared/n8n/parameters/choices';
import { shownAs } from '../../shared/n8n/parameters/parameter';
import { textsParameter } from '../../shared/n8n/parameters/texts';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';

export const watch = choiceParameter({
	displayName: 'Watch',
	name: 'scope',
	noDataExpression: true,
	default: 'allVaults',
	description: 'Where to look for changes',
	options: [
		{ name: 'All Vaults', value: 'allVaults', description: 'Every vault that the access token sees' },
		{ name: 'Selected Items', value: 'items' },
		{ name: 'Selected Vaults', value: 'vaults' },
	],
});

export const vaults = textsParameter({
	displayName: 'Vault Names or IDs',
	name: 'vaults',
	typeOptions: { loadOptionsMethod: 'loadVaults' },
	default: [],
	description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	displayOptions: { show: { scope: ['vaults'] } },
	ifNone: 'Choose the vaults to watch.',
});

/** In which the items are. */
export const vault = shownAs(vaultLocator, {
	required: false,
	description: 'The vault that contains the items. Not needed for items given as secret references.',
	displayOptions: { show: { scope: ['items'] } },
});

export const items = textsParameter({
	displayName: 'Item Names or IDs',
	name: 'items',
	typeOptions: { loadOptionsMethod: 'loadItems', loadOptionsDependsOn: ['vault.value'] },
	default: [],
	description: 'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
	hint: 'An expression may also yield secret references, which name their own vault: {{ ["op://Production/Orders database"] }}',
	displayOptions: { show: { scope: ['items'] } },
});

export const scopeProperties = [watch, vaults, vault, items].map(({ property }) => property);
