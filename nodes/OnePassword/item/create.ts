import { createItem } from '../../shared/connect/writes/guardedCreate';
import { draftItem, type NewItem } from '../../shared/core/item/itemDraft';
import { resolveVault, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import { collectionParameter } from '../../shared/n8n/parameters/collections';
import { requiredText } from '../../shared/n8n/parameters/texts';
import { category } from '../../shared/n8n/properties/category';
import { newFields } from '../../shared/n8n/properties/fieldRows';
import { favorite, tagsParameter, urlsParameter } from '../../shared/n8n/properties/itemContent';
import { optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';
import type { ConnectOperation } from '../connectResource';

export const title = requiredText({
	displayName: 'Title',
	name: 'title',
	required: true,
	placeholder: 'e.g. Payments API',
	description: 'Title of the item',
});

const tags = tagsParameter({ displayName: 'Tags', name: 'tags', description: 'Tags of the item, separated by commas' });

const urls = urlsParameter({ displayName: 'URLs', name: 'urls', description: 'Addresses that the item belongs to' });

export const additionalFields = collectionParameter({
	displayName: 'Additional Fields',
	name: 'additionalFields',
	placeholder: 'Add Field',
	members: [favorite, tags, urls],
});

export const create: ConnectOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create an item',
	description: 'Create an item in a vault',
	writes: true,
	properties: [
		vaultLocator.property,
		title.property,
		category.property,
		newFields.property,
		additionalFields.property,
		...revealProperties,
		...simplifyProperties,
		optionsProperty(syncOption),
	],
	async run(context) {
		const disclose = context.disclose.writtenItem();
		const content = readNewItem(context);
		const vaultId = await resolveVault(context);
		const { item, confirmed } = await createItem(context.run, draftItem({ ...content, vaultId }), syncOption.read(context.parameters));
		return disclose(item, { created: true, confirmed });
	},
};

/** @returns the item as the parameters describe it, but for the vault. */
export function readNewItem({ parameters }: ConnectContext): Omit<NewItem, 'vaultId'> {
	const additional = additionalFields.read(parameters);
	return {
		title: title.read(parameters),
		category: category.read(parameters),
		fields: newFields.read(parameters),
		tags: tags.read(additional),
		urls: urls.read(additional),
		favorite: favorite.read(additional),
	};
}
