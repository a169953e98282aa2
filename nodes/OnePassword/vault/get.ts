import { resolveVault } from '../../shared/n8n/operations/connectContext';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';
import type { ConnectOperation } from '../connectResource';

export const get: ConnectOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a vault',
	description: "Get a vault's name, number of items, and time of the last change",
	properties: [vaultLocator.property, optionsProperty()],
	async run(context) {
		const vaultId = await resolveVault(context);
		return context.disclose.facts({ ...(await context.run.reads.vault(vaultId)) });
	},
};
