import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { readHttpSecretSettings } from '../../../../nodes/shared/connect/secrets/httpSecret';
import { authenticateWithSecret, cacheKeyOf, fetchSecret } from '../../../../nodes/shared/n8n/secretHttp/secretHttp';
import { expectNoSecret, expectRefusal } from '../../../support/refusal';
import { makeCertificate } from '../../../support/certificates';
import { startConnectEmulator, type ConnectEmulator } from '../../../emulators/connect';

const OLD = 'canary-old-S3cret';
const NEW = 'canary-new-S3cret';
const REFERENCE = 'op://Production/Payments API/credential';

let emulator: ConnectEmulator;
let sent: IHttpRequestOptions[];

beforeEach(async () => {
	sent = [];
	const field = { id: 'credential', type: 'CONCEALED', label: 'credential', value: OLD };
	emulator = await startConnectEmulator({
		behaviour: { replicas: [{ readLagMs: 0 }] },
		seed: { vaults: [{ name: 'Production', items: [{ title: 'Payments API', fields: [field] }] }] },
	});
});

afterEach(async () => await emulator.close());

/** n8n decrypts them anew for each request. */
const credentialsOf = (rest: object = {}): ICredentialDataDecryptedObject => ({
	serverUrl: emulator.url,
	accessToken: emulator.token,
	reference: REFERENCE,
	sendAs: 'bearer',
	headerName: 'X-API-Key',
	queryName: 'api_key',
	username: 'ada',
	cacheSeconds: 60,
	allowedHttpRequestDomains: 'domains',
	allowedDomains: 'api.example, 127.0.0.1',
	session: '',
	...rest,
});

/** n8n's plain helper. */
const context: IHttpRequestHelper = {
	helpers: {
		httpRequest: async (options: IHttpRequestOptions): Promise<unknown> => {
			sent.push(options);
			const response = await fetch(options.url, { headers: options.headers as Record<string, string>, redirect: 'manual' });
			const body = Buffer.from(await response.arrayBuffer());
			return { statusCode: response.status, headers: Object.fromEntries(response.headers), body };
		},
	},
} as unknown as IHttpRequestHelper;

async function ask(credentials: ICredentialDataDecryptedObject): Promise<void> {
	await fetchSecret(context, credentials);
}

async function authorized(
	rest: object = {},
	request: object = { url: 'https://api.example/x' },
): Promise<IHttpRequestOptions & Record<string, unknown>> {
	const credentials = credentialsOf(rest);
	await ask(credentials);
	return authenticateWithSecret(credentials, request as IHttpRequestOptions) as IHttpRequestOptions & Record<string, unknown>;
}

const bearerOf = (credentials: ICredentialDataDecryptedObject): unknown =>
	authenticateWithSecret(credentials, { url: 'https://api.example/x' }).headers?.Authorization;

function rotate(): void {
	const [item] = emulator.admin.items('Production');
	emulator.admin.editItem('Production', item?.id ?? '', ({ fields = [], ...rest }) => ({
		...rest,
		fields: fields.map((field) => ({ ...field, value: NEW })),
	}));
}

describe('the secret', () => {
	it('is read with a request that says who asks, and follows no redirect', async () => {
		await authorized();
		expect(sent).toHaveLength(3);
		for (const request of sent) {
			expect(request).toMatchObject({ disableFollowRedirect: true, headers: { Authorization: `Bearer ${emulator.token}` } });
			expect(request.headers?.['User-Agent']).toMatch(/^n8n-nodes-1password-connect\/[\d.]+ \(credential=onePasswordSecretHttpApi\)$/);
		}
	});

	it('goes into a copy of the request', async () => {
		const request = { url: 'https://api.example/x', headers: { Accept: 'a' }, qs: { page: 2 } };
		const before = structuredClone(request);
		const bearer = await authorized({}, request);
		const query = await authorized({ sendAs: 'query' }, request);
		expect(bearer).toMatchObject({ headers: { Accept: 'a', Authorization: `Bearer ${OLD}` }, qs: { page: 2 } });
		expect(query).toMatchObject({ headers: { Accept: 'a' }, qs: { page: 2, api_key: OLD } });
		expect(request).toEqual(before);
	});

	it.each([
		[{}, 'authorization', `Bearer ${OLD}`, 'Authorization'],
		[{ sendAs: 'header' }, 'x-api-key', OLD, 'X-API-Key'],
		[{ sendAs: 'basic' }, 'AUTHORIZATION', `Basic ${Buffer.from(`ada:${OLD}`).toString('base64')}`, 'Authorization'],
	])('takes the place of a header that differs in case only (%j)', async (rest, given, value, name) => {
		const { headers } = await authorized(rest, { url: 'https://api.example', headers: { [given]: 'mine', Other: 'kept' } });
		expect(headers).toEqual({ [name]: value, Other: 'kept' });
	});

	it('is nowhere in the credentials that n8n holds', async () => {
		const credentials = credentialsOf();
		await ask(credentials);
		expect(Reflect.ownKeys(credentials)).toEqual(Reflect.ownKeys(credentialsOf()));
		expect(inspect(credentials, { showHidden: true, depth: 9 })).not.toContain(OLD);
	});

	it('is not made up where n8n has not asked for it', async () => {
		const refused = (async () => await Promise.resolve(authenticateWithSecret(credentialsOf(), { url: 'https://api.example' })))();
		const error = await expectRefusal(refused, { code: 'INVALID_INPUT' }, [emulator.token]);
		expect(error.message).toMatch(/did not ask/);
	});
});

describe('the cache', () => {
	it('spares the reading for the next request, whatever becomes of the item', async () => {
		await authorized();
		rotate();
		expect((await authorized()).headers?.Authorization).toBe(`Bearer ${OLD}`);
		expect(sent).toHaveLength(3);
	});

	it('keeps nothing with a time of 0', async () => {
		await authorized({ cacheSeconds: 0 });
		rotate();
		expect((await authorized({ cacheSeconds: 0 })).headers?.Authorization).toBe(`Bearer ${NEW}`);
	});

	it('serves nobody with another token, or with none', async () => {
		await authorized();
		await expectRefusal(ask(credentialsOf({ accessToken: 'foreign' })), { code: 'AUTH_FAILED' }, [OLD, 'foreign']);
		await expectRefusal(ask(credentialsOf({ accessToken: emulator.issueToken({ vaults: {} }) })), { code: 'VAULT_NOT_FOUND' }, [OLD]);
		await expectRefusal(ask(credentialsOf({ accessToken: '' })), { code: 'INVALID_INPUT' }, [OLD]);
		await expectRefusal(ask(credentialsOf({ serverUrl: 'http://127.0.0.1:9', cacheSeconds: 60 })), { code: 'NETWORK' }, [OLD]);
	}, 40_000);

	it('does not get around the allowed domains', async () => {
		await authorized();
		await expectRefusal(authorized({ allowedDomains: '127.0.0.1' }), { code: 'INVALID_INPUT' }, [OLD]);
		await expectRefusal(authorized({ allowedDomains: 'api.example' }), { code: 'INVALID_INPUT' }, [OLD]);
	});
});

describe('a request that failed', () => {
	it('has the secret read anew, for itself and for the next one', async () => {
		const credentials = credentialsOf();
		await ask(credentials);
		rotate();
		await ask(credentials);
		expect(bearerOf(credentials)).toBe(`Bearer ${NEW}`);
		expect((await authorized()).headers?.Authorization).toBe(`Bearer ${NEW}`);
		expect(sent).toHaveLength(6);
	});

	it('has it read once, however many fail that used the same one', async () => {
		const many = Array.from({ length: 20 }, () => credentialsOf());
		await Promise.all(many.map(ask));
		rotate();
		await Promise.all(many.slice(0, 10).map(ask));
		for (const one of many.slice(10)) await ask(one);
		expect(many.map(bearerOf)).toEqual(many.map(() => `Bearer ${NEW}`));
		expect(sent).toHaveLength(6);
	});

	it('keeps its own answer where 1Password can not be read meanwhile', async () => {
		const credentials = credentialsOf();
		await ask(credentials);
		emulator.faults.script({ kind: 'status', status: 401, times: Infinity });
		await expect(ask(credentials)).resolves.toBeUndefined();
		expect(bearerOf(credentials)).toBe(`Bearer ${OLD}`);
		await expectRefusal(ask(credentialsOf()), { code: 'AUTH_FAILED' }, [OLD, emulator.token]);
	});
});

describe('a reading that failed', () => {
	it('is not tried again when n8n asks again for the same request', async () => {
		const credentials = credentialsOf({ reference: 'op://Production/Nothing/credential' });
		const first = await expectRefusal(ask(credentials), { code: 'ITEM_NOT_FOUND' });
		const requests = sent.length;
		expect(await ask(credentials).catch((error: unknown) => error)).toBe(first);
		expect(sent).toHaveLength(requests);
	});

	it('is tried again for the next request', async () => {
		emulator.faults.script({ kind: 'status', status: 401 });
		await expectRefusal(ask(credentialsOf()), { code: 'AUTH_FAILED' });
		expect((await authorized()).headers?.Authorization).toBe(`Bearer ${OLD}`);
	});
});

describe('a request elsewhere', () => {
	it.each([
		[{ url: 'https://evil.example' }],
		[{ uri: 'https://evil.example' }],
		[{ url: 'https://evil.example', uri: 'https://api.example' }],
		[{ url: 'https://api.example@evil.example' }],
		[{ baseURL: 'https://evil.example', url: '/x' }],
		[{ baseURL: 'https://evil.example', url: '' }],
		[{ baseURL: 'https://evil.example', url: '/heartbeat' }],
		[{ baseURL: 'https://api.example', url: 'https://evil.example' }],
		[{ baseURL: 'https://api.example', url: 'HTTPS://evil.example' }],
		[{ baseURL: 'https://api.example', url: '//evil.example/x' }],
		[{ url: '//evil.example/x' }],
		[{ url: '/x' }],
		[{}],
	])('%j is refused', async (request) => {
		await expectRefusal(authorized({}, request), { code: 'INVALID_INPUT' }, [OLD, emulator.token]);
	});

	it.each([
		[{ uri: 'https://api.example/x' }],
		[{ url: new URL('https://api.example/x') }],
		[{ baseURL: 'https://api.example', url: '/x' }],
		[{ baseURL: 'https://api.example/', url: 'x' }],
		[{ baseURL: 'https://api.example', url: '@evil.example' }],
		[{ baseURL: 'https://evil.example', url: 'https://api.example/x' }],
	])('%j is none', async (request) => {
		expect((await authorized({}, request)).headers?.Authorization).toBe(`Bearer ${OLD}`);
	});
});

describe('a redirect', () => {
	const follows = async (rest: object, request: object = {}): Promise<boolean> => {
		const options = await authorized(rest, { url: 'https://api.example', followRedirect: true, followAllRedirects: true, ...request });
		expect(options.sendCredentialsOnCrossOriginRedirect).toBe(false);
		const stays = [options.disableFollowRedirect, options.followRedirect, options.followAllRedirects];
		expect([
			[undefined, true, true],
			[true, false, false],
		]).toContainEqual(stays);
		return options.followRedirect === true;
	};
	const CHECKED = { allowedDomains: 'api.example' };
	const ALL = { allowedHttpRequestDomains: 'all' };

	it.each<[string, object, object, boolean]>([
		['a header, which n8n keeps to the allowed domains', { sendAs: 'header' }, CHECKED, true],
		['a header, which n8n sends anywhere', { sendAs: 'header' }, {}, false],
		['a header, though all domains are allowed', { sendAs: 'header', ...ALL }, {}, false],
		['a token, which n8n keeps to the allowed domains', {}, CHECKED, true],
		['a token, which n8n sends to hosts below', {}, {}, false],
		['a token, where all domains are allowed', ALL, {}, true],
		['a password, where all domains are allowed', { sendAs: 'basic', ...ALL }, {}, true],
		['a query parameter, which n8n keeps to the allowed domains', { sendAs: 'query' }, CHECKED, true],
		['a query parameter, which the server may hand on', { sendAs: 'query' }, {}, false],
		['a query parameter, where all domains are allowed', { sendAs: 'query', ...ALL }, {}, true],
	])('of a request with %s', async (_what, rest, request, expected) => {
		expect(await follows(rest, request)).toBe(expected);
	});
});

describe("the credential's own test", () => {
	it('asks the Connect server for a sign of life, with neither token nor secret', async () => {
		const { cert, key } = await makeCertificate();
		const tls = { caCertificate: cert, clientCertificate: cert, clientKey: key, ignoreSslIssues: true };
		const credentials = credentialsOf({ ...tls, extraHeaders: 'X-Gateway: g', allowedDomains: '127.0.0.1' });
		await ask(credentials);
		const request = authenticateWithSecret(credentials, { url: '/heartbeat', headers: {} });
		expect(request).toMatchObject({
			url: `${emulator.url}/heartbeat`,
			ignoreHttpStatusErrors: true,
			agentOptions: { ca: expect.any(String), cert: expect.any(String), key: expect.any(String) },
			headers: { 'X-Gateway': 'g' },
			skipSslCertificateValidation: true,
		});
		expectNoSecret(request, [OLD, emulator.token]);
	});
});

describe('the key in the cache', () => {
	const BASE = { sendAs: 'bearer', reference: REFERENCE };
	const settings = readHttpSecretSettings(BASE);
	const key = cacheKeyOf('https://a', 'token-1', settings);

	it('is another for another server, token or setting', () => {
		const others = [
			cacheKeyOf('https://b', 'token-1', settings),
			cacheKeyOf('https://a', 'token-2', settings),
			...[{ sendAs: 'query', queryName: 'x' }, { sendAs: 'basic' }, { reference: 'op://Production/Payments API/tenant' }, { cacheSeconds: 1 }].map(
				(rest) => cacheKeyOf('https://a', 'token-1', readHttpSecretSettings({ ...BASE, ...rest })),
			),
			cacheKeyOf('https://a","token-1', '', settings),
		];
		expect(new Set([key, ...others]).size).toBe(others.length + 1);
		expect(cacheKeyOf('https://a', 'token-1', readHttpSecretSettings({ ...BASE }))).toBe(key);
	});

	it('tells nothing', () => {
		expect(key).toMatch(/^[\w+/]{43}=$/);
	});
});
