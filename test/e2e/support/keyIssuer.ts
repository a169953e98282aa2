import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface IssuedKey {
	keyId: string;
	key: string;
	name: string;
}

export type IssuerCall = 'issue' | 'revoke' | 'whoami';

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

/** A service that issues and revokes its own API keys: the thing whose key gets rotated. */
export interface KeyIssuer {
	readonly url: string;
	/** Every issued key begins with this, so that one search finds any of them. */
	readonly keyPrefix: string;
	/** Oldest first. */
	liveKeys(): readonly IssuedKey[];
	isLive(key: string): boolean;
	requests(): readonly IssuerRequest[];
	/** Makes a key live without a request, as an administrator would. */
	issue(name: string): IssuedKey;
	/** Makes a key that exists elsewhere live here. */
	adopt(key: IssuedKey): void;
	/** The next such call fails; several queue up. */
	failNext(failure: ScriptedFailure): void;
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
	const requests: IssuerRequest[] = [];
	const failures: ScriptedFailure[] = [];
	let issued = 0;

	const issue = (name: string): IssuedKey => {
		issued += 1;
		const issuedKey = { keyId: `key-${issued}`, key: keyPrefix + randomText(random, 32), name };
		live.set(issuedKey.key, issuedKey);
		return issuedKey;
	};

	const act = (call: IssuerRequest['call'], path: string, body: string, caller: IssuedKey): Reply => {
		if (call === 'issue') {
			const name = readName(body);
			if (name === undefined) return { status: 400, body: { message: 'name is missing' } };
			const { keyId, key } = issue(name);
			return { status: 201, body: { keyId, key } };
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
		const caller = live.get((request.headers.authorization ?? '').replace(/^Bearer /, ''));
		const failureIndex = failures.findIndex((failure) => failure.call === call);
		const failure = failureIndex < 0 ? undefined : failures.splice(failureIndex, 1)[0];
		let reply: Reply = { status: 401, body: { message: 'this key is not live' } };
		if (caller && (!failure || failure.afterActing)) reply = act(call, path, body, caller);
		if (failure) reply = { status: failure.status ?? 503, body: { message: 'scripted failure' } };
		requests.push({ call, path, bearer: caller?.keyId, status: reply.status });
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

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		keyPrefix,
		liveKeys: () => [...live.values()],
		isLive: (key) => live.has(key),
		requests: () => requests,
		issue,
		adopt: (key) => void live.set(key.key, key),
		failNext: (failure) => void failures.push(failure),
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

function callOf(method: string, path: string): IssuerRequest['call'] {
	if (method === 'POST' && path === '/keys') return 'issue';
	if (method === 'DELETE' && path.startsWith('/keys/')) return 'revoke';
	if (method === 'GET' && path === '/whoami') return 'whoami';
	return 'unknown';
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function readName(body: string): string | undefined {
	try {
		const { name } = JSON.parse(body) as { name?: unknown };
		return typeof name === 'string' && name !== '' ? name : undefined;
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
