import type { ConnectContext } from '../../shared/n8n/connectContext';
import type { Operation } from '../../shared/n8n/operation';
import { readLimit } from '../../shared/n8n/parameters';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { pagingProperties } from '../../shared/n8n/properties/paging';

export const getMany: Operation<ConnectContext> = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many vaults',
	description: 'List the vaults that the access token sees',
	properties: [...pagingProperties, optionsProperty()],
	async run({ run, parameters }) {
		const limit = readLimit(parameters);
		return (await run.reads.vaults()).slice(0, limit).map((vault) => ({ ...vault }));
	},
};
