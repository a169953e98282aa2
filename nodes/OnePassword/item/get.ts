import { outcomeOf } from '../../shared/async/outcome';
import type { FullItem } from '../../shared/core/wire';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { ifNotFoundOption, isNotFound, readIfNotFound } from '../../shared/n8n/properties/ifNotFound';
import { itemLocators } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import type { ConnectOperation } from '../connectResource';

export const get: ConnectOperation = {
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
		const disclose = context.disclose.item();
		const ifNotFound = readIfNotFound(context.parameters);
		const read = await outcomeOf(readItem(context));
		if (read.ok) return disclose(read.value, ifNotFound === 'empty' ? { found: true } : undefined);
		if (ifNotFound === 'fail' || !isNotFound(read.error)) throw read.error;
		return ifNotFound === 'empty' ? context.disclose.facts({ found: false }) : [];
	},
};

async function readItem(context: ConnectContext): Promise<FullItem> {
	const { vaultId, itemId } = await resolveItem(context);
	return await context.run.reads.item(vaultId, itemId);
}
