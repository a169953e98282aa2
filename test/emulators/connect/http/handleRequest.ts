import type { IncomingMessage, ServerResponse } from 'node:http';

import { ConnectFailure } from '../failure';
import type { Fault } from '../faults';
import type { Answer } from '../exchange';
import type { RouteMatch } from '../routes';
import { matchRoute } from '../routes';
import type { ConnectState } from '../state';
import { act } from './act';
import { answerInstead, malformed } from './faultAnswer';
import type { RequestNote } from './requestLog';
import { readBody } from './readBody';
import { errorAnswer, send, sendHalf } from './send';

/** A request on its way from the socket to an endpoint. */
export interface Incoming {
	readonly request: IncomingMessage;
	readonly match: RouteMatch | undefined;
	/** Path and query without the base path. */
	readonly target: string;
	readonly replica: number;
	readonly bodyText: string;
}

/** From the first byte to the last: note it, let a fault have it, act, answer. */
export async function handleRequest(state: ConnectState, basePath: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const path = request.url ?? '/';
	const method = request.method ?? 'GET';
	const target = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;
	const match = target === undefined ? undefined : matchRoute(method, target.split('?')[0] ?? '');
	const replica = state.counters.requests++ % Math.max(1, state.behaviour.replicas.length);
	const route = match?.route.template ?? '';
	const note = state.requests.open({
		...{ at: state.clock.now(), method, path, route, status: 0, applied: false, replica },
		...who(state, request),
	});
	const bodyText = await readBodyOf(state, request, response, note);
	if (bodyText !== undefined) {
		if (state.behaviour.latencyMs > 0) await state.clock.sleep(state.behaviour.latencyMs);
		const fault = state.faults.take({ method, route, path });
		const incoming: Incoming = { request, match, target: target ?? path, replica, bodyText };
		await answerWith(state, incoming, fault, response, note);
	}
	note.finish();
}

/** Undefined when there is nothing left to answer. */
async function readBodyOf(state: ConnectState, request: IncomingMessage, response: ServerResponse, note: RequestNote): Promise<string | undefined> {
	try {
		const bodyText = await readBody(request);
		note.add({}, bodyText);
		return bodyText;
	} catch (error) {
		if (!(error instanceof ConnectFailure)) return undefined;
		note.add({ status: error.status });
		send(state, response, errorAnswer(error.status, error.message));
		return undefined;
	}
}

async function answerWith(
	state: ConnectState,
	incoming: Incoming,
	fault: Fault | undefined,
	response: ServerResponse,
	note: RequestNote,
): Promise<void> {
	const instead = fault && answerInstead(fault);
	if (instead) {
		note.add({ status: instead.status });
		return send(state, response, instead);
	}
	if (fault?.kind === 'hang') return;
	if (fault?.kind === 'delay') await state.clock.sleep(fault.delayMs);
	if (fault?.kind === 'resetBeforeHeaders' && fault.act === false) return void response.socket?.destroy();
	const answer = await act(state, incoming);
	const applied = answer.applied ?? false;
	if (fault?.kind === 'resetBeforeHeaders') {
		note.add({ applied });
		return void response.socket?.destroy();
	}
	const sent: Answer = fault?.kind === 'malformedJson' ? malformed(answer) : answer;
	const cut = fault?.kind === 'cutMidBody';
	note.add({ applied, status: cut && !sent.body?.length ? 0 : sent.status });
	(cut ? sendHalf : send)(state, response, sent);
}

function who(state: ConnectState, request: IncomingMessage): { userAgent?: string; tokenId?: string } {
	const userAgent = request.headers['user-agent'];
	const tokenId = state.tokens.idOf(request.headers.authorization);
	return { ...(userAgent !== undefined && { userAgent }), ...(tokenId !== undefined && { tokenId }) };
}
