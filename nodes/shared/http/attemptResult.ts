/** How one attempt to send a request ended, as far as it matters for sending it again. */

import { parseRetryAfter } from './retryAfter';
import type { Conflict, Service } from './service';
import { isRead, type HttpRequest, type HttpResponse, type TransportError } from './transport';

export interface AnswerResult {
	readonly kind: 'answer';
	readonly status: number;
	/** Milliseconds that the server asks to wait. */
	readonly retryAfterMs?: number;
	/** Whether something between n8n and the service gave it. Default false. */
	readonly isFromBetween?: boolean;
	/** Whether it is a refusal that is gone a moment later. Default false. */
	readonly isSpurious?: boolean;
	/** Set if another writer was, or may have been, in the way. */
	readonly conflict?: Conflict;
}

export interface FailureResult {
	readonly kind: 'failure';
	readonly mayHaveBeenSent: boolean;
	/** Whether the next attempt would meet it again. */
	readonly isLasting: boolean;
}

export type AttemptResult = AnswerResult | FailureResult;

/** What one attempt brought. */
export type Sent = { readonly response: HttpResponse } | { readonly failure: TransportError };

/** How a request was sent. */
export interface Sending {
	readonly attempts: number;
	/** Whether a write of which an earlier attempt got no clear answer may have been done by it. */
	readonly mayHaveActed: boolean;
}

/** @param now milliseconds since the epoch. */
export function toAttemptResult(service: Service, request: HttpRequest, sent: Sent, now: number): AttemptResult {
	if ('failure' in sent) {
		const { mayHaveBeenSent, isLasting } = sent.failure;
		return { kind: 'failure', mayHaveBeenSent, isLasting };
	}
	const { status, headers } = sent.response;
	const retryAfterMs = parseRetryAfter(headers['retry-after'], now);
	const said = status < 400 ? '' : service.messageOf(sent.response);
	const inBetween = isFromBetween(sent.response, said);
	const conflict = inBetween || isRead(request) ? undefined : service.conflictOf?.(request.method, status);
	return {
		kind: 'answer',
		status,
		...(retryAfterMs !== undefined && { retryAfterMs }),
		...(inBetween && { isFromBetween: true }),
		...(said !== undefined && service.isSpurious?.(status, said) && { isSpurious: true }),
		...(conflict !== undefined && { conflict }),
	};
}

/** Clear in any form: a wrong address leads to another server (404, 405), and limits are for anyone to set. */
const CLEAR_FROM_ANYONE: ReadonlySet<number> = new Set([404, 405, 413, 429]);

/**
 * @param said what the service says in the answer, in its own form.
 * @returns whether something between n8n and the service answered: a login proxy, a firewall, a gateway without its server.
 * It is no verdict on the token or the request, and nobody knows whether the request was passed on.
 */
export function isFromBetween({ status }: Pick<HttpResponse, 'status'>, said: string | undefined): boolean {
	return said === undefined && status > 400 && !CLEAR_FROM_ANYONE.has(status);
}

/**
 * @returns whether the service may have acted on a write although this attempt does not say so. A gateway that gave up or
 * disliked the answer, or a server that broke down, may do so after the write went through.
 */
export function isUnclear(service: Service, request: HttpRequest, sent: Sent): boolean {
	if (isRead(request)) return false;
	if ('failure' in sent) return sent.failure.mayHaveBeenSent;
	const { status } = sent.response;
	return status === 408 || status >= 500 || isFromBetween(sent.response, service.messageOf(sent.response));
}
