import { once } from 'node:events';
import type { RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { ActivityLog } from './activityLog';
import { adminOf, findVault } from './admin';
import { behaviourFrom } from './behaviour';
import { realClock } from './clock';
import type { ConnectEmulator, EmulatorOptions, TokenGrant } from './emulator';
import { FaultQueue } from './faults';
import { handleRequest } from './http/handleRequest';
import { RequestLog } from './http/requestLog';
import { errorAnswer, send } from './http/send';
import { seededIds } from './ids';
import { seededRandom } from './random';
import type { ConnectState } from './state';
import { rulesOf } from './state';
import { plantVault } from './store/plant';
import { Store } from './store/store';
import { Tokens } from './tokens';
import { WriteGate } from './writeGate';

/** Starts a separate Connect server on a free port of this machine. */
export async function startConnectEmulator(options: EmulatorOptions = {}): Promise<ConnectEmulator> {
	const state = stateFrom(options);
	const person = state.ids.next().toUpperCase();
	// Planted once, so that reset() brings back the same ids.
	const planted = (options.seed?.vaults ?? []).map((vault) => plantVault(vault, person, rulesOf(state)));
	state.store.plant(planted);
	const basePath = (options.basePath ?? '').replace(/\/+$/, '');
	const server = serverFor(options, (request, response) => {
		handleRequest(state, basePath, request, response).catch((error: unknown) => {
			// A bug in the emulator itself, not in the client under test.
			if (!response.headersSent) send(state, response, errorAnswer(500, `Emulator defect: ${String(error)}`));
		});
	});
	server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
	await once(server, 'listening');
	return {
		url: addressOf(server, options) + basePath,
		token: state.tokens.issue('everything', state.clock.now(), { vaults: undefined, expired: false }),
		issueToken: (grant = {}) => issueToken(state, grant),
		revokeToken: (token) => state.tokens.revoke(token),
		requests: state.requests.entries,
		faults: state.faults,
		admin: adminOf(state, person),
		behaviour: state.behaviour,
		reset: () => {
			Object.assign(state.behaviour, behaviourFrom(options.behaviour));
			Object.assign(state.counters, { requests: 0, authenticated: 0, vaultReads: 0 });
			state.store.plant(planted);
			state.requests.clear();
			state.faults.clear();
			state.activity.clear();
			state.tokens.undoRevocations();
		},
		close: async () => await close(server),
	};
}

function stateFrom(options: EmulatorOptions): ConnectState {
	const behaviour = behaviourFrom(options.behaviour);
	const clock = options.clock ?? realClock;
	const ids = options.ids ?? seededIds();
	return {
		clock,
		ids,
		random: options.random ?? seededRandom(),
		behaviour,
		store: new Store(clock, behaviour),
		tokens: new Tokens(ids),
		activity: new ActivityLog(behaviour, ids.next().toUpperCase(), ids.next().toUpperCase()),
		gate: new WriteGate(clock, behaviour),
		faults: new FaultQueue(),
		requests: new RequestLog(options.onAnswer),
		counters: { requests: 0, authenticated: 0, vaultReads: 0 },
		version: options.version ?? '1.8.1',
		editor: ids.next().toUpperCase(),
	};
}

function serverFor(options: EmulatorOptions, listener: RequestListener): Server {
	const server = options.tls ? createTlsServer(tlsOptionsOf(options.tls), listener) : createServer(listener);
	// A connection that closes while a client is about to use it looks like an unrequested fault.
	server.keepAliveTimeout = 120_000;
	// A hanging request must hang until the client gives up.
	server.requestTimeout = 0;
	return server;
}

function addressOf(server: Server, options: EmulatorOptions): string {
	const { address, port, family } = server.address() as AddressInfo;
	const host = options.host ?? (family === 'IPv6' ? `[${address}]` : address);
	return `${options.tls ? 'https' : 'http'}://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}

function issueToken(state: ConnectState, grant: TokenGrant): string {
	const vaults = Object.entries(grant.vaults ?? {}).map(([name, rights]) => [findVault(state, name).id, rights] as const);
	return state.tokens.issue(grant.name ?? 'token', state.clock.now(), {
		vaults: grant.vaults && new Map(vaults),
		expired: grant.expired ?? false,
		...(grant.expiresInDays !== undefined && { expiresInDays: grant.expiresInDays }),
	});
}

async function close(server: Server): Promise<void> {
	if (!server.listening) return;
	const closed = once(server, 'close');
	server.close();
	server.closeAllConnections();
	await closed;
}

function tlsOptionsOf({ key, cert, clientAuthority: ca }: NonNullable<EmulatorOptions['tls']>): object {
	return { key, cert, ...(ca !== undefined && { ca, requestCert: true, rejectUnauthorized: true }) };
}
