/** Turns what went wrong with a request into the package's error: what happened, on which route, what to do. */

import { OnePasswordError, type ErrorDetails } from '../../core/errors/onePasswordError';
import { parseRetryAfter } from '../../http/retryAfter';
import { isFromBetween, serverMessage } from '../../http/serverMessage';
import { isAmbiguous, type Sending } from '../../http/sending';
import type { ConnectRequest, ConnectResponse, TransportError } from '../../http/transport';
import { NETWORK_VERDICTS } from './networkVerdicts';
import { FROM_BETWEEN, NOT_CONNECT, judge, type Verdict } from './verdicts';

/** @returns the error for an answer that is not the one the client asked for. */
export function answerError(request: ConnectRequest, response: ConnectResponse, { attempts, mayHaveActed }: Sending, now: number): OnePasswordError {
	const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
	const said = serverMessage(response);
	const verdict = isFromBetween(response, said) ? FROM_BETWEEN : judge(request, response.status, said);
	return locate(request, verdict, {
		status: response.status,
		attempts,
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...((mayHaveActed || isAmbiguous(request, response)) && { outcomeUnknown: true }),
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

export function networkError(request: ConnectRequest, failure: TransportError, { attempts, mayHaveActed }: Sending): OnePasswordError {
	return locate(
		request,
		{ code: 'NETWORK', ...NETWORK_VERDICTS[failure.kind] },
		{
			attempts,
			...((mayHaveActed || (request.method !== 'GET' && failure.mayHaveBeenSent)) && { outcomeUnknown: true }),
			...(failure.kind === 'cancelled' && { cancelled: true }),
		},
	);
}

function locate(request: ConnectRequest, verdict: Verdict, rest: Partial<ErrorDetails>): OnePasswordError {
	const route = `${request.method} ${request.route}`;
	const status = rest.status === undefined ? '' : `, ${rest.status}`;
	const { message, ...kept } = verdict;
	return new OnePasswordError({ ...rest, ...kept, message: `${message} (${route}${status})`, route });
}
