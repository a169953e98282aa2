import { beforeAll, describe, expect, it } from '@jest/globals';

import { authenticateConnectRequest } from '../../../../nodes/shared/connect/credential/authenticate';
import { makeCertificate, type TestCertificate } from '../../../support/certificates';
import { expectRefusal } from '../../../support/refusal';

const TOKEN = 'eyJhbGciOi.eyJqdGkiOi.c2lnbmF0dXJl-_';

let own: TestCertificate;

beforeAll(async () => {
	own = await makeCertificate();
});

function send(url: string | undefined, credential: Record<string, unknown> = {}, rest: object = {}): Record<string, unknown> {
	return authenticateConnectRequest({ serverUrl: 'https://host/connect', accessToken: TOKEN, ...credential }, { url, ...rest });
}

async function refused(attempt: () => unknown): Promise<void> {
	await expectRefusal(Promise.resolve().then(attempt), { code: 'INVALID_INPUT' }, [TOKEN]);
}

describe('the Connect credential', () => {
	it('adds the token to a request and leaves the rest alone', () => {
		const sent = send('https://host/connect/v1/vaults', {}, { method: 'GET', headers: { Accept: 'x' }, timeout: 5 });
		expect(sent).toEqual({
			url: 'https://host/connect/v1/vaults',
			method: 'GET',
			timeout: 5,
			headers: { Accept: 'x', Authorization: `Bearer ${TOKEN}` },
		});
	});

	it('puts the server in front of a path', () => {
		expect(send('/v1/vaults').url).toBe('https://host/connect/v1/vaults');
		expect(send('/v1/vaults', { serverUrl: 'http://Host:80/connect/v1/' }).url).toBe('http://host/connect/v1/vaults');
	});

	it("does not let the request's base URL override the server", () => {
		expect(send('/v1/vaults', {}, { baseURL: 'https://evil.example' })).toMatchObject({
			url: 'https://host/connect/v1/vaults',
			baseURL: undefined,
		});
	});

	it('does not change its arguments', () => {
		const request = Object.freeze({ url: '/v1/vaults', headers: Object.freeze({ a: 'b' }) });
		authenticateConnectRequest({ serverUrl: 'https://host', accessToken: TOKEN }, request);
		expect(request).toEqual({ url: '/v1/vaults', headers: { a: 'b' } });
	});

	it.each([
		'https://evil.example/v1/vaults',
		'https://host.evil.example/connect/v1/vaults',
		'https://host@evil.example/connect/v1/vaults',
		'https://host:8443/connect/v1/vaults',
		'http://host/connect/v1/vaults',
		'https://host/connect',
		'https://host/connectx/v1/vaults',
		'https://host/v1/vaults',
		'https://host/connect/../admin',
		'https://host/connect/%2e%2e/admin',
		'https://host/connect/v1/../../admin',
		'https://host/connect/.%2E/',
		'https://host/connect/\\..\\..\\admin',
		'/../admin',
		'v1/vaults',
		'',
		undefined,
	])('does not send the token anywhere else: %s', async (url) => {
		await refused(() => send(url));
	});

	it.each(['//evil.example/v1/vaults', '/\\evil.example/', '/@evil.example/'])('keeps %s on the server', (url) => {
		expect(new URL(String(send(url).url)).host).toBe('host');
	});

	it.each(['', ' ', undefined, 'two words', `Bearer ${TOKEN}`, `${TOKEN}\nX: y`, 'tökén', 'a\u0000b'])(
		'refuses %j as a token',
		async (accessToken) => {
			await refused(() => send('/v1/vaults', { accessToken }));
		},
	);

	it('accepts a token with white space around it', () => {
		expect(send('/v1/vaults', { accessToken: ` ${TOKEN}\n` }).headers).toEqual({ Authorization: `Bearer ${TOKEN}` });
	});

	it.each(['', undefined, 'host', 'https://user:pass@host'])('refuses %j as a server', async (serverUrl) => {
		await refused(() => send('/v1/vaults', { serverUrl }));
	});
});

describe('the TLS settings', () => {
	it("come from the credential, in addition to the agent's other options", () => {
		const credential = { caCertificate: own.cert, clientCertificate: own.cert, clientKey: own.key };
		const pem = own.cert.trim().replace(/\r\n/g, '\n');
		expect(send('/v1/vaults', { caCertificate: own.cert.replace(/\r?\n/g, ' ') }).agentOptions).toEqual({ ca: pem });
		expect(send('/v1/vaults', credential, { agentOptions: { keepAlive: true } }).agentOptions).toEqual({
			keepAlive: true,
			ca: pem,
			cert: pem,
			key: own.key.trim().replace(/\r\n/g, '\n'),
		});
	});

	it('are unchanged if nothing is set', () => {
		for (const rest of [
			{},
			{ caCertificate: ' ', clientCertificate: '', clientKey: '\n' },
			{ ignoreSslIssues: false },
			{ ignoreSslIssues: 'true' },
		]) {
			expect(Object.keys(send('/v1/vaults', rest))).toEqual(['url', 'baseURL', 'headers']);
		}
	});

	it.each([{ caCertificate: 'PEM' }, { clientCertificate: 'PEM' }, { clientKey: 'PEM' }, { caCertificate: 'PEM', ignoreSslIssues: true }])(
		'are refused before anything is sent if unusable: %j',
		async (rest) => {
			await refused(() => send('/v1/vaults', rest));
		},
	);

	it('accept untrusted certificates if the user allows it', () => {
		expect(send('/v1/vaults', { ignoreSslIssues: true }).skipSslCertificateValidation).toBe(true);
	});
});

describe('extra headers', () => {
	it("are sent with the token, and replace none of the client's headers", () => {
		const sent = send('/v1/vaults', { extraHeaders: 'X-Gateway: secret' }, { headers: { Accept: 'a', 'User-Agent': 'u' } });
		expect(sent.headers).toEqual({ Accept: 'a', 'User-Agent': 'u', 'X-Gateway': 'secret', Authorization: `Bearer ${TOKEN}` });
	});

	it.each(['authorization: x', 'Host: evil', '{"User-Agent":"x"}', 'no header'])('are refused as %s', async (extraHeaders) => {
		await refused(() => send('/v1/vaults', { extraHeaders }));
	});
});
