import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface IssuedKey {
	keyId: string;
	key: string;
	name: string;
}

export type IssuerCall = 'issue' | 'revoke' | 'whoami' | 'notify';

/** Around what the issuer does for a call: before it acts, or after it has acted and before it answers. */
export type IssuerMoment = 'before' | 'after';

/** One request as the issuer saw it. Never holds a key: `bearer` is the id of the live key that was shown. */
export interface IssuerRequest {
	call: IssuerCall | 'unknown';
	path: string;
	bearer: string | undefined;
	status: number;
}

export interface ScriptedFailure {
	call: IssuerCall;
	/** Status to answer. Default 503. */
	status?: number;
	/** Does what was asked, and only then answers with the failure. Default false. */
	afterActing?: boolean;
}

/** A service that issues and revokes its own API keys: its key gets rotated. */
export interface KeyIssuer {
	readonly url: string;
	/** Every issued key begins with this, so that one search finds any of them. */
	readonly keyPrefix: string;
	/** Oldest first. */
	liveKeys(): readonly IssuedKey[];
	isLive(key: string): boolean;
	/** Every key that was ever issued or adopted, oldest first, also those revoked since. */
	issuedKeys(): readonly IssuedKey[];
	requests(): readonly IssuerRequest[];
	/** Makes a key live without a request, as an administrator would. */
	issue(name: string): IssuedKey;
	/** Makes a key that exists elsewhere live here. */
	adopt(key: IssuedKey): void;
	/** The next such call fails; several queue up. */
	failNext(failure: ScriptedFailure): void;
	/** Called around every act; what it returns as `cut` ends the connection there. */
	intercept: ((call: IssuerRequest['call'], moment: IssuerMoment) => Promise<'cut' | undefined>) | undefined;
	/** What it was told in messages, oldest first. */
	messages(): readonly string[];
	close(): Promise<void>;
}

export interface KeyIssuerOptions {
	/** Same seed, same keys. Default 1. */
	seed?: number;
	/** Default: any free port. */
	port?: number;
	keyPrefix?: string;
}

interface Reply {
	status: number;
	body?: unknown;
}

export async function startKeyIssuer(options: KeyIssuerOptions = {}): Promise<KeyIssuer> {
	const keyPrefix = options.keyPrefix ?? 'canary-key-';
	const random = seededRandom(options.seed ?? 1);
	const live = new Map<string, IssuedKey>();
	/** By Idempotency-Key: a repeated request gets the same key, even if it has been revoked in the meantime. */
	const replays = new Map<string, IssuedKey>();
	const messages: string[] = [];
	const requests: IssuerRequest[] = [];
	const failures: ScriptedFailure[] = [];
	const everIssued: IssuedKey[] = [];
	let issued = 0;

	const issue = (name: string): IssuedKey => {
		issued += 1;
		const issuedKey = { keyId: `key-${issued}`, key: keyPrefix + randomText(random, 32), name };
		live.set(issuedKey.key, issuedKey);
		everIssued.push(issuedKey);
		return issuedKey;
	};

	const act = ({ call, path, body, bearer, idempotencyKey }: Call, caller: IssuedKey): Reply => {
		if (call === 'issue') {
			const name = readText(body, 'name');
			if (name === undefined) return { status: 400, body: { message: 'name is missing' } };
			const { keyId, key } = replays.get(idempotencyKey ?? '') ?? issue(name);
			if (idempotencyKey) replays.set(idempotencyKey, { keyId, key, name });
			return { status: 201, body: { keyId, key } };
		}
		if (call === 'notify') {
			messages.push(readText(body, 'text') ?? '');
			return { status: 204 };
		}
		if (call === 'revoke' && path === REVOCATION) {
			// According to RFC 7009, an invalid key is not an error.
			live.delete(bearer);
			return { status: 204 };
		}
		if (call === 'revoke') {
			const keyId = decodeURIComponent(path.slice('/keys/'.length));
			const target = [...live.values()].find((candidate) => candidate.keyId === keyId);
			if (!target) return { status: 404, body: { message: 'no such key' } };
			live.delete(target.key);
			return { status: 204 };
		}
		if (call === 'whoami') return { status: 200, body: { keyId: caller.keyId } };
		return { status: 404, body: { message: 'no such path' } };
	};

	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const path = request.url ?? '/';
		const call = callOf(request.method ?? 'GET', path);
		const body = await readBody(request);
		const bearer = (request.headers.authorization ?? '').replace(/^Bearer /, '');
		const caller = live.get(bearer);
		const asked: Call = { call, path, body, bearer, idempotencyKey: request.headers['idempotency-key']?.toString() };
		if ((await issuer.intercept?.(call, 'before')) === 'cut') return void request.socket.destroy();
		const failureIndex = failures.findIndex((failure) => failure.call === call);
		const failure = failureIndex < 0 ? undefined : failures.splice(failureIndex, 1)[0];
		let reply: Reply = { status: 401, body: { message: 'this key is not live' } };
		const isKnown = call === 'notify' || path === REVOCATION ? NOBODY : caller;
		if (isKnown && (!failure || failure.afterActing)) reply = act(asked, isKnown);
		if (failure) reply = { status: failure.status ?? 503, body: { message: 'scripted failure' } };
		requests.push({ call, path, bearer: caller?.keyId, status: reply.status });
		if ((await issuer.intercept?.(call, 'after')) === 'cut') return void request.socket.destroy();
		response.writeHead(reply.status, { 'content-type': 'application/json' });
		response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
	};

	const server = createServer((request, response) => {
		handle(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});

	const issuer: KeyIssuer = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		keyPrefix,
		liveKeys: () => [...live.values()],
		isLive: (key) => live.has(key),
		issuedKeys: () => everIssued,
		requests: () => requests,
		issue,
		adopt(key) {
			live.set(key.key, key);
			everIssued.push(key);
		},
		failNext: (failure) => void failures.push(failure),
		intercept: undefined,
		messages: () => messages,
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	return issuer;
}

interface Call {
	readonly call: IssuerRequest['call'];
	readonly path: string;
	readonly body: string;
	readonly bearer: string;
	readonly idempotencyKey: string | undefined;
}

/** Sending a message needs no key; a key to revoke may already be revoked. */
const NOBODY: IssuedKey = { keyId: '', key: '', name: '' };

const REVOCATION = '/keys/revoke';

function callOf(method: string, path: string): IssuerRequest['call'] {
	if (method === 'POST' && path === '/keys') return 'issue';
	if (method === 'POST' && path === REVOCATION) return 'revoke';
	if (method === 'POST' && path === '/messages') return 'notify';
	if (method === 'DELETE' && path.startsWith('/keys/')) return 'revoke';
	if (method === 'GET' && path === '/whoami') return 'whoami';
	return 'unknown';
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function readText(body: string, name: string): string | undefined {
	try {
		const value = (JSON.parse(body) as Record<string, unknown>)[name];
		return typeof value === 'string' && value !== '' ? value : undefined;
	} catch {
		return undefined;
	}
}

/** mulberry32: keys must differ between seeds and repeat within one; they need not be hard to guess. */
function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function randomText(random: () => number, length: number): string {
	const alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
	return Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join('');
}
