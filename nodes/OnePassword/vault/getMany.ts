import type { TokenInfo, VaultRights } from '../../shared/core/server/tokenInfo';
import { switchParameter } from '../../shared/n8n/parameters/choices';
import { option, optionsProperty } from '../../shared/n8n/properties/options';
import { pagingProperties, readLimit } from '../../shared/n8n/properties/paging';
import type { ConnectOperation } from '../connectResource';

const tokenInfoOption = option(
	switchParameter({
		displayName: 'Include Token Info',
		name: 'includeTokenInfo',
		default: false,
		description:
			'Whether to add what the access token says about itself: its rights in the vault, integration, expiry, and features. The token is decoded, not verified, and never shown.',
	}),
);

export const getMany: ConnectOperation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many vaults',
	description: 'List the vaults that the access token sees',
	properties: [...pagingProperties, optionsProperty(tokenInfoOption)],
	async run({ run, parameters, disclose }) {
		const limit = readLimit(parameters);
		const withToken = tokenInfoOption.read(parameters);
		const describe = withToken ? describeAccess(run.tokenInfo) : (): AccessFacts => ({});
		return (await run.reads.vaults()).slice(0, limit).map((vault) => disclose.facts({ ...vault, ...describe(vault.id) }));
	},
};

interface AccessFacts {
	readonly rights?: VaultRights;
	readonly token?: Omit<TokenInfo, 'vaults'>;
}

/** Rights that the token does not state in a known form are left out rather than guessed. */
function describeAccess({ vaults, ...token }: TokenInfo): (vaultId: string) => AccessFacts {
	return (vaultId) => {
		const rights = vaults.get(vaultId);
		return { ...(rights && { rights: { ...rights } }), token };
	};
}
