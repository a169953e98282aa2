import type { IncomingMessage } from 'node:http';
import { answerJson, startLocalServer } from './localServer';

/** One request as the API saw it. Never holds a secret: `shown` is the name of the one that came with it. */
export interface ApiCall {
	path: string;
	/** As the caller addressed it, without the port. */
	host: string;
	shown: string | undefined;
	/** How it came: `bearer`, `basic`, `header` or `query`. */
	by: string | undefined;
	status: number;
	atMs: number;
}

/** An API that requires a secret: as a bearer token, as ada's password, in X-API-Key or as ?api_key. */
export interface SecretApi {
	/** `host`: default 127.0.0.1. */
	url(path: string, host?: string): string;
	readonly calls: readonly ApiCall[];
	/** Names a secret, and says whether it is accepted. */
	know(name: string, secret: string, accepted: boolean): void;
	close(): Promise<void>;
}

export async function startSecretApi(): Promise<SecretApi> {
	const known = new Map<string, { name: string; accepted: boolean }>();
	const calls: ApiCall[] = [];
	const server = await startLocalServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://api');
		const { by, secret } = secretIn(request, url);
		const holder = known.get(secret ?? '');
		const isIn = holder?.accepted === true;
		const status = Number(/^\/status\/(\d+)$/.exec(url.pathname)?.[1] ?? (isIn ? 200 : 401));
		const to = url.searchParams.get('to');
		const host = (request.headers.host ?? '').replace(/:\d+$/, '');
		calls.push({ path: url.pathname, host, shown: holder?.name, by, status: to === null ? status : 302, atMs: Date.now() });
		if (to !== null) response.writeHead(302, { location: to }).end();
		else if (url.pathname === '/graphql') answerJson(response, status, isIn ? { data: { me: 'ada' } } : { errors: [{ message: 'who are you?' }] });
		else answerJson(response, status, isIn ? { me: 'ada' } : { message: 'who are you?' });
	});
	return {
		url: (path, host = '127.0.0.1') => `http://${host}:${server.port}${path}`,
		calls,
		know: (name, secret, accepted) => void known.set(secret, { name, accepted }),
		close: async () => await server.close(),
	};
}

function secretIn({ headers }: IncomingMessage, url: URL): { by?: string; secret?: string } {
	const [scheme, token = ''] = (headers.authorization ?? '').split(' ');
	if (scheme === 'Bearer') return { by: 'bearer', secret: token };
	if (scheme === 'Basic') return { by: 'basic', secret: Buffer.from(token, 'base64').toString().replace(/^ada:/, '') };
	const key = headers['x-api-key'];
	if (typeof key === 'string') return { by: 'header', secret: key };
	const parameter = url.searchParams.get('api_key');
	return parameter === null ? {} : { by: 'query', secret: parameter };
}
