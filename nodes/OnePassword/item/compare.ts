import { isActive } from '../../shared/connect/lookup/lookup';
import { compareItems, pairByTitle, type TitlePair } from '../../shared/core/item/itemComparison';
import type { FullItem } from '../../shared/core/wire';
import { resolveItem, resolveVault, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import { choiceParameter } from '../../shared/n8n/parameters/choices';
import { shownAs } from '../../shared/n8n/parameters/parameter';
import { itemLocators, otherItemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';
import type { Disclosed } from '../../shared/n8n/operations/discloser';
import type { ConnectOperation } from '../connectResource';

const subject = choiceParameter({
	displayName: 'Compare',
	name: 'subject',
	noDataExpression: true,
	default: 'items',
	options: [
		{ name: 'Two Items', value: 'items', description: 'Field by field' },
		{ name: 'Two Vaults', value: 'vaults', description: 'Item by item, matched by title; every item is read' },
	],
});

const forItems = { show: { subject: ['items'] } };

export const compare: ConnectOperation = {
	value: 'compare',
	name: 'Compare',
	action: 'Compare items',
	description: 'Find out where two items or two vaults differ; no value is returned',
	// The vaults are not required: a secret reference names its own.
	properties: [
		subject.property,
		shownAs(vaultLocator, { required: false, description: 'The vault to compare, or the vault that contains the item to compare' }).property,
		shownAs(itemLocators.item, { displayOptions: forItems }).property,
		otherItemLocators.vault.property,
		shownAs(otherItemLocators.item, { displayOptions: forItems }).property,
		optionsProperty(),
	],
	async run(context) {
		return subject.read(context.parameters) === 'items' ? await compareTwoItems(context) : await compareTwoVaults(context);
	},
};

type ComparedItems = Readonly<ReturnType<typeof describe>>;

async function compareTwoItems(context: ConnectContext): Promise<Disclosed> {
	const { reads } = context.run;
	const places = await Promise.all([resolveItem(context), resolveItem(context, otherItemLocators)]);
	const [first, second] = await Promise.all(places.map(async ({ vaultId, itemId }) => await reads.item(vaultId, itemId)));
	return context.disclose.facts(describe(first as FullItem, second as FullItem));
}

/** @returns one entry for each title. */
async function compareTwoVaults(context: ConnectContext): Promise<Disclosed[]> {
	const { reads } = context.run;
	const vaultIds = await Promise.all([resolveVault(context), resolveVault(context, otherItemLocators.vault)]);
	const [first = [], second = []] = await Promise.all(vaultIds.map(async (id) => (await reads.items(id)).filter(isActive)));
	return await Promise.all(pairByTitle(first, second).map(async (pair) => context.disclose.facts(await comparePair(context, pair))));
}

/** A pair is compared where both vaults have one item of the title. */
type PairFacts = { readonly title: string } & (
	ComparedItems | { readonly firstIds: string[]; readonly secondIds: string[]; readonly status: string }
);

async function comparePair({ run }: ConnectContext, { title, first, second }: TitlePair): Promise<PairFacts> {
	const ids = { title, firstIds: first.map(({ id }) => id), secondIds: second.map(({ id }) => id) };
	if (first.length > 1 || second.length > 1) return { ...ids, status: 'ambiguous' };
	const [one, other] = [first[0], second[0]];
	if (one === undefined || other === undefined) return { ...ids, status: one ? 'onlyInFirst' : 'onlyInSecond' };
	const [a, b] = await Promise.all([run.reads.item(one.vault.id, one.id), run.reads.item(other.vault.id, other.id)]);
	return { title, ...describe(a, b) };
}

function describe(first: FullItem, second: FullItem) {
	const { status, fields, attributes } = compareItems(first, second);
	const sameFields = fields.filter((field) => field.status === 'same').length;
	return {
		status,
		first: identify(first),
		second: identify(second),
		differentFields: fields.filter((field) => field.status !== 'same').map((field) => ({ ...field })),
		differentAttributes: [...attributes],
		sameFields,
	};
}

function identify({ id, vault, title = '', version = 0 }: FullItem) {
	return { id, vaultId: vault.id, title, version };
}
