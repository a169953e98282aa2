import { outcomeOf } from '../../shared/async/outcome';
import type { FullItem } from '../../shared/core/wire';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import type { Operation } from '../../shared/n8n/operations/operation';
import { ifNotFoundOption, isNotFound, readIfNotFound } from '../../shared/n8n/properties/ifNotFound';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import { readItemShape } from './itemOutput';

export const get: Operation<ConnectContext> = {
	value: 'get',
	name: 'Get',
	action: 'Get an item',
	description: 'Read an item with its fields',
	properties: [
		...itemLocators,
		...revealProperties,
		...simplifyProperties,
		optionsProperty(ifNotFoundOption("One item with 'found: false'; items that exist get 'found: true'")),
	],
	async run(context) {
		const shape = readItemShape(context);
		const ifNotFound = readIfNotFound(context.parameters);
		const read = await outcomeOf(readItem(context));
		if (read.ok) return { ...shape(read.value), ...(ifNotFound === 'empty' && { found: true }) };
		if (ifNotFound === 'fail' || !isNotFound(read.error)) throw read.error;
		return ifNotFound === 'empty' ? { found: false } : [];
	},
};

async function readItem(context: ConnectContext): Promise<FullItem> {
	const { vaultId, itemId } = await resolveItem(context);
	return await context.run.reads.item(vaultId, itemId);
}
