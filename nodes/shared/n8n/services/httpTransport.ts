/**
 * The transport of every service over n8n's HTTP helper, which brings proxies, private CAs and the network rules of the
 * instance. Only here do the helper's errors appear; they hold the Authorization header and go no further.
 */

import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { isObject } from '../../core/json';
import { TransportError, failureKindOf, type Transport } from '../../http/transport';

export const DEFAULT_TIMEOUT_MS = 30_000;

export interface TransportOptions {
	/** Normalised URL of the server. */
	readonly serverUrl: string;
	readonly userAgent: string;
	/** Milliseconds until a request without a complete answer fails. */
	readonly timeoutMs: number;
}

/** @param send one of n8n's helpers; the token is added by it, or in it. */
export function makeHttpTransport(
	send: (options: IHttpRequestOptions) => Promise<unknown>,
	{ serverUrl, userAgent, timeoutMs }: TransportOptions,
): Transport {
	return async ({ method, path, body, timeoutMs: allowed = timeoutMs }) => {
		const options: IHttpRequestOptions = {
			method,
			url: `${serverUrl}${path}`,
			headers: {
				Accept: 'application/json, application/octet-stream;q=0.9, text/plain;q=0.8',
				'User-Agent': userAgent,
				...(body !== undefined && { 'Content-Type': 'application/json' }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
			// Bytes are the same on every release of n8n; parsing is the client's, so that a bad body is told from a bad link.
			encoding: 'arraybuffer',
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
			// n8n re-sends the token to wherever a redirect points.
			disableFollowRedirect: true,
			timeout: Math.min(timeoutMs, allowed),
		};
		try {
			return toResponse((await send(options)) as IN8nHttpFullResponse);
		} catch (error) {
			throw toTransportError(error);
		}
	};
}

function toResponse({ statusCode, headers, body }: IN8nHttpFullResponse): Awaited<ReturnType<Transport>> {
	return {
		status: statusCode,
		headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), headerText(value)])),
		body: toBytes(body),
	};
}

/** An empty answer arrives as text. */
function toBytes(body: unknown): Buffer {
	if (Buffer.isBuffer(body)) return body;
	return body instanceof ArrayBuffer ? Buffer.from(body) : Buffer.from(String(body ?? ''));
}

function headerText(value: unknown): string | undefined {
	return value === undefined || value === null ? undefined : String(value);
}

function toTransportError(error: unknown): TransportError {
	const chain = causesOf(error);
	if (chain.some(({ name }) => typeof name === 'string' && /ssrf/i.test(name))) {
		return new TransportError('blocked');
	}
	const code = chain
		.flatMap((cause) => [cause.code, cause.httpCode])
		.find((candidate) => typeof candidate === 'string' && /^[A-Z][A-Z\d_]{3,}$/.test(candidate));
	return new TransportError(failureKindOf(typeof code === 'string' ? code : ''));
}

/** n8n wraps the failure of axios, which may wrap the one of Node.js. */
function causesOf(error: unknown): Array<Record<string, unknown>> {
	const causes: Array<Record<string, unknown>> = [];
	for (let cause = error; isObject(cause) && causes.length < 5; cause = cause.cause) causes.push(cause);
	return causes;
}
