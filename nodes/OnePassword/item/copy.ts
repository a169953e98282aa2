import { createItem } from '../../shared/connect/writes/guardedCreate';
import { copyItem } from '../../shared/core/item/itemCopy';
import { resolveItem, resolveVault } from '../../shared/n8n/operations/connectContext';
import type { ConnectOperation } from '../connectResource';
import { addedText } from '../../shared/n8n/parameters/texts';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { option, optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import { revealProperties, simplify } from '../../shared/n8n/properties/output';
import { namesVault } from '../../shared/n8n/properties/locators/vaultLocator';

const destination = namesVault({
	displayName: 'Destination Vault',
	name: 'destinationVault',
	required: true,
	description: 'The vault that gets the copy',
});

const titleOption = option(
	addedText({
		displayName: 'Title',
		name: 'title',
		placeholder: 'e.g. Payments API (staging)',
		description: 'Title of the copy, if it should differ from the original',
	}),
);

export const copy: ConnectOperation = {
	value: 'copy',
	name: 'Copy',
	action: 'Copy an item',
	description: 'Copy an item to another vault; items that Connect cannot copy without loss are refused',
	writes: true,
	properties: [...itemProperties, destination.property, ...revealProperties, simplify.property, optionsProperty(syncOption, titleOption)],
	async run(context) {
		const { parameters, run } = context;
		const disclose = context.disclose.writtenItem();
		const title = titleOption.read(parameters)?.trim();
		const { vaultId, itemId } = await resolveItem(context);
		const destinationId = await resolveVault(context, destination);
		const original = await run.reads.item(vaultId, itemId);
		const { draft, leftOut } = copyItem(original, destinationId, title);
		const { item, confirmed } = await createItem(run, draft, syncOption.read(parameters));
		const copiedFrom = { id: itemId, vaultId, version: original.version ?? 0 };
		return disclose(item, { created: true, confirmed, copiedFrom, leftOut: [...leftOut] });
	},
};
