import type { INodeProperties } from 'n8n-workflow';

import type { TokenInfo } from '../../shared/core/server/tokenInfo';
import type { ConnectContext } from '../../shared/n8n/operations/connectContext';
import type { Operation } from '../../shared/n8n/operations/operation';
import { readSwitch } from '../../shared/n8n/parameters/parameters';
import { optionsProperty } from '../../shared/n8n/properties/options';
import { pagingProperties, readLimit } from '../../shared/n8n/properties/paging';

const tokenInfoOption: INodeProperties = {
	displayName: 'Include Token Info',
	name: 'includeTokenInfo',
	type: 'boolean',
	default: false,
	description:
		'Whether to add what the access token says about itself: its rights in the vault, integration, expiry, and features. The token is decoded, not verified, and never shown.',
};

export const getMany: Operation<ConnectContext> = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many vaults',
	description: 'List the vaults that the access token sees',
	properties: [...pagingProperties, optionsProperty(tokenInfoOption)],
	async run({ run, parameters }) {
		const limit = readLimit(parameters);
		const withToken = readSwitch(parameters.collection('options'), 'includeTokenInfo', 'Include Token Info');
		const describe = withToken ? describeAccess(run.tokenInfo) : () => ({});
		return (await run.reads.vaults()).slice(0, limit).map((vault) => ({ ...vault, ...describe(vault.id) }));
	},
};

/** Rights that the token does not state in a known form are left out rather than guessed. */
function describeAccess({ vaults, ...token }: TokenInfo): (vaultId: string) => object {
	return (vaultId) => {
		const rights = vaults.get(vaultId);
		return { ...(rights && { rights: { ...rights } }), token };
	};
}
