/** The token of the Events API, and the one server it goes to: older releases of n8n let any node use any credential. */

import { OnePasswordError, invalidInput } from '../core/errors/onePasswordError';
import { isEventsHost, parseEventsToken, type EventsHost, type EventsTokenClaims } from '../core/events/eventsToken';

/** Means the server that the token names. */
export const FROM_TOKEN = 'fromToken';

export interface EventsCredential {
	readonly accessToken?: unknown;
	/** `fromToken`, or the host for a token that names none. */
	readonly server?: unknown;
}

export interface UsableEventsCredential extends EventsTokenClaims {
	readonly host: EventsHost;
	/** Address of the server, without trailing slash. */
	readonly server: string;
	readonly token: string;
}

interface OutgoingRequest {
	readonly url?: string;
	readonly headers?: object;
}

/** @throws OnePasswordError INVALID_INPUT where token and choice do not lead to one server of the list. */
export function readEventsCredential({ accessToken, server = FROM_TOKEN }: EventsCredential): UsableEventsCredential {
	const token = String(accessToken ?? '').trim();
	const claims = parseEventsToken(token);
	const chosen = server === FROM_TOKEN || server === '' ? undefined : server;
	if (chosen !== undefined && !isEventsHost(chosen)) {
		throw invalidInput("The 'Server' of the credential is not a server of the Events API.", 'Choose one from the list.');
	}
	const host = claims.host ?? chosen;
	if (host === undefined) {
		throw invalidInput(
			"The 'Bearer Token' of the credential is an old one that does not name its server.",
			"Choose the 'Server' of your account in the credential, or issue a new token.",
		);
	}
	if (chosen !== undefined && chosen !== host) {
		throw invalidInput(`The 'Bearer Token' of the credential belongs to ${host}, and another server is chosen.`, "Set 'Server' to 'From Token'.");
	}
	return { ...claims, host, server: `https://${host}`, token };
}

/** @throws OnePasswordError AUTH_FAILED for a token that has expired. @param now milliseconds since the epoch. */
export function requireValidity({ expiresAt }: EventsTokenClaims, now: number): void {
	if (expiresAt === undefined || now < expiresAt + CLOCK_SKEW_MS) return;
	throw new OnePasswordError({
		code: 'AUTH_FAILED',
		message: `The 'Bearer Token' of the credential expired on ${new Date(expiresAt).toISOString().slice(0, 10)}.`,
		advice: 'Issue a new token for the Events Reporting integration, and put it into the credential.',
	});
}

const CLOCK_SKEW_MS = 300_000;

/** @throws OnePasswordError INVALID_INPUT for a request to anywhere but the API on the server of the token. */
export function authenticateEventsRequest<Request extends OutgoingRequest>(credential: EventsCredential, request: Request): Request {
	const { server, token } = readEventsCredential(credential);
	const url = parseUrl(request.url ?? '', server);
	if (url?.origin !== server || url.username !== '' || url.password !== '' || !url.pathname.startsWith('/api/')) {
		throw invalidInput(
			'The request goes to a different server than the one the token belongs to.',
			'Use this credential with the node 1Password Audit Logger only.',
		);
	}
	return {
		...request,
		// As it was judged, so that nobody reads it in another way.
		url: url.href,
		baseURL: undefined,
		headers: { ...request.headers, Authorization: `Bearer ${token}` },
		// n8n re-sends the token to wherever a redirect points.
		disableFollowRedirect: true,
	};
}

/** `//host/path` is an address of another server. */
function parseUrl(text: string, server: string): URL | undefined {
	try {
		return new URL(/^\/[^/\\]/.test(text) ? `${server}${text}` : text);
	} catch {
		return undefined;
	}
}
