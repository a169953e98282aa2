/** The package's error of a failed request: what happened, on which route, what to do. It never repeats the server's words. */

import { OnePasswordError, type ErrorDetails } from '../core/errors/onePasswordError';
import { isFromBetween, isUnclear, type Sending } from './attemptResult';
import { verdictOnSilence } from './failureVerdicts';
import { parseRetryAfter } from './retryAfter';
import type { Service, Verdict } from './service';
import { isRead, type HttpRequest, type HttpResponse, type TransportError } from './transport';

/** @returns the error for an answer that is not the one asked for. @param now milliseconds since the epoch. */
export function answerError(
	service: Service,
	request: HttpRequest,
	response: HttpResponse,
	{ attempts, mayHaveActed }: Sending,
	now: number,
): OnePasswordError {
	const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
	return locate(request, verdictOn(service, request, response), {
		status: response.status,
		attempts,
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...((mayHaveActed || isUnclear(service, request, { response })) && { outcomeUnknown: true }),
	});
}

function verdictOn(service: Service, request: HttpRequest, response: HttpResponse): Verdict {
	const said = service.messageOf(response);
	if (isFromBetween(response, said)) return verdictOnSilence(service, 'fromBetween');
	return service.diagnose(request, response, said) ?? verdictOnSilence(service, 'unreadable');
}

/** @returns the error for an answer that arrived but cannot be one of the service. */
export function unreadableError(service: Service, request: HttpRequest, { status }: HttpResponse, { attempts }: Sending): OnePasswordError {
	return locate(request, verdictOnSilence(service, 'unreadable'), {
		status,
		attempts,
		...(!isRead(request) && { outcomeUnknown: true }),
	});
}

/** @returns the error for a request without a complete answer. */
export function networkError(service: Service, request: HttpRequest, failure: TransportError, { attempts, mayHaveActed }: Sending): OnePasswordError {
	return locate(request, verdictOnSilence(service, failure.kind), {
		attempts,
		...((mayHaveActed || isUnclear(service, request, { failure })) && { outcomeUnknown: true }),
		...(failure.kind === 'cancelled' && { cancelled: true }),
	});
}

function locate(request: HttpRequest, { message, ...verdict }: Verdict, rest: Partial<ErrorDetails>): OnePasswordError {
	const route = `${request.method} ${request.route}`;
	const status = rest.status === undefined ? '' : `, ${rest.status}`;
	return new OnePasswordError({ ...rest, ...verdict, message: `${message} (${route}${status})`, route });
}
