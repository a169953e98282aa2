import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

import { realClock, type Clock } from '../connect/clock';
import type { Answer } from '../connect/exchange';
import { FaultQueue } from '../connect/faults';
import { answerInstead, malformed } from '../connect/http/faultAnswer';
import { readBody } from '../connect/http/readBody';
import { FEEDS, type Behaviour, type EventsEmulator, type EventsEmulatorOptions, type RecordedRequest } from './emulator';
import { Collections, introspect, type ApiVersion } from './endpoints';
import { EventList } from './eventList';
import { EventsFailure, failure } from './failure';
import { RateLimit } from './rateLimit';
import { failureAnswer, jsonAnswer, respond, respondByHalf } from './respond';
import { Tokens } from './tokens';

const USUAL: Behaviour = {
	overlap: 0,
	emptyPageEvery: 0,
	fullPageHasMore: true,
	cursorLifeMs: Infinity,
	perMinute: 600,
	perHour: 30_000,
	retryAfter: false,
	retentionDays: 120,
	startIncluded: true,
	endIncluded: false,
	errorBody: 'description',
	bodyPauseMs: 0,
};

interface State {
	readonly clock: Clock;
	readonly behaviour: Behaviour;
	readonly list: EventList;
	readonly collections: Collections;
	readonly tokens: Tokens;
	readonly rateLimit: RateLimit;
	readonly faults: FaultQueue;
	readonly requests: RecordedRequest[];
}

/** Starts a separate Events API on a free port of this machine. */
export async function startEventsEmulator(options: EventsEmulatorOptions = {}): Promise<EventsEmulator> {
	const clock = options.clock ?? realClock;
	const behaviour: Behaviour = { ...USUAL, ...options.behaviour };
	const list = new EventList(clock, options.seed ?? []);
	const state: State = {
		...{ clock, behaviour, list, collections: new Collections(list, behaviour), tokens: new Tokens() },
		...{ rateLimit: new RateLimit(), faults: new FaultQueue(), requests: [] },
	};
	const listener: RequestListener = (request, response) => {
		handle(state, request, response).catch(() => response.socket?.destroy());
	};
	const server: Server = options.tls ? createTlsServer({ ...options.tls }, listener) : createServer(listener);
	// A connection that closes while a client is about to use it looks like an unrequested fault.
	server.keepAliveTimeout = 120_000;
	server.listen(options.port ?? 0, options.host ?? '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `${options.tls ? 'https' : 'http'}://${options.host ?? '127.0.0.1'}:${port}`,
		token: state.tokens.issue(clock.now(), {}),
		issueToken: (grant = {}) => state.tokens.issue(clock.now(), grant),
		revokeToken: (token) => state.tokens.revoke(token),
		add: (feed, event) => list.add(feed, event),
		events: (feed) => list.of(feed),
		expireCursors: () => state.collections.cursors.expireAll(),
		behaviour,
		faults: state.faults,
		requests: state.requests,
		close: async () => {
			if (!server.listening) return;
			const closed = once(server, 'close');
			server.close();
			server.closeAllConnections();
			await closed;
		},
	};
}

async function handle(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const path = request.url ?? '/';
	const method = request.method ?? 'GET';
	const { authorization, 'user-agent': userAgent } = request.headers;
	const body = parse(await readBody(request));
	const note = (status: number): void => {
		state.requests.push({
			...{ at: state.clock.now(), method, path, status },
			...(body !== undefined && { body }),
			...(authorization !== undefined && { authorization }),
			...(userAgent !== undefined && { userAgent }),
		});
	};
	const fault = state.faults.take({ method, route: path, path });
	if (fault?.kind === 'hang') return note(0);
	if (fault?.kind === 'delay') await state.clock.sleep(fault.delayMs);
	const instead = fault && answerInstead(fault);
	const answer = instead ?? act(state, { method, path, body, authorization });
	if (fault?.kind === 'resetBeforeHeaders') {
		note(0);
		response.socket?.destroy();
		return;
	}
	const sent = fault?.kind === 'malformedJson' ? malformed(answer) : answer;
	note(sent.status);
	if (fault?.kind === 'cutMidBody') return respondByHalf(response, sent, state.clock);
	await respond(response, sent, state.clock, state.behaviour.bodyPauseMs);
}

interface Call {
	readonly method: string;
	readonly path: string;
	readonly body: unknown;
	readonly authorization: string | undefined;
}

/** Every failure becomes its answer. */
function act(state: State, { method, path, body, authorization }: Call): Answer {
	const { clock, tokens, rateLimit, collections, behaviour } = state;
	try {
		const introspection = /^\/api\/(v2\/)?auth\/introspect$/.exec(path);
		const collection = /^\/api\/(v[12])\/([a-z]+)$/.exec(path);
		const feed = FEEDS.find((known) => known === collection?.[2]);
		if (method !== (introspection ? 'GET' : 'POST') || (!introspection && feed === undefined)) throw failure.notFound();
		const grant = tokens.authenticate(authorization, clock.now());
		rateLimit.take(authorization ?? '', clock.now(), behaviour);
		if (introspection) return jsonAnswer(introspect(grant, introspection[1] === undefined ? 'v1' : 'v2'));
		if (feed === undefined) throw failure.notFound();
		return jsonAnswer(collections.read(feed, collection?.[1] as ApiVersion, body === undefined ? {} : body, grant, clock.now()));
	} catch (error) {
		if (error instanceof EventsFailure) return failureAnswer(error, behaviour.errorBody);
		throw error;
	}
}

function parse(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return null;
	}
}
