import { deleteItem } from '../../shared/connect/writes/guardedDelete';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty, syncOption } from '../../shared/n8n/properties/options';
import type { ConnectOperation } from '../connectResource';

export const remove: ConnectOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an item',
	description: 'Permanently delete an item (Connect has no trash)',
	writes: true,
	properties: [...itemProperties, optionsProperty(syncOption)],
	async run(context) {
		const { vaultId, itemId } = await resolveItem(context);
		const confirmed = await deleteItem(context.run, vaultId, itemId, syncOption.read(context.parameters));
		return context.disclose.facts({ deleted: true, id: itemId, vaultId, confirmed });
	},
};
