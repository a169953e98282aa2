import { randomBytes } from 'node:crypto';
import { answerJson, startLocalServer } from './localServer';

export interface OAuthTokens {
	accessToken: string;
	refreshToken: string;
}

/** A strict authorization server: a refresh token works once, and an access token only for its lifetime. */
export interface OAuthServer {
	readonly tokenUrl: string;
	/** Requires a valid access token. */
	readonly apiUrl: string;
	readonly client: { readonly id: string; readonly secret: string };
	/** Every token begins with this, so that one search finds any of them. */
	readonly tokenPrefix: string;
	/** What was answered, in order, such as `token 200`, `me 401`. */
	readonly answers: readonly string[];
	/** A new pair without a request, as after a sign-in. */
	signIn(): OAuthTokens;
	isRefreshable(refreshToken: string): boolean;
	/** Whether the API would take the token now. */
	isGood(accessToken: string): boolean;
	/** The next request for tokens is granted, but never answered. */
	loseNextAnswer(): void;
	close(): Promise<void>;
}

/** `lifetimeSeconds`: of access tokens; default 3600. */
export async function startOAuthServer({ lifetimeSeconds = 3_600 } = {}): Promise<OAuthServer> {
	const tokenPrefix = 'canary-oauth-';
	const client = { id: 'n8n', secret: `${tokenPrefix}client-secret` };
	const refreshTokens = new Set<string>();
	const goodUntil = new Map<string, number>();
	const answers: string[] = [];
	let losesNext = false;

	const issue = (): OAuthTokens => {
		const accessToken = `${tokenPrefix}access-${randomBytes(16).toString('hex')}`;
		const refreshToken = `${tokenPrefix}refresh-${randomBytes(16).toString('hex')}`;
		refreshTokens.add(refreshToken);
		// A new token invalidates the previous one, as with many services.
		goodUntil.clear();
		goodUntil.set(accessToken, Date.now() + lifetimeSeconds * 1_000);
		return { accessToken, refreshToken };
	};
	const isGood = (accessToken: string): boolean => (goodUntil.get(accessToken) ?? 0) > Date.now();

	const grant = (body: string): { status: number; reply: object } => {
		const form = new URLSearchParams(body);
		if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret)
			return { status: 401, reply: { error: 'invalid_client' } };
		if (form.get('grant_type') !== 'refresh_token') return { status: 400, reply: { error: 'unsupported_grant_type' } };
		if (!refreshTokens.delete(form.get('refresh_token') ?? '')) return { status: 400, reply: { error: 'invalid_grant' } };
		const { accessToken, refreshToken } = issue();
		return {
			status: 200,
			reply: { access_token: accessToken, refresh_token: refreshToken, token_type: 'Bearer', expires_in: lifetimeSeconds },
		};
	};

	const server = await startLocalServer((request, response, body) => {
		if (request.method === 'POST' && request.url === '/token') {
			const { status, reply } = grant(body);
			answers.push(`token ${status}`);
			if (losesNext) response.destroy();
			else answerJson(response, status, reply);
			losesNext = false;
			return;
		}
		const status = isGood((request.headers.authorization ?? '').replace(/^Bearer /, '')) ? 200 : 401;
		answers.push(`me ${status}`);
		answerJson(response, status, { me: status === 200 ? 'ada' : null });
	});
	return {
		tokenUrl: `http://127.0.0.1:${server.port}/token`,
		apiUrl: `http://127.0.0.1:${server.port}/me`,
		client,
		tokenPrefix,
		answers,
		signIn: issue,
		isRefreshable: (refreshToken) => refreshTokens.has(refreshToken),
		isGood,
		loseNextAnswer: () => {
			losesNext = true;
		},
		close: async () => await server.close(),
	};
}
