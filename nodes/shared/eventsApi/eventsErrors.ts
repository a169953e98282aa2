/** What a failed request to the Events API means. The server's own words are not passed on: they could hold anything. */

import { isObject } from '../core/json';
import { OnePasswordError, type ErrorDetails } from '../core/errors/onePasswordError';
import { parseRetryAfter } from '../http/retryAfter';
import { isFromBetween, parseJson, serverMessage } from '../http/serverMessage';
import type { ConnectRequest, ConnectResponse, FailureKind, TransportError } from '../http/transport';

type Verdict = Pick<ErrorDetails, 'code' | 'message' | 'advice'>;

const LATER = 'Run the node again later: it goes on where it stopped.';

const NOT_EVENTS: Verdict = {
	code: 'PROTOCOL',
	message: 'The answer is not one of the 1Password Events API',
	advice: 'Check whether a proxy between n8n and 1Password answers in its place.',
};

const VERDICTS: Readonly<Record<number, Verdict | undefined>> = {
	400: {
		code: 'INVALID_INPUT',
		message: 'The 1Password Events API refused the request',
		advice: 'Check the times: events are kept for 120 days.',
	},
	401: {
		code: 'AUTH_FAILED',
		message: 'The 1Password Events API refused the token',
		advice: 'Check that the token has not expired or been revoked, and that its Events Reporting integration may read this kind of event.',
	},
	403: {
		code: 'FORBIDDEN',
		message: 'The token may not read this kind of event',
		advice: 'Issue a token that may, and put it into the credential.',
	},
	408: { code: 'UNAVAILABLE', message: 'The 1Password Events API did not answer in time', advice: LATER },
	429: {
		code: 'RATE_LIMITED',
		message: 'The 1Password Events API allows 600 requests a minute and 30,000 an hour for a token, and they are used up',
		advice: `${LATER} Other programs with the same token share the limit.`,
	},
};

/** @returns the message of an error of the API: `{"Error": {"Message": …}}`, or `{status, message}` as older ones. */
export function eventsMessage(response: ConnectResponse): string | undefined {
	const body = parseJson(response);
	const said = isObject(body) && isObject(body.Error) ? body.Error.Message : undefined;
	return typeof said === 'string' ? said : serverMessage(response);
}

/** @returns the error for an answer that is not a good one. @param now milliseconds since the epoch. */
export function answerError(request: ConnectRequest, response: ConnectResponse, attempts: number, now: number): OnePasswordError {
	const { status, headers } = response;
	const said = eventsMessage(response);
	const retryAfterMs = parseRetryAfter(headers['retry-after'], now);
	return locate(request, isFromBetween(response, said) ? FROM_BETWEEN : judge(response), {
		status,
		attempts,
		...(retryAfterMs !== undefined && { retryAfterMs }),
	});
}

/**
 * A proxy's page with 400 says nothing of the times that were asked for. In any other form a 400 counts as the API's: nobody
 * has published what it answers for an expired cursor, and reading begins again after one.
 */
function judge({ status, body }: ConnectResponse): Verdict {
	if (status === 400 && /^\s*</.test(body.toString('utf8', 0, 100))) return NOT_EVENTS;
	return VERDICTS[status] ?? (status >= 500 ? UNAVAILABLE : NOT_EVENTS);
}

const FROM_BETWEEN: Verdict = {
	code: 'UNAVAILABLE',
	message: 'Something between n8n and 1Password answered in place of the Events API',
	advice: 'Check the proxy or firewall that n8n uses to reach the internet; the token may be fine.',
};

const UNAVAILABLE: Verdict = {
	code: 'UNAVAILABLE',
	message: 'The 1Password Events API could not process the request at the moment',
	advice: LATER,
};

/** @returns the error for an answer that arrived but can't be what the API sends. */
export function protocolError(request: ConnectRequest, status: number, attempts: number): OnePasswordError {
	return locate(request, NOT_EVENTS, { status, attempts });
}

export function networkError(request: ConnectRequest, { kind }: TransportError, attempts: number): OnePasswordError {
	const [message, advice] = NETWORK_TEXTS[kind];
	return locate(request, { code: 'NETWORK', message, advice }, { attempts, ...(kind === 'cancelled' && { cancelled: true }) });
}

const WAY_OUT = 'Check that n8n may reach 1Password on the internet, with the proxy it needs.';

const NETWORK_TEXTS: Readonly<Record<FailureKind, readonly [message: string, advice: string]>> = {
	refused: ['The connection to the 1Password Events API was refused', WAY_OUT],
	unknownHost: ['The host of the 1Password Events API is not known to the name service', WAY_OUT],
	unreachable: ['No network path leads to the 1Password Events API', WAY_OUT],
	certificate: [
		'A secure connection to the 1Password Events API could not be made: the certificate was issued by an unknown authority',
		'If a proxy of yours inspects connections, add its authority to NODE_EXTRA_CA_CERTS of n8n.',
	],
	certificateName: [
		'A secure connection to the 1Password Events API could not be made: the certificate is for another host name',
		`Something in between answers. ${WAY_OUT}`,
	],
	certificateTime: [
		'A secure connection to the 1Password Events API could not be made: the certificate has expired or is not valid yet',
		'Check the clock of n8n, and the certificate of a proxy that inspects connections.',
	],
	clientCertificate: [
		'The connection to the 1Password Events API was refused because n8n sent no client certificate',
		`1Password does not require one, so something in between answers. ${WAY_OUT}`,
	],
	tls: ['A secure connection to the 1Password Events API could not be made', WAY_OUT],
	blocked: [
		"n8n's network rules do not allow requests to the 1Password Events API",
		'Ask the administrator to allow its address (N8N_SSRF_ALLOWED_HOSTNAMES).',
	],
	timeout: ['The 1Password Events API did not answer in time', LATER],
	closed: ['The connection was closed before the answer of the 1Password Events API was complete', LATER],
	tooLarge: ['The answer of the 1Password Events API is too large', LATER],
	cancelled: ['The execution was cancelled', 'Run the workflow again.'],
};

function locate(request: ConnectRequest, { message, ...verdict }: Verdict, rest: Partial<ErrorDetails>): OnePasswordError {
	const route = `${request.method} ${request.route}`;
	const status = rest.status === undefined ? '' : `, ${rest.status}`;
	return new OnePasswordError({ ...rest, ...verdict, message: `${message} (${route}${status})`, route });
}
