import { updateItem, type UpdateOptions } from '../../shared/connect/writes/guardedUpdate';
import type { ItemUpdate } from '../../shared/core/item/itemUpdate';
import { resolveItem, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import { switchParameter } from '../../shared/n8n/parameters/choices';
import { collectionParameter } from '../../shared/n8n/parameters/collections';
import { added } from '../../shared/n8n/parameters/parameter';
import { requiredText, textsParameter } from '../../shared/n8n/parameters/texts';
import { favorite, tagsParameter, urlsParameter } from '../../shared/n8n/properties/itemContent';
import { changedFields } from '../../shared/n8n/properties/fieldRows';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { dryRunOption, expectedVersionOption, option, optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import type { ConnectOperation } from '../connectResource';

const addTags = tagsParameter({ displayName: 'Add Tags', name: 'addTags', description: 'Tags to add, separated by commas' });

const addUrls = urlsParameter({
	displayName: 'Add URLs',
	name: 'addUrls',
	description: 'Addresses to add, or to change where the item has them',
});

const removeTags = tagsParameter({ displayName: 'Remove Tags', name: 'removeTags', description: 'Tags to remove, separated by commas' });

const removeUrls = textsParameter({
	displayName: 'Remove URLs',
	name: 'removeUrls',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add URL' },
	default: [],
	placeholder: 'e.g. https://old.example.com',
	description: 'Addresses to remove, exactly as the item has them',
});

const newTitle = added(requiredText({ displayName: 'Title', name: 'title', placeholder: 'e.g. Payments API', description: 'New title of the item' }));

const newFavorite = added(favorite);

const updateFields = collectionParameter({
	displayName: 'Update Fields',
	name: 'updateFields',
	placeholder: 'Add Field',
	members: [addTags, addUrls, newFavorite, removeTags, removeUrls, newTitle],
});

const addMissingFieldsOption = option(
	switchParameter({
		displayName: 'Add Missing Fields',
		name: 'addMissingFields',
		default: false,
		description: 'Whether to add a field that the item does not have, instead of refusing',
	}),
);

export const update: ConnectOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update an item',
	description: 'Change fields, tags, title or URLs of an item and leave the rest unchanged',
	writes: true,
	properties: [
		...itemProperties,
		changedFields.property,
		updateFields.property,
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
	const fields = updateFields.read(parameters);
	return {
		fields: changedFields.read(parameters),
		addMissingFields: addMissingFieldsOption.read(parameters),
		addTags: addTags.read(fields),
		removeTags: removeTags.read(fields),
		addUrls: addUrls.read(fields),
		removeUrls: removeUrls.read(fields),
		title: newTitle.read(fields),
		favorite: newFavorite.read(fields),
	};
}

export function readUpdateOptions({ parameters }: ConnectContext): UpdateOptions {
	return {
		dryRun: dryRunOption.read(parameters),
		expectedVersion: expectedVersionOption.read(parameters),
		syncTimeoutMs: syncOption.read(parameters),
	};
}
