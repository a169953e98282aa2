import { inspect } from 'node:util';

import { startConnectEmulator, type ConnectEmulator } from '../emulators/connect';
import { leaksIn } from '../support/canaries';
import { CHECKS_DOMAINS, openSecretHttpHost, startApi, type Api, type SecretHttpHost } from './support/secretHttpHost';

/** The credential for HTTP requests behind both of n8n's helpers, against a real API. */

const OLD = 'canary-old-S3cret';
const NEW = 'canary-new-S3cret';
const REFERENCE = 'op://Production/Payments API/credential';

let emulator: ConnectEmulator;
let api: Api;
/** What the API accepts. */
let live: string;

beforeEach(async () => {
	live = OLD;
	const field = { id: 'credential', type: 'CONCEALED', label: 'credential', value: OLD };
	emulator = await startConnectEmulator({
		behaviour: { replicas: [{ readLagMs: 0 }] },
		seed: { vaults: [{ name: 'Production', items: [{ title: 'Payments API', fields: [field] }] }] },
	});
	api = await startApi((request, response) => {
		const url = new URL(request.url ?? '/', 'http://api');
		const shown =
			JSON.stringify([request.headers, url.search]) + Buffer.from((request.headers.authorization ?? '').split(' ')[1] ?? '', 'base64').toString();
		const to = url.searchParams.get('to');
		if (url.pathname === '/hand-on') response.writeHead(301, { location: at(`/x${url.search}`, 'localhost') }).end();
		else if (to !== null) response.writeHead(302, { location: to }).end();
		else if (url.pathname.startsWith('/status/'))
			response.writeHead(Number(url.pathname.slice(8)), { 'content-type': 'application/json' }).end('{"message":"no"}');
		else response.writeHead(shown.includes(live) ? 200 : 401, { 'content-type': 'application/json' }).end('{"ok":true}');
	});
});

afterEach(async () => await Promise.all([emulator.close(), api.close()]));

const at = (path: string, host = '127.0.0.1'): string => `http://${host}:${api.port}${path}`;

const open = async (rest: object = {}): Promise<SecretHttpHost> =>
	await openSecretHttpHost({
		serverUrl: emulator.url,
		accessToken: emulator.token,
		reference: REFERENCE,
		sendAs: 'bearer',
		username: 'ada',
		headerName: 'X-API-Key',
		queryName: 'api_key',
		cacheSeconds: 60,
		allowedHttpRequestDomains: 'domains',
		allowedDomains: '127.0.0.1',
		caCertificate: '',
		ignoreSslIssues: false,
		session: '',
		...rest,
	});

type Helper = 'present' | 'former';
const HELPERS: readonly Helper[] = ['present', 'former'];
const WAYS = ['bearer', 'header', 'basic', 'query'] as const;

const send = async (host: SecretHttpHost, helper: Helper, url: string): Promise<unknown> =>
	helper === 'present' ? await host.present({ url, method: 'GET' }) : await host.former({ uri: url, method: 'GET' });

const failureOf = async (attempt: Promise<unknown>): Promise<Error & { httpCode?: string }> =>
	await attempt.then(
		() => {
			throw new Error('It did not fail.');
		},
		(error: Error) => error,
	);

function rotate(): void {
	const [item] = emulator.admin.items('Production');
	live = NEW;
	emulator.admin.editItem('Production', item?.id ?? '', ({ fields = [], ...rest }) => ({
		...rest,
		fields: fields.map((field) => ({ ...field, value: NEW })),
	}));
}

/** Whether any request to the host carried a secret. */
const carried = (host: string): boolean => {
	const calls = JSON.stringify(api.calls.filter((call) => call.host.startsWith(host)));
	return leaksIn(calls, [OLD, NEW]).length > 0 || calls.includes(Buffer.from(`ada:${OLD}`).toString('base64'));
};

describe.each(HELPERS)('with the %s helper', (helper) => {
	it.each(WAYS)('the API gets the secret as %s, and n8n has nothing to store', async (sendAs) => {
		const host = await open({ sendAs });
		await send(host, helper, at('/x'));
		await send(host, helper, at('/y'));
		expect([api.calls.length, carried('127.0.0.1')]).toEqual([2, true]);
		expect(host.persisted).toEqual([]);
		// Vaults, items, item: the second request needs none of them.
		expect(emulator.requests).toHaveLength(3);
	});

	it('the options that the node stores and shows contain no secret', async () => {
		const host = await open({ sendAs: 'header', headerName: 'X-Other' });
		const options = { url: at('/x'), uri: at('/x'), method: 'GET' as const, headers: {}, qs: {} };
		await (helper === 'present' ? host.present(options) : host.former(options));
		expect(leaksIn(inspect(options, { depth: 9, showHidden: true }), [OLD, emulator.token])).toEqual([]);
	});

	it('the request after a 401 has the new secret', async () => {
		const host = await open();
		await send(host, helper, at('/x'));
		rotate();
		const first = send(host, helper, at('/x'));
		if (helper === 'present') await first;
		else expect((await failureOf(first)).httpCode).toBe('401');
		const statuses = api.calls.map(({ headers }) => headers.authorization);
		expect(statuses).toEqual([OLD, OLD, ...(helper === 'present' ? [NEW] : [])].map((value) => `Bearer ${value}`));
		const before = emulator.requests.length;
		await send(host, helper, at('/x'));
		expect(api.calls.at(-1)?.headers.authorization).toBe(`Bearer ${NEW}`);
		expect(emulator.requests).toHaveLength(before);
		expect(host.persisted).toEqual([]);
	});

	it.each(WAYS)('a redirect to a host that is not allowed does not carry the secret (%s)', async (sendAs) => {
		const host = await open({ sendAs });
		await send(host, helper, at(`/x?to=${encodeURIComponent(at('/stolen', 'localhost'))}`)).catch(() => undefined);
		expect(carried('127.0.0.1')).toBe(true);
		expect(carried('localhost')).toBe(false);
	});

	it.each(WAYS)('a redirect to another host does not carry the secret even if all hosts are allowed (%s)', async (sendAs) => {
		const host = await open({ sendAs, allowedHttpRequestDomains: 'all' });
		await send(host, helper, at(`/x?to=${encodeURIComponent(at('/stolen', 'localhost'))}`)).catch(() => undefined);
		expect(carried('127.0.0.1')).toBe(true);
		expect(carried('localhost')).toBe(false);
	});

	it('a redirect that passes the query on does not send the secret to a host that is not allowed', async () => {
		const host = await open({ sendAs: 'query' });
		await send(host, helper, at('/hand-on')).catch(() => undefined);
		expect(carried('127.0.0.1')).toBe(true);
		expect(carried('localhost')).toBe(false);
	});

	it('a redirect within the host is followed with the secret if that is safe', async () => {
		const host = await open({ sendAs: 'bearer', allowedHttpRequestDomains: 'all' });
		await send(host, helper, at(`/x?to=${encodeURIComponent('/moved')}`));
		expect(api.calls.at(-1)).toMatchObject({ url: '/moved', headers: { authorization: `Bearer ${OLD}` } });
	});

	it('a request to a host that is not allowed is not sent, and the error shows the host', async () => {
		const host = await open();
		const error = await failureOf(send(host, helper, at('/x', 'localhost')));
		expect(api.calls).toEqual([]);
		expect(error.message).toMatch(/localhost/);
		expectNoLeak(error);
	});

	it('a Connect server that is not allowed gets no request', async () => {
		const host = await open({ allowedDomains: 'api.example' });
		const error = await failureOf(send(host, helper, 'http://api.example/'));
		expect(emulator.requests).toEqual([]);
		expect(error.message).toMatch(/Connect server, 127\.0\.0\.1, is not among the credential's 'Allowed Domains'/);
	});

	it.each([
		['ITEM', { reference: 'op://Production/Nothing/credential' }, /^op:\/\/Production\/Nothing\/credential: /],
		['VAULT', { reference: 'op://Nowhere/Payments API/credential' }, /^op:\/\/Nowhere\/Payments API\/credential: /],
		['FIELD', { reference: 'op://Production/Payments API/nothing' }, /^op:\/\/Production\/Payments API\/nothing: /],
		['TOKEN', { accessToken: 'foreign-canary' }, /token/],
	])('a failed read says why, happens once and sends nothing to the API: %s', async (_what, rest, says) => {
		const host = await open(rest);
		const error = await failureOf(send(host, helper, at('/x')));
		expect(error.message).toMatch(says);
		expect([api.calls.length, emulator.requests.length <= 3]).toEqual([0, true]);
		expectNoLeak(error, 'foreign-canary');
	});

	it.each(WAYS)('the API error that n8n saves contains no secret (%s)', async (sendAs) => {
		const host = await open({ sendAs });
		for (const path of [at('/status/401'), at('/status/403'), at('/status/500'), 'http://127.0.0.1:9/']) {
			expectNoLeak(await failureOf(send(host, helper, path)));
		}
	});
});

/** Message, members and JSON: what n8n saves and logs. The cause is n8n's own, and stays in memory. */
function expectNoLeak(error: Error, ...more: string[]): void {
	const saved = [error.message, error.stack ?? '', JSON.stringify(error), JSON.stringify({ ...error })].join('\n');
	const secrets = [OLD, NEW, emulator.token, `ada:${OLD}`, ...more];
	expect(leaksIn(saved, secrets)).toEqual([]);
}

it('a redirect among the allowed hosts is followed if n8n checks it', async () => {
	const host = await open({ sendAs: 'header' });
	const result = send(host, 'former', at(`/x?to=${encodeURIComponent('/moved')}`));
	if (!CHECKS_DOMAINS) return expect((await failureOf(result)).httpCode).toBe('302');
	await result;
	expect(api.calls.at(-1)?.headers['x-api-key']).toBe(OLD);
});

it('a 401 that is not a failure for the node keeps the secret for the cache time', async () => {
	const host = await open();
	const { port } = api;
	// As the GraphQL node asks, and the HTTP Request node with Never Error.
	const ask = async (): Promise<unknown> => await host.former({ uri: `http://127.0.0.1:${port}/x`, simple: false });
	await ask();
	rotate();
	expect([await ask(), await ask()]).toMatchObject([{ statusCode: 401 }, { statusCode: 401 }]);
	expect(emulator.requests).toHaveLength(3);
});
