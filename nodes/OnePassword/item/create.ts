import type { INodeProperties } from 'n8n-workflow';

import { createItem } from '../../shared/connect/writes/guardedCreate';
import { draftItem, type NewItem } from '../../shared/core/item/itemDraft';
import { readSyncTimeout, resolveVault, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import { readFieldChanges, readUrls } from '../../shared/n8n/parameters/itemParameters';
import { readSwitch, toRows, toTexts } from '../../shared/n8n/parameters/parameters';
import { categoryProperty } from '../../shared/n8n/properties/category';
import { newFields } from '../../shared/n8n/properties/fieldRows';
import { favoriteProperty, tagsProperty, urlsProperty } from '../../shared/n8n/properties/itemContent';
import { optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';
import type { ConnectOperation } from '../connectResource';

export const titleProperty: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. Payments API',
	description: 'Title of the item',
};

export const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		favoriteProperty,
		tagsProperty('Tags', 'tags', 'Tags of the item, separated by commas'),
		urlsProperty('URLs', 'urls', 'Addresses that the item belongs to'),
	],
};

export const create: ConnectOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create an item',
	description: 'Create an item in a vault',
	writes: true,
	properties: [
		vaultLocator,
		titleProperty,
		categoryProperty,
		newFields,
		additionalFields,
		...revealProperties,
		...simplifyProperties,
		optionsProperty(syncOption),
	],
	async run(context) {
		const disclose = context.disclose.writtenItem();
		const content = readNewItem(context);
		const vaultId = await resolveVault(context);
		const { item, confirmed } = await createItem(context.run, draftItem({ ...content, vaultId }), readSyncTimeout(context));
		return disclose(item, { created: true, confirmed });
	},
};

/** @returns the item as the parameters describe it, but for the vault. */
export function readNewItem({ parameters }: ConnectContext): Omit<NewItem, 'vaultId'> {
	const additional = parameters.collection('additionalFields');
	const { tags, urls } = additional;
	return {
		title: parameters.text('title', 'Title'),
		category: parameters.text('category', 'Category'),
		fields: readFieldChanges(parameters),
		tags: toTexts(tags, 'Tags'),
		urls: readUrls(toRows(urls)),
		favorite: readSwitch(additional, 'favorite', 'Favorite'),
	};
}
