import { outcomeOf } from '../../shared/async/outcome';
import type { FullItem } from '../../shared/core/wire';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import { resolveItem } from '../../shared/n8n/operations/connectContext';
import { ifNotFoundOption, isNotFound } from '../../shared/n8n/properties/ifNotFound';
import { itemProperties } from '../../shared/n8n/properties/locators/itemLocator';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { revealProperties, simplifyProperties } from '../../shared/n8n/properties/output';
import type { ConnectOperation } from '../connectResource';

const ifNotFound = ifNotFoundOption("One item with 'found: false'; items that exist get 'found: true'");

export const get: ConnectOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get an item',
	description: 'Read an item with its fields',
	properties: [...itemProperties, ...revealProperties, ...simplifyProperties, optionsProperty(ifNotFound)],
	async run(context) {
		const disclose = context.disclose.item();
		const otherwise = ifNotFound.read(context.parameters);
		const read = await outcomeOf(readItem(context));
		if (read.ok) return disclose(read.value, otherwise === 'empty' ? { found: true } : undefined);
		if (otherwise === 'fail' || !isNotFound(read.error)) throw read.error;
		return otherwise === 'empty' ? context.disclose.facts({ found: false }) : [];
	},
};

async function readItem(context: ConnectContext): Promise<FullItem> {
	const { vaultId, itemId } = await resolveItem(context);
	return await context.run.reads.item(vaultId, itemId);
}
