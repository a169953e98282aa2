/** A node of n8n's own that uses the credential for HTTP requests, in the real n8n-core. */

import { ENGINE_VERSION, additionalData, loadPackage } from './engine';

import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

import { ExecuteContext } from 'n8n-core';
import {
	Workflow,
	createEmptyRunExecutionData,
	isDomainAllowed,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeType,
} from 'n8n-workflow';

const TYPE = 'onePasswordSecretHttpApi';

/** Whether this n8n passes on the allowed domains and checks every request and redirect against them. */
export const CHECKS_DOMAINS = typeof isDomainAllowed === 'function' && !ENGINE_VERSION.startsWith('2.8.');

const NODE: INode = {
	id: '1',
	name: 'HTTP Request',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.4,
	position: [0, 0],
	parameters: {},
	credentials: { [TYPE]: { id: '9', name: 'Secret' } },
};

export interface SecretHttpHost {
	/** With the helper for new nodes. */
	readonly present: (options: IHttpRequestOptions) => Promise<unknown>;
	/** With the one that the HTTP Request and GraphQL nodes use. */
	readonly former: (options: IDataObject) => Promise<unknown>;
	/** What n8n would have written into its database. */
	readonly persisted: readonly object[];
}

/**
 * @param data of the credential, as n8n decrypts it for each request.
 * @param own the credential of another process. Default: the one that n8n loads.
 */
export async function openSecretHttpHost(data: ICredentialDataDecryptedObject, own?: ICredentialType): Promise<SecretHttpHost> {
	const loader = await loadPackage();
	const type = own ?? loader.getCredential(TYPE).type;
	const persisted: object[] = [];
	const workflowData = { id: 'wf-1', nodes: [NODE], connections: {} };
	const nodeType = { description: { properties: [], credentials: [{ name: TYPE }] } } as unknown as INodeType;
	const find = (): INodeType => nodeType;
	const workflow = new Workflow({
		...workflowData,
		active: false,
		nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) },
	});
	const base = additionalData(loader, { serverUrl: '', accessToken: '' }, workflowData);
	const additional = {
		...base,
		credentialsHelper: {
			...base.credentialsHelper,
			getDecrypted: async () => await Promise.resolve(structuredClone(data)),
			getCredentialsProperties: () => type.properties,
			authenticate: async (credentials: ICredentialDataDecryptedObject, _name: string, options: IHttpRequestOptions) =>
				await (type.authenticate as AuthenticateFunction)(credentials, options),
			preAuthentication: async (...[helpers, credentials, , , expired]: PreAuthenticationCall) =>
				await preAuthenticate(type, helpers, credentials, expired, persisted),
		},
	};
	const context = (): ExecuteContext =>
		new ExecuteContext(
			workflow,
			NODE,
			additional as never,
			'manual',
			createEmptyRunExecutionData(),
			0,
			[{ json: {} }],
			{ main: [[{ json: {} }]] },
			{ node: NODE, data: { main: [[{ json: {} }]] }, source: null },
			[],
		);
	const allowedDomains = data.allowedHttpRequestDomains === 'domains' ? String(data.allowedDomains) : undefined;
	return {
		persisted,
		present: async (options) => {
			const node = context();
			return await node.helpers.httpRequestWithAuthentication.call(node as never, TYPE, options);
		},
		former: async (options) => {
			const node = context();
			// As the HTTP Request node does it.
			const rest = { gzip: true, rejectUnauthorized: true, followRedirect: true, followAllRedirects: true, resolveWithFullResponse: true };
			const request = { ...rest, ...(CHECKS_DOMAINS && { allowedDomains }), ...options };
			return await node.helpers.requestWithAuthentication.call(node as never, TYPE, request as never, undefined, 0);
		},
	};
}

type AuthenticateFunction = (credentials: ICredentialDataDecryptedObject, options: IHttpRequestOptions) => Promise<IHttpRequestOptions>;
type PreAuthenticationCall = [IHttpRequestHelper, ICredentialDataDecryptedObject, string, INode, boolean];

/** As n8n's own helper: only what comes with the expirable field is stored. */
async function preAuthenticate(
	type: ICredentialType,
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
	expired: boolean,
	persisted: object[],
): Promise<object | undefined> {
	const expirable = type.properties.find((property) => property.type === 'hidden' && property.typeOptions?.expirable === true);
	if (expirable === undefined || typeof type.preAuthentication !== 'function') return undefined;
	if (credentials[expirable.name] !== '' && !expired) return undefined;
	const allowedDomains = credentials.allowedHttpRequestDomains === 'domains' ? String(credentials.allowedDomains) : undefined;
	const restricted: IHttpRequestHelper = {
		helpers: {
			httpRequest: async (options: IHttpRequestOptions) =>
				(await helpers.httpRequest({ ...options, ...(CHECKS_DOMAINS && { allowedDomains }) })) as unknown,
		},
	} as unknown as IHttpRequestHelper;
	const output = (await type.preAuthentication.call(restricted, credentials)) as Record<string, unknown>;
	if (output[expirable.name] === undefined) return undefined;
	persisted.push(output);
	return Object.assign(credentials, output);
}

export interface ApiCall {
	readonly host: string;
	readonly url: string;
	readonly headers: IncomingHttpHeaders;
}

export interface Api {
	readonly port: number;
	readonly calls: ApiCall[];
	close(): Promise<void>;
}

/** An API on 127.0.0.1 and localhost, which are two hosts. */
export async function startApi(answer: RequestListener): Promise<Api> {
	const calls: ApiCall[] = [];
	const server = createServer((request, response) => {
		calls.push({ host: request.headers.host ?? '', url: request.url ?? '', headers: request.headers });
		answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, resolve));
	return {
		port: (server.address() as AddressInfo).port,
		calls,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
