/** Turns what went wrong with a request into the package's error: what happened, on which route, what to do. */

import { OnePasswordError, type ErrorDetails } from '../core/onePasswordError';
import { scrubText, valuesIn } from '../core/scrub';
import { parseRetryAfter } from './retryPolicy';
import { serverMessage } from './serverMessage';
import type { ConnectRequest, ConnectResponse, FailureKind, TransportError } from './transport';

type Verdict = Pick<ErrorDetails, 'code' | 'message' | 'advice'>;

const URL_ADVICE = "Check the 'Server URL' of the credential: it is the address of the Connect API server itself.";

const OUTDATED_READ = 'It may have been deleted or archived, or the server may not have synchronised it yet.';

/** @returns the error for an answer that is not the one the client asked for. */
export function answerError(
	request: ConnectRequest,
	response: ConnectResponse,
	attempts: number,
	now: number,
): OnePasswordError {
	const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
	const message = serverMessage(response);
	const said = message === undefined ? undefined : scrubText(message, valuesIn(request.body));
	return locate(request, judge(request, response.status, said), {
		status: response.status,
		attempts,
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...(isAmbiguous(request, response.status) && { outcomeUnknown: true }),
	});
}

/** @returns the error for an answer that arrived but can't be what Connect sends. */
export function protocolError(request: ConnectRequest, status: number, attempts: number): OnePasswordError {
	return locate(request, NOT_CONNECT, {
		status,
		attempts,
		...(request.method !== 'GET' && { outcomeUnknown: true }),
	});
}

export function networkError(
	request: ConnectRequest,
	failure: TransportError,
	attempts: number,
): OnePasswordError {
	return locate(
		request,
		{ code: 'NETWORK', ...NETWORK_VERDICTS[failure.kind] },
		{
			attempts,
			...(request.method !== 'GET' && failure.mayHaveBeenSent && { outcomeUnknown: true }),
		},
	);
}

function locate(request: ConnectRequest, verdict: Verdict, rest: Partial<ErrorDetails>): OnePasswordError {
	const route = `${request.method} ${request.route}`;
	const status = rest.status === undefined ? '' : `, ${rest.status}`;
	const { message, ...kept } = verdict;
	return new OnePasswordError({ ...rest, ...kept, message: `${message} (${route}${status})`, route });
}

/** A gateway that gave up, or a server that broke down, may do so after the write went through. */
function isAmbiguous({ method }: ConnectRequest, status: number): boolean {
	return method !== 'GET' && (status === 408 || status >= 500);
}

const NOT_CONNECT: Verdict = {
	code: 'PROTOCOL',
	message: 'The server did not answer as 1Password Connect does',
	advice: `${URL_ADVICE} A proxy's own page looks like this too.`,
};

function judge(request: ConnectRequest, status: number, said: string | undefined): Verdict {
	if (status >= 300 && status < 400) {
		return {
			code: 'PROTOCOL',
			message: 'The server redirects to another address, and the access token is not sent there',
			advice: `${URL_ADVICE} Use the final one, with https where the server wants it.`,
		};
	}
	if (status === 404) return said === undefined ? NOT_CONNECT : judgeMissing(request, said);
	if (status === 403) return judgeForbidden(request, said);
	const known = VERDICTS[status];
	if (known) return known;
	if (status >= 500) return UNAVAILABLE;
	if (said === undefined) return NOT_CONNECT;
	return {
		code: 'INVALID_INPUT',
		message: `Connect refused the request: ${said}`,
		advice: 'Change what the message names and run the node again.',
	};
}

function judgeMissing({ route }: ConnectRequest, said: string): Verdict {
	if (/^vault\b/i.test(said) || !route.includes('{itemId}')) {
		return {
			code: 'VAULT_NOT_FOUND',
			message: 'Connect knows no such vault',
			advice: 'Choose the vault from the list, and check that the access token may see it.',
		};
	}
	const what = /^file\b/i.test(said) ? 'file' : 'item';
	return {
		code: 'ITEM_NOT_FOUND',
		message: `Connect knows no such ${what}`,
		advice: `Check the id, or choose 'By Name' if it is a name. ${OUTDATED_READ}`,
	};
}

function judgeForbidden({ method }: ConnectRequest, said: string | undefined): Verdict {
	const writing = method !== 'GET';
	const permission = said !== undefined && /permission/i.test(said);
	return {
		code: 'FORBIDDEN',
		message: permission
			? `The access token may not ${writing ? 'write' : 'read'} in this vault`
			: 'The access token has no access to this vault, or the vault does not exist',
		advice: `Issue a token that may ${writing ? 'read and write' : 'read'} the vault, and put it into the credential.`,
	};
}

const UNAVAILABLE: Verdict = {
	code: 'UNAVAILABLE',
	message: 'Connect could not process the request at the moment',
	advice: "Run the node again later; look into the Connect server's log if it stays like this.",
};

const VERDICTS: Readonly<Record<number, Verdict | undefined>> = {
	401: {
		code: 'AUTH_FAILED',
		message: 'Connect refused the access token',
		advice: 'Check that the token belongs to this Connect server and has not expired or been revoked.',
	},
	408: {
		code: 'UNAVAILABLE',
		message: 'Connect is still synchronising with 1Password.com',
		advice: 'Run the node again in a minute.',
	},
	409: {
		code: 'VERSION_CONFLICT',
		message: 'Other writers kept changing the vault at the same moment',
		advice: 'Nothing was written by this request; run the node again.',
	},
	413: {
		code: 'INVALID_INPUT',
		message: 'The request or the file is too large for the server',
		advice: "Use the operation 'Download' for files; check a proxy's limit for large items.",
	},
	429: {
		code: 'RATE_LIMITED',
		message: 'The server receives more requests than it allows',
		advice: 'Run the node again later, or less often.',
	},
};

const NETWORK_VERDICTS: Readonly<Record<FailureKind, Omit<Verdict, 'code'>>> = {
	refused: {
		message: 'No server answers at the address of the credential',
		advice: "Check host and port of the 'Server URL', and that the Connect server is running.",
	},
	unknownHost: {
		message: "The host of the 'Server URL' is not known to the name service",
		advice: "Check the 'Server URL' of the credential for typing mistakes.",
	},
	tls: {
		message: 'A secure connection to the server could not be made',
		advice:
			"Check that the 'Server URL' starts with http or https as the server expects; for a private certificate authority add its certificate to the credential, or to NODE_EXTRA_CA_CERTS of an n8n older than 2.41.",
	},
	blocked: {
		message: "n8n's network rules do not allow requests to the server's address",
		advice: 'Ask the administrator to allow the address of the Connect server (N8N_SSRF_ALLOWED_HOSTNAMES).',
	},
	timeout: {
		message: 'The server did not answer in time',
		advice: "Check the network between n8n and the Connect server, or raise the option 'Timeout'.",
	},
	closed: {
		message: 'The connection was closed before the answer was complete',
		advice: 'Check the Connect server and any proxy in front of it.',
	},
	cancelled: { message: 'The execution was cancelled', advice: 'Run the workflow again.' },
};

