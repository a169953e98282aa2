import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SyncTarget = 'grafana' | 'backup' | 'app-1' | 'app-2' | 'log';

/** What the workflow notes. */
export interface ChangeRecord {
	readonly eventId: string;
	readonly item: string;
	readonly version: number;
	readonly updated: readonly string[];
	readonly failed: readonly string[];
}

/** The services that need the database password, and the one that keeps a record, behind one port. */
export interface SyncTargets {
	/** Base address of one of them. */
	url(target: SyncTarget): string;
	/** The bearer token that it requires. */
	token(target: SyncTarget): string;
	/** The password that it works with now. */
	password(target: SyncTarget): string | undefined;
	/** Grafana's data source without its secret part. */
	dataSource(): Readonly<Record<string, unknown>>;
	records(): readonly ChangeRecord[];
	/** Requests that it has answered, with any status. */
	calls(target: SyncTarget): number;
	/** This many of its next requests fail. Default all, until the next call. */
	fail(target: SyncTarget, times?: number): void;
	close(): Promise<void>;
}

const DATA_SOURCE = '/api/datasources/uid/orders-db';

const ROUTES: Readonly<Record<SyncTarget, readonly string[]>> = {
	grafana: [`GET ${DATA_SOURCE}`, `PUT ${DATA_SOURCE}`],
	backup: ['PUT /jobs/orders/password'],
	'app-1': ['PUT /config/database-password'],
	'app-2': ['PUT /config/database-password'],
	log: ['POST /changes'],
};

interface Reply {
	readonly status: number;
	readonly body: object;
}

export async function startSyncTargets(): Promise<SyncTargets> {
	const passwords = new Map<SyncTarget, string>();
	const failures = new Map<SyncTarget, number>();
	const calls = new Map<SyncTarget, number>();
	const records: ChangeRecord[] = [];
	let dataSource: Readonly<Record<string, unknown>> = {
		uid: 'orders-db',
		name: 'Orders',
		type: 'postgres',
		url: 'orders-db.example.com:5432',
		user: 'grafana',
		jsonData: { database: 'orders' },
	};

	const act = (target: SyncTarget, method: string, body: Record<string, unknown>): Reply => {
		if (method === 'GET') return { status: 200, body: { ...dataSource, secureJsonFields: { password: true } } };
		if (target === 'log') {
			records.push(body as unknown as ChangeRecord);
			return { status: 201, body: {} };
		}
		const { secureJsonData, secureJsonFields: _which, ...rest } = body;
		const { password } = (target === 'grafana' ? (secureJsonData ?? {}) : body) as { password?: unknown };
		if (typeof password !== 'string' || password === '') return { status: 400, body: { message: 'no password' } };
		// As in Grafana: properties omitted from a PUT are removed.
		if (target === 'grafana') dataSource = rest;
		passwords.set(target, password);
		return { status: 200, body: { message: 'updated' } };
	};

	const answer = (request: IncomingMessage, body: string): Reply => {
		const [, name = '', ...path] = (request.url ?? '').split('/');
		const target = name as SyncTarget;
		const method = request.method ?? '';
		if (!ROUTES[target]?.includes(`${method} /${path.join('/')}`)) return { status: 404, body: { message: 'no such path' } };
		calls.set(target, (calls.get(target) ?? 0) + 1);
		if (request.headers.authorization !== `Bearer ${tokenOf(target)}`) return { status: 401, body: { message: 'wrong token' } };
		const left = failures.get(target) ?? 0;
		failures.set(target, Math.max(0, left - 1));
		if (left > 0) return { status: 503, body: { message: 'scripted failure' } };
		return act(target, method, body === '' ? {} : (JSON.parse(body) as Record<string, unknown>));
	};

	const server = createServer((request, response: ServerResponse) => {
		readBody(request)
			.then((text) => {
				const { status, body } = answer(request, text);
				response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
			})
			.catch(() => response.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});
	const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

	return {
		url: (target) => `${base}/${target}`,
		token: tokenOf,
		password: (target) => passwords.get(target),
		dataSource: () => dataSource,
		records: () => records,
		calls: (target) => calls.get(target) ?? 0,
		fail: (target, times = Infinity) => void failures.set(target, times),
		async close() {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
}

/** Application servers share one. */
function tokenOf(target: SyncTarget): string {
	return `token-of-${target.replace(/-\d$/, '')}`;
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}
