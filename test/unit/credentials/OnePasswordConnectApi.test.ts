import { describe, expect, it } from '@jest/globals';
import type { ICredentialTestRequest, IHttpRequestOptions } from 'n8n-workflow';

import { OnePasswordConnectApi } from '../../../credentials/OnePasswordConnectApi.credentials';
import { expectNoSecret } from '../../support/refusal';

const TOKEN = 'eyJhbGciOi.eyJqdGkiOi.c2lnbmF0dXJl';
const credential = new OnePasswordConnectApi();

async function authenticate(credentials: Record<string, string>, options: IHttpRequestOptions): Promise<IHttpRequestOptions> {
	return await credential.authenticate(credentials, options);
}

describe('the credential', () => {
	it('has the name that users depend on', () => {
		expect([credential.name, credential.displayName]).toEqual(['onePasswordConnectApi', '1Password Connect API']);
	});

	it('can not be used by other nodes', () => {
		expect(credential.restrictToSupportedNodes).toBe(true);
	});

	it('asks for a server and a token, and for nothing else that is required', () => {
		const asked = credential.properties.map(({ name, required = false, default: value }) => [name, required, value]);
		expect(asked).toEqual([
			['serverUrl', true, ''],
			['accessToken', true, ''],
			['allowedVaults', false, ''],
			['readOnly', false, false],
			['extraHeaders', false, ''],
			['maxResponseSize', false, 100],
			['caCertificate', false, ''],
			['clientCertificate', false, ''],
			['clientKey', false, ''],
			['clientKeyPassphrase', false, ''],
			['ignoreSslIssues', false, false],
		]);
	});

	it('hides what is secret', () => {
		const hidden = credential.properties.filter(({ typeOptions }) => typeOptions?.password).map(({ name }) => name);
		expect(hidden).toEqual(['accessToken', 'extraHeaders', 'caCertificate', 'clientCertificate', 'clientKey', 'clientKeyPassphrase']);
	});

	it('says in its test that the time of the token is over, before it sends it', async () => {
		const expired = `head.${Buffer.from('{"exp":1700000000}').toString('base64url')}.c2lnbmF0dXJl`;
		const authenticated = authenticate({ serverUrl: 'https://host', accessToken: expired }, { url: '/v1/vaults' });
		await expect(authenticated).rejects.toThrow("The 'Access Token' of the credential expired on 2023-11-14.");
		await authenticate({ serverUrl: 'https://host', accessToken: expired }, { url: 'https://host/v1/vaults' });
	});

	it('sends the token to its server', async () => {
		const sent = await authenticate({ serverUrl: 'https://host/connect/', accessToken: TOKEN }, { url: '/v1/vaults' });
		expect(sent).toMatchObject({ url: 'https://host/connect/v1/vaults', headers: { Authorization: `Bearer ${TOKEN}` } });
	});

	it.each([
		['another server', { serverUrl: 'https://host', accessToken: TOKEN }, 'https://evil.example/v1/vaults'],
		['no server', { serverUrl: '', accessToken: TOKEN }, '/v1/vaults'],
		['no token', { serverUrl: 'https://host', accessToken: '' }, '/v1/vaults'],
		['a server behind a certificate that is none', { serverUrl: 'https://host', accessToken: TOKEN, caCertificate: 'none' }, '/v1/vaults'],
	])('sends it to %s never, and says so in a sentence that n8n shows', async (_what, credentials, url) => {
		const error: unknown = await authenticate(credentials, { url }).catch((reason: unknown) => reason);
		expect((error as Error).message).toMatch(/\. .*\. \[ONEPASSWORD_[A-Z_]+\]$/);
		expect(error).not.toHaveProperty('code');
		expectNoSecret(error, [TOKEN]);
	});
});

interface Answer {
	readonly status: number;
	readonly body?: string;
}

type Rules = NonNullable<ICredentialTestRequest['rules']>;

/** As n8n does it: rules of the status for every answer, rules of the body for good ones. The first that fits speaks. */
function verdictOf({ status, body = '' }: Answer): string {
	for (const { type, properties } of (credential.test.rules ?? []) as Rules) {
		const { value, message, key } = properties as { value: unknown; message: string; key?: string };
		if (type === 'responseCode' && value === status) return message;
		if (type === 'responseSuccessBody' && status < 300 && (body as unknown as Record<string, unknown>)[key ?? ''] === value) return message;
	}
	return status < 300 ? 'good' : 'refused';
}

describe('the test of the credential', () => {
	it('reads the vaults as text, and follows no redirect', () => {
		expect(credential.test.request).toMatchObject({ url: '/v1/vaults', encoding: 'text', disableFollowRedirect: true });
	});

	it.each<[string, Answer, RegExp]>([
		['a list of vaults', { status: 200, body: '[{"id":"x","name":"Production"}]' }, /^good$/],
		['no vault', { status: 200, body: '[]' }, /can't access any vaults/],
		['no vault, and a line end', { status: 200, body: '[]\n' }, /can't access any vaults/],
		["a proxy's page", { status: 200, body: '<html></html>' }, /did not come from 1Password Connect/],
		['JSON of something else', { status: 200, body: '{"ok":true}' }, /did not come from 1Password Connect/],
		['an empty answer', { status: 200, body: '' }, /did not come from 1Password Connect/],
		['a redirect', { status: 302 }, /redirects/],
		['a redirect that keeps the method', { status: 308 }, /redirects/],
		['plain http at an https port', { status: 400 }, /https instead of http/],
		['a refused token, or a login proxy', { status: 401 }, /^The token was refused.*login proxy/],
		['a firewall, or a token without this right', { status: 403 }, /firewall.*new token/],
		['an unknown path', { status: 404 }, /did not come from 1Password Connect/],
		['a server that takes no GET there', { status: 405 }, /did not come from 1Password Connect/],
		['a dead gateway', { status: 502 }, /proxy responds/],
		['a broken server', { status: 500 }, /^refused$/],
		['a text of something else', { status: 200, body: 'It works!' }, /did not come from 1Password Connect/],
	])('tells %s', (_what, answer, verdict) => {
		expect(verdictOf(answer)).toMatch(verdict);
	});
});
