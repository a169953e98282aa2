import type { ConnectContext } from '../../shared/n8n/connectContext';
import { resolveItem } from '../../shared/n8n/connectContext';
import type { Operation } from '../../shared/n8n/operation';
import { itemLocators } from '../../shared/n8n/properties/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import { readItemShape } from './itemOutput';

export const get: Operation<ConnectContext> = {
	value: 'get',
	name: 'Get',
	action: 'Get an item',
	description: 'Read an item with its fields',
	properties: [...itemLocators, ...revealProperties, ...simplifyProperties, optionsProperty()],
	async run(context) {
		const shape = readItemShape(context);
		const { vaultId, itemId } = await resolveItem(context);
		return shape(await context.run.reads.item(vaultId, itemId));
	},
};
