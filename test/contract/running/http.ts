/** Plain requests, so that no client hides what the server sends. */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Request {
	readonly method: Method;
	readonly path: string;
	/** Sent as JSON. */
	readonly body?: unknown;
	/** Default: the suite's token. '' sends none. */
	readonly token?: string;
	readonly userAgent?: string;
}

export interface Reply<T = unknown> {
	readonly request: Request;
	readonly status: number;
	readonly headers: Headers;
	readonly bytes: Buffer;
	/** Parsed where the server calls it JSON, the text elsewhere. */
	readonly body: T;
}

export interface ServerAddress {
	readonly url: string;
	readonly token: string;
}

export async function send<T>(server: ServerAddress, request: Request): Promise<Reply<T>> {
	const token = request.token ?? server.token;
	const response = await fetch(server.url + request.path, {
		method: request.method,
		redirect: 'manual',
		headers: {
			...(token !== '' && { authorization: `Bearer ${token}` }),
			...(request.body !== undefined && { 'content-type': 'application/json' }),
			...(request.userAgent !== undefined && { 'user-agent': request.userAgent }),
		},
		...(request.body !== undefined && { body: JSON.stringify(request.body) }),
	});
	const bytes = Buffer.from(await response.arrayBuffer());
	const body = (isJson(response.headers) ? JSON.parse(bytes.toString('utf8')) : bytes.toString('utf8')) as T;
	return { request, status: response.status, headers: response.headers, bytes, body };
}

function isJson(headers: Headers): boolean {
	return headers.get('content-type')?.split(';')[0] === 'application/json';
}
