import type { INodeProperties } from 'n8n-workflow';

import { updateItem, type UpdateOptions } from '../../shared/connect/writes/guardedUpdate';
import type { ItemUpdate } from '../../shared/core/item/itemUpdate';
import { readSyncTimeout, resolveItem, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import { readFieldChanges, readUrls } from '../../shared/n8n/parameters/itemParameters';
import { readNumber, readSwitch, requireText, toRows, toTexts } from '../../shared/n8n/parameters/parameters';
import { favoriteProperty, tagsProperty, urlsProperty } from '../../shared/n8n/properties/itemContent';
import { changedFields } from '../../shared/n8n/properties/fieldRows';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { dryRunOption, expectedVersionOption, optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import type { ConnectOperation } from '../connectResource';

const updateFields: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		tagsProperty('Add Tags', 'addTags', 'Tags to add, separated by commas'),
		urlsProperty('Add URLs', 'addUrls', 'Addresses to add, or to change where the item has them'),
		favoriteProperty,
		tagsProperty('Remove Tags', 'removeTags', 'Tags to remove, separated by commas'),
		{
			displayName: 'Remove URLs',
			name: 'removeUrls',
			type: 'string',
			typeOptions: { multipleValues: true, multipleValueButtonText: 'Add URL' },
			default: [],
			placeholder: 'e.g. https://old.example.com',
			description: 'Addresses to remove, as they stand in the item',
		},
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			placeholder: 'e.g. Payments API',
			description: 'New title of the item',
		},
	],
};

const addMissingFieldsOption: INodeProperties = {
	displayName: 'Add Missing Fields',
	name: 'addMissingFields',
	type: 'boolean',
	default: false,
	description: 'Whether to add a field that the item does not have, instead of refusing',
};

export const update: ConnectOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update an item',
	description: 'Change fields, tags, title or URLs of an item and leave the rest as it is',
	writes: true,
	properties: [
		...itemLocators,
		changedFields,
		updateFields,
		...revealProperties,
		...simplifyProperties,
		optionsProperty(addMissingFieldsOption, dryRunOption, expectedVersionOption, syncOption),
	],
	async run(context) {
		const disclose = context.disclose.writtenItem();
		const wanted = readUpdate(context);
		const options = readUpdateOptions(context);
		const { vaultId, itemId } = await resolveItem(context);
		const { item, ...result } = await updateItem(context.run, vaultId, itemId, wanted, options);
		return disclose(item, result);
	},
};

function readUpdate({ parameters }: ConnectContext): ItemUpdate {
	const fields = parameters.collection('updateFields');
	return {
		fields: readFieldChanges(parameters),
		addMissingFields: readSwitch(parameters.collection('options'), 'addMissingFields', 'Add Missing Fields'),
		addTags: toTexts(fields.addTags, 'Add Tags'),
		removeTags: toTexts(fields.removeTags, 'Remove Tags'),
		addUrls: readUrls(toRows(fields.addUrls)),
		removeUrls: toTexts(fields.removeUrls, 'Remove URLs'),
		...(fields.title !== undefined && { title: requireText(fields.title, 'Title') }),
		...('favorite' in fields && { favorite: readSwitch(fields, 'favorite', 'Favorite') }),
	};
}

export function readUpdateOptions(context: ConnectContext): UpdateOptions {
	const options = context.parameters.collection('options');
	return {
		dryRun: readSwitch(options, 'dryRun', 'Dry Run'),
		expectedVersion: readNumber(options, 'expectedVersion', 'Expected Version', 1),
		syncTimeoutMs: readSyncTimeout(context),
	};
}
