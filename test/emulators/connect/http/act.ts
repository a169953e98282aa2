import { authorise } from '../authorise';
import type { Answer, Exchange } from '../exchange';
import { ConnectFailure, failure } from '../failure';
import type { ConnectState } from '../state';
import type { Visit } from '../activityLog';
import type { Grant } from '../tokens';
import type { Incoming } from './handleRequest';
import { errorAnswer } from './send';

const NOBODY: Grant = { jti: '', vaults: new Map(), expired: true };

/** Does what the request asks for and logs it; every failure becomes its answer. */
export async function act(state: ConnectState, incoming: Incoming): Promise<Answer> {
	const { request, match } = incoming;
	try {
		if (!match) throw failure.notEmulated(`${request.method} ${incoming.target.split('?')[0]}`);
		const exchange = exchangeOf(state, incoming);
		const grant = match.route.rights === '' ? NOBODY : authorise(state, exchange, match.route);
		const answer = await match.route.endpoint(state, exchange, grant);
		for (const visit of answer.visits ?? []) log(state, incoming, visit);
		return answer;
	} catch (error) {
		if (!(error instanceof ConnectFailure)) throw error;
		const { activity } = state.behaviour;
		if (error.denied && activity.deniedShown) {
			const target = activity.deniedResource === 'full' ? error.denied : { vaultId: error.denied.vaultId };
			log(state, incoming, { action: ACTIONS[request.method ?? ''] ?? 'READ', result: 'DENY', ...target });
		}
		return errorAnswer(error.status, error.message);
	}
}

const ACTIONS: Readonly<Record<string, Visit['action']>> = {
	POST: 'CREATE',
	PUT: 'UPDATE',
	PATCH: 'UPDATE',
	DELETE: 'DELETE',
};

function exchangeOf(state: ConnectState, incoming: Incoming): Exchange {
	const { match, request, target, replica, bodyText } = incoming;
	const onTruth = match?.route.rights.includes('w') && state.behaviour.patchBase === 'truth';
	return {
		method: request.method ?? 'GET',
		vaultId: match?.params.get('vaultUuid') ?? '',
		itemId: match?.params.get('itemUuid') ?? '',
		fileId: match?.params.get('fileUuid') ?? '',
		query: new URLSearchParams(target.split('?').slice(1).join('?')),
		bodyText,
		authorization: request.headers.authorization,
		view: onTruth ? state.store.truth() : state.store.replica(replica),
	};
}

function log(state: ConnectState, { request }: Incoming, visit: Visit): void {
	const userAgent = request.headers['user-agent'];
	const ip = state.behaviour.activity.requestIp ? request.socket.remoteAddress : undefined;
	const jti = state.tokens.idOf(request.headers.authorization) ?? '';
	state.activity.add(visit, {
		atMs: state.clock.now(),
		jti,
		...(userAgent !== undefined && { userAgent }),
		...(ip !== undefined && { ip }),
	});
}
