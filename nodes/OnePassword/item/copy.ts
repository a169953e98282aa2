import type { INodeProperties } from 'n8n-workflow';

import { createItem } from '../../shared/connect/writes/guardedCreate';
import { copyItem } from '../../shared/core/item/itemCopy';
import { readSyncTimeout, resolveItem, resolveVault } from '../../shared/n8n/operations/connectContext';
import { readText } from '../../shared/n8n/parameters/parameters';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperty } from '../../shared/n8n/properties/output';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';
import type { ConnectOperation } from '../connectResource';

const DESTINATION = { name: 'destinationVault', displayName: 'Destination Vault' };

const titleOption: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	default: '',
	placeholder: 'e.g. Payments API (staging)',
	description: 'Title of the copy, if it should differ from the original',
};

export const copy: ConnectOperation = {
	value: 'copy',
	name: 'Copy',
	action: 'Copy an item',
	description: 'Copy an item to another vault; items that Connect cannot copy without loss are refused',
	writes: true,
	properties: [
		...itemLocators,
		{ ...vaultLocator, ...DESTINATION, description: 'The vault that gets the copy' },
		...revealProperties,
		simplifyProperty,
		optionsProperty(syncOption, titleOption),
	],
	async run(context) {
		const { parameters, run } = context;
		const disclose = context.disclose.writtenItem();
		const title = readText(parameters.collection('options'), 'title', 'Title');
		const { vaultId, itemId } = await resolveItem(context);
		const destinationId = await resolveVault(context, DESTINATION);
		const original = await run.reads.item(vaultId, itemId);
		const { draft, leftOut } = copyItem(original, destinationId, title);
		const { item, confirmed } = await createItem(run, draft, readSyncTimeout(context));
		const copiedFrom = { id: itemId, vaultId, version: original.version ?? 0 };
		return disclose(item, { created: true, confirmed, copiedFrom, leftOut: [...leftOut] });
	},
};
