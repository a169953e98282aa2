import type { ServerHealth, ServiceDependency } from '../../../../nodes/shared/core/wire';
import type { Endpoint } from '../exchange';
import { json } from '../exchange';
import type { ConnectState } from '../state';

export const getHeartbeat: Endpoint = () => ({ status: 200, contentType: 'text/plain', body: '.' });

/** Answers 200 also when something is wrong, which is a guess. A good token sent along unlocks the server. */
export const getHealth: Endpoint = (state, exchange) => {
	if (state.counters.authenticated === 0 && isGood(state, exchange.authorization)) state.counters.authenticated = 1;
	const health: ServerHealth = {
		name: '1Password Connect API',
		version: state.version,
		dependencies: [
			{ service: 'sqlite', status: 'ACTIVE', message: 'Connected to /home/opuser/.op/data/1password.sqlite' },
			...syncDependencies(state),
		],
	};
	return json(health);
};

function syncDependencies(state: ConnectState): ServiceDependency[] {
	if (state.counters.authenticated === 0) {
		return [
			{
				service: 'account_data',
				status: 'NOT_SYNCED',
				message: 'Account data is not available because synchronization has not yet started',
			},
			{ service: 'sync', status: 'TOKEN_NEEDED' },
			{
				service: '1Password',
				status: 'UNINITIALIZED',
				message: 'Make a request with a valid bearer token to initialize',
			},
		];
	}
	// What an outage looks like here is a guess.
	const reachable = state.store.outage ? 'UNAVAILABLE' : 'ACTIVE';
	const syncing = state.counters.authenticated < state.behaviour.syncOnFirstRequest;
	return [
		{ service: 'account_data', status: syncing ? 'NOT_SYNCED' : 'ACTIVE' },
		{ service: 'sync', status: reachable },
		{ service: '1Password', status: reachable },
	];
}

function isGood(state: ConnectState, authorization: string | undefined): boolean {
	try {
		state.tokens.authenticate(authorization);
		return true;
	} catch {
		return false;
	}
}
