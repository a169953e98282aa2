import { describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { OnePasswordSecretHttpApi } from '../../../credentials/OnePasswordSecretHttpApi.credentials';
import { CANARY, expectNoSecret } from '../../support/refusal';

const TOKEN = 'eyJhbGciOi.eyJqdGkiOi.c2lnbmF0dXJl';
const credential = new OnePasswordSecretHttpApi();

const property = (name: string): INodeProperties | undefined => credential.properties.find((one) => one.name === name);

const defaults = Object.fromEntries(credential.properties.map(({ name, default: value }) => [name, value]));

const filledIn = (rest: object = {}): ICredentialDataDecryptedObject => ({
	...(defaults as ICredentialDataDecryptedObject),
	serverUrl: 'http://connect.example',
	accessToken: TOKEN,
	reference: 'op://Production/Payments API/credential',
	allowedDomains: 'api.example, connect.example',
	...rest,
});

/** n8n's plain helper in front of a Connect server with one item. */
const context = (change: object = {}): IHttpRequestHelper => {
	const vault = { id: 'vaultid2222222222222222aaa', name: 'Production' };
	const item = { id: 'itemid22222222222222222aaa', title: 'Payments API', vault, category: 'API_CREDENTIAL', version: 1 };
	const answers: Array<readonly [RegExp, unknown]> = [
		[/\/v1\/vaults(\?|$)/, [vault]],
		[/\/items(\?|$)/, [item]],
		[/\/items\/\w+$/, { ...item, fields: [{ id: 'credential', label: 'credential', type: 'CONCEALED', value: CANARY, ...change }] }],
	];
	const httpRequest = async ({ url }: IHttpRequestOptions): Promise<unknown> => {
		const [, body] = answers.find(([path]) => path.test(url)) ?? [];
		return await Promise.resolve({
			statusCode: body === undefined ? 404 : 200,
			headers: {},
			body: Buffer.from(JSON.stringify(body ?? {})),
		});
	};
	return { helpers: { httpRequest } } as unknown as IHttpRequestHelper;
};

const preAuthenticate = async (credentials: ICredentialDataDecryptedObject, change: object = {}): Promise<object> =>
	await credential.preAuthentication.call(context(change), credentials);

describe('the credential', () => {
	it('has the name that users depend on', () => {
		expect([credential.name, credential.displayName]).toEqual(['onePasswordSecretHttpApi', '1Password Secret for HTTP Request API']);
	});

	it('may be used by nodes of others, and says so by leaving the restriction out', () => {
		expect(credential).not.toHaveProperty('restrictToSupportedNodes');
		expect(credential).not.toHaveProperty('hideDomainRestrictionFields');
	});

	it('has n8n ask for the secret before each request: one expirable field, hidden and always empty', () => {
		const expirable = credential.properties.filter(({ typeOptions }) => typeOptions?.expirable);
		expect(expirable).toMatchObject([{ name: 'session', type: 'hidden', default: '' }]);
	});

	it("has n8n's own fields for the allowed domains, and allows none unless the user says so", () => {
		expect(property('allowedHttpRequestDomains')).toMatchObject({ type: 'options', default: 'domains' });
		expect(property('allowedDomains')).toMatchObject({ type: 'string', default: '' });
	});

	it('hides what is secret, and keeps a secret for 60 seconds', () => {
		for (const name of ['accessToken', 'caCertificate']) expect(property(name)?.typeOptions).toMatchObject({ password: true });
		expect(property('cacheSeconds')).toMatchObject({ default: 60, typeOptions: { minValue: 0, maxValue: 3600 } });
	});
});

describe('before a request', () => {
	it('hands n8n nothing to store', async () => {
		const credentials = filledIn({ sendAs: 'query', queryName: 'key' });
		const before = structuredClone(credentials);
		expect(await preAuthenticate(credentials)).toEqual({});
		expect(credentials).toEqual(before);
		expect(await credential.authenticate(credentials, { url: 'https://api.example' })).toMatchObject({ qs: { key: CANARY } });
	});
});

describe('a failure', () => {
	it.each<[string, object, RegExp]>([
		[
			'an unknown item',
			{ reference: 'op://Production/Nothing/credential' },
			/^op:\/\/Production\/Nothing\/credential: .+\. .+\. \[ONEPASSWORD_ITEM_NOT_FOUND\]$/,
		],
		['a reference that is none', { reference: CANARY }, /'Secret Reference'/],
		['a Connect server beyond the allowed domains', { allowedDomains: 'api.example' }, /connect\.example.*Add connect\.example to 'Allowed Domains'/],
		['no allowed domain', { allowedDomains: '' }, /'Allowed Domains'/],
		['no token', { accessToken: '' }, /'Access Token'/],
		['no server', { serverUrl: '' }, /'Server URL'/],
		['a value for no header', {}, /op:\/\/Production\/Payments API\/credential.*not allowed in a header/],
	])('with %s is told in sentences that n8n shows, without secret and code', async (_what, rest, says) => {
		const error: unknown = await preAuthenticate(filledIn(rest), { value: `${CANARY}\n` }).catch((reason: unknown) => reason);
		expect((error as Error).message).toMatch(says);
		expect(error).not.toHaveProperty('code');
		expect(error).not.toHaveProperty('cause');
		expectNoSecret(error, [TOKEN, CANARY]);
	});

	it('to put the secret into the request is, too', async () => {
		const credentials = filledIn({ sendAs: 'query', queryName: 'key' });
		await preAuthenticate(credentials);
		const error: unknown = await credential.authenticate(credentials, { url: 'https://evil.example' }).catch((reason: unknown) => reason);
		expect((error as Error).message).toMatch(/"evil\.example".*'Allowed Domains'/);
		expect(error).not.toHaveProperty('code');
		expectNoSecret(error, [TOKEN, CANARY]);
	});
});
