import { describe, expect, it } from '@jest/globals';
import type { IHttpRequestOptions } from 'n8n-workflow';

import { TransportError, type HttpRequest, type HttpResponse } from '../../../../nodes/shared/http/transport';
import { makeAuthenticatedTransport, type NodeContext } from '../../../../nodes/shared/n8n/services/authenticatedTransport';
import { CANARY, expectNoSecret } from '../../../support/refusal';
import { fakeNode } from '../fakeNode';

const GET: HttpRequest = { method: 'GET', route: '/v1/vaults', path: '/v1/vaults?filter=name%20eq%20%22x%22' };

async function send(http: (options: IHttpRequestOptions) => Promise<unknown>, request = GET): Promise<HttpResponse> {
	const transport = makeAuthenticatedTransport(fakeNode({ http }), 'someApi', {
		serverUrl: 'https://host/connect',
		userAgent: 'agent/1',
		timeoutMs: 1_234,
	});
	return await transport(request);
}

const answer = (rest: object = {}): object => ({ statusCode: 200, headers: {}, body: Buffer.from('[]'), ...rest });

async function optionsOf(request: HttpRequest): Promise<IHttpRequestOptions> {
	let sent: IHttpRequestOptions | undefined;
	await send(async (options) => {
		sent = options;
		return await Promise.resolve(answer());
	}, request);
	if (sent === undefined) throw new Error('Nothing was sent');
	return sent;
}

describe('a request through n8n', () => {
	it('gets its token from the credential of the service', async () => {
		const asked: unknown[] = [];
		const httpRequestWithAuthentication = async (type: string): Promise<object> => {
			asked.push(type);
			return await Promise.resolve(answer());
		};
		const context = { helpers: { httpRequestWithAuthentication } } as unknown as NodeContext;
		await makeAuthenticatedTransport(context, 'someApi', { serverUrl: 'https://host', userAgent: 'agent/1', timeoutMs: 1 })(GET);
		expect(asked).toEqual(['someApi']);
	});

	it('goes to the server as it is, and follows no redirect', async () => {
		expect(await optionsOf(GET)).toMatchObject({
			method: 'GET',
			url: 'https://host/connect/v1/vaults?filter=name%20eq%20%22x%22',
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
			returnFullResponse: true,
			encoding: 'arraybuffer',
			timeout: 1_234,
			headers: { 'User-Agent': 'agent/1' },
		});
	});

	it('has no body unless there is one', async () => {
		const options = await optionsOf(GET);
		expect(options).not.toHaveProperty('body');
		expect(options.headers).not.toHaveProperty('Content-Type');
	});

	it.each([[[]], [{ title: 'ü🔑' }], [[{ op: 'remove', path: '/x' }]]])('has the body %j as JSON', async (body) => {
		const options = await optionsOf({ ...GET, method: 'PATCH', body });
		expect([options.body, options.headers?.['Content-Type']]).toEqual([JSON.stringify(body), 'application/json']);
	});
});

describe('an answer through n8n', () => {
	it.each<[string, unknown, string]>([
		['bytes', Buffer.from('ü'), 'ü'],
		['an array buffer', new Uint8Array([1, 2]).buffer, '\u0001\u0002'],
		['an empty text', '', ''],
		['nothing', undefined, ''],
		['a text', 'x', 'x'],
	])('is bytes, whatever n8n makes of it: %s', async (_what, body, text) => {
		const { body: bytes } = await send(async () => await Promise.resolve(answer({ body })));
		expect([Buffer.isBuffer(bytes), bytes.toString()]).toEqual([true, text]);
	});

	it('has its status, and headers in lower case', async () => {
		const headers = { 'Retry-After': 5, 'Content-Range': '1-2/3', 'X-Many': ['a', 'b'], 'X-None': undefined };
		const { status, headers: read } = await send(async () => await Promise.resolve(answer({ statusCode: 429, headers })));
		expect([status, read]).toEqual([429, { 'retry-after': '5', 'content-range': '1-2/3', 'x-many': 'a,b', 'x-none': undefined }]);
	});
});

describe('a failure through n8n', () => {
	const wrap = (cause: unknown, rest: object = {}): Error => Object.assign(new Error('n8n says', { cause }), rest);

	it.each<[string, unknown, string]>([
		['of axios', Object.assign(new Error(), { code: 'ECONNREFUSED' }), 'refused'],
		['of a time-out', Object.assign(new Error(), { code: 'ECONNABORTED' }), 'timeout'],
		['wrapped by n8n', wrap(Object.assign(new Error(), { code: 'ENOTFOUND' })), 'unknownHost'],
		['wrapped twice', wrap(wrap(Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' }))), 'certificateTime'],
		['of an alert about certificates', Object.assign(new Error(), { code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }), 'clientCertificate'],
		['under httpCode', wrap(undefined, { httpCode: 'ECONNRESET' }), 'closed'],
		['beside a status', wrap(Object.assign(new Error(), { code: 'EPROTO' }), { httpCode: '500' }), 'tls'],
		["of n8n's network rules", wrap(Object.assign(new Error(), { name: 'SsrfBlockedIpError' })), 'blocked'],
		['cancelled', Object.assign(new Error(), { code: 'ERR_CANCELED' }), 'cancelled'],
		['unknown', new Error('?'), 'closed'],
		['that is no error', 'text', 'closed'],
		['that goes round in circles', circle(), 'closed'],
	])('%s is %s', async (_what, thrown, kind) => {
		await expect(send(async () => await Promise.reject(thrown))).rejects.toMatchObject({ name: 'TransportError', kind });
	});

	it('tells nothing of what n8n put into it', async () => {
		const thrown = wrap(Object.assign(new Error(CANARY), { config: { headers: { Authorization: `Bearer ${CANARY}` } } }), {
			request: CANARY,
		});
		const error: unknown = await send(async () => await Promise.reject(thrown)).catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(TransportError);
		expectNoSecret(error, [CANARY]);
	});
});

function circle(): Error {
	const error = new Error('n8n says');
	error.cause = error;
	return error;
}
