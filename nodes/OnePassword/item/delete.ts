import { deleteItem } from '../../shared/connect/writes/guardedDelete';
import { readSyncTimeout, resolveItem, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Operation } from '../../shared/n8n/operations/operation';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty, syncOption } from '../../shared/n8n/properties/options';

export const remove: Operation<ConnectContext> = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an item',
	description: 'Delete an item for good: Connect knows no trash',
	properties: [...itemLocators, optionsProperty(syncOption)],
	async run(context) {
		const { vaultId, itemId } = await resolveItem(context);
		const confirmed = await deleteItem(context.run, vaultId, itemId, readSyncTimeout(context));
		return { deleted: true, id: itemId, vaultId, confirmed };
	},
};
