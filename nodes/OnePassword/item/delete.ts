import { deleteItem } from '../../shared/connect/writes/guardedDelete';
import { readSyncTimeout, resolveItem } from '../../shared/n8n/operations/connectContext';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import type { ConnectOperation } from '../connectResource';

export const remove: ConnectOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an item',
	description: 'Delete an item for good: Connect knows no trash',
	writes: true,
	properties: [...itemLocators, optionsProperty(syncOption)],
	async run(context) {
		const { vaultId, itemId } = await resolveItem(context);
		const confirmed = await deleteItem(context.run, vaultId, itemId, readSyncTimeout(context));
		return context.disclose.facts({ deleted: true, id: itemId, vaultId, confirmed });
	},
};
