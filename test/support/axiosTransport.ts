/** The Connect client's transport outside n8n: axios with kept-alive connections. */

import http from 'node:http';
import https from 'node:https';

import axios, { AxiosError } from 'axios';

import { TransportError, failureKindOf, type Transport } from '../../nodes/shared/http/transport';

export interface AxiosTransportOptions {
	readonly serverUrl: string;
	readonly token: string;
	readonly userAgent?: string;
	/** Milliseconds, default 30,000. */
	readonly timeoutMs?: number;
}

export function makeAxiosTransport({
	serverUrl,
	token,
	userAgent = 'n8n-nodes-1password-connect',
	timeoutMs = 30_000,
}: AxiosTransportOptions): Transport {
	const session = axios.create({
		baseURL: serverUrl,
		headers: { Authorization: `Bearer ${token}`, 'User-Agent': userAgent },
		httpAgent: new http.Agent({ keepAlive: true }),
		httpsAgent: new https.Agent({ keepAlive: true }),
		maxRedirects: 0,
		responseType: 'arraybuffer',
		timeout: timeoutMs,
		validateStatus: () => true,
	});
	return async ({ method, path, body, timeoutMs: allowed = timeoutMs }) => {
		const response = await session
			.request<Buffer>({
				method,
				url: path,
				timeout: Math.min(timeoutMs, allowed),
				...(body !== undefined && {
					data: JSON.stringify(body),
					headers: { 'Content-Type': 'application/json' },
				}),
			})
			.catch((error: unknown): never => {
				throw new TransportError(failureKindOf(error instanceof AxiosError ? (error.code ?? '') : ''));
			});
		return {
			status: response.status,
			headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)])),
			body: response.data,
		};
	};
}
