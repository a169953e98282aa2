import { resolveVault, type ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Operation } from '../../shared/n8n/operations/operation';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { vaultLocator } from '../../shared/n8n/properties/locators/vaultLocator';

export const get: Operation<ConnectContext> = {
	value: 'get',
	name: 'Get',
	action: 'Get a vault',
	description: 'Read what a vault is called, what it holds and when it changed',
	properties: [vaultLocator, optionsProperty()],
	async run(context) {
		const vaultId = await resolveVault(context);
		return { ...(await context.run.reads.vault(vaultId)) };
	},
};
