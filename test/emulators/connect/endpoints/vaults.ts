import type { Visit } from '../activityLog';
import type { Endpoint, Exchange } from '../exchange';
import { json } from '../exchange';
import { failure } from '../failure';
import { matches, parseFilter } from '../filter';
import type { VaultRecord } from '../store/records';
import { mayDo } from '../tokens';

/** Those the token may read; for a write-only token that is none, which is a guess. */
export const listVaults: Endpoint = (state, exchange, grant) => {
	const text = exchange.query.get('filter');
	const filter = text ? parseFilter(text, ['name', 'title']) : undefined;
	const vaults = exchange.view
		.vaults()
		.filter((vault) => mayDo(grant, vault.id, 'r'))
		.filter((vault) => filter === undefined || matches(filter, vault.name, state.behaviour.vaultNameCase));
	const perItem = vaults.map((vault): Visit => ({ action: 'READ', vaultId: vault.id }));
	const visits = { vault: [{ action: 'READ' } as const], perItem, none: [] }[state.behaviour.activity.listEntries];
	return json(vaults, { visits });
};

export const getVault: Endpoint = (_state, exchange) => {
	const vault = presentVault(exchange);
	return json(vault, { visits: [{ action: 'READ', vaultId: vault.id }] });
};

/** @throws ConnectFailure 404 */
export function presentVault(exchange: Exchange): VaultRecord {
	const vault = exchange.view.vault(exchange.vaultId);
	if (!vault) throw failure.vaultNotFound(exchange.vaultId);
	return vault;
}
