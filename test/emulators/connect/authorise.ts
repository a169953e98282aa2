import type { Exchange } from './exchange';
import type { ConnectFailure } from './failure';
import { failure } from './failure';
import { isId } from './ids';
import type { Route } from './routes';
import type { ConnectState } from './state';
import type { Grant } from './tokens';
import { mayDo } from './tokens';

/**
 * Whether the caller may do that, in the order in which the server looks: token, vault id, scope, permission, item id.
 * @throws ConnectFailure 400, 401, 403, 404, 408
 */
export function authorise(state: ConnectState, exchange: Exchange, route: Route): Grant {
	const grant = state.tokens.authenticate(exchange.authorization);
	state.counters.authenticated += 1;
	if (state.counters.authenticated <= state.behaviour.syncOnFirstRequest) throw failure.syncTimeout();
	if (!route.template.includes('{vaultUuid}')) return grant;
	const itemId = exchange.itemId || undefined;
	if (!isId(exchange.vaultId)) throw refusalOf(state, exchange.vaultId);
	refuseOutOfScope(state, exchange, grant, itemId);
	for (const right of ['w', 'r'] as const) {
		if (!route.rights.includes(right) || mayDo(grant, exchange.vaultId, right)) continue;
		throw failure.notPermitted(right === 'r' ? 'read' : VERBS[route.method], exchange.vaultId, itemId);
	}
	if (itemId !== undefined && !isId(itemId)) throw failure.invalidItemId();
	if (route.rights === 'r') refuseSpuriously(state, exchange, itemId);
	return grant;
}

// The log shows such a request as denied, whatever status it got.
function refusalOf({ behaviour }: ConnectState, vaultId: string): ConnectFailure {
	return behaviour.malformedVaultId === 403 ? failure.outOfScope(vaultId) : failure.invalidVaultId(vaultId);
}

const VERBS = { GET: 'read', POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'delete' } as const;

function refuseOutOfScope(state: ConnectState, exchange: Exchange, grant: Grant, itemId: string | undefined): void {
	if (grant.vaults !== undefined) {
		if (!grant.vaults.has(exchange.vaultId)) throw failure.outOfScope(exchange.vaultId, itemId);
		return;
	}
	if (exchange.view.vault(exchange.vaultId)) return;
	if (state.behaviour.scopeCheck === 'notFound') throw failure.vaultNotFound(exchange.vaultId);
	throw failure.outOfScope(exchange.vaultId, itemId);
}

function refuseSpuriously(state: ConnectState, exchange: Exchange, itemId: string | undefined): void {
	const every = state.behaviour.spuriousForbiddenEvery;
	state.counters.vaultReads += 1;
	if (every > 0 && state.counters.vaultReads % every === 0) throw failure.outOfScope(exchange.vaultId, itemId);
}
