/** What the clients of all services share: sending with retries, reading JSON, and the error of a failed request. */

import type { OnePasswordError } from '../core/errors/onePasswordError';
import { answerError, networkError, unreadableError } from './apiError';
import type { Sending } from './attemptResult';
import { parseJson } from './responseBody';
import { sendOnce, sendWithRetry, type Connection } from './sendWithRetry';
import type { HttpRequest, HttpResponse } from './transport';

export interface SendOptions {
	/** Which answers are good; default 2xx. */
	readonly accept?: (response: HttpResponse, sending: Sending) => boolean;
	/** Never repeat it. Default false. */
	readonly once?: boolean;
	/** Milliseconds since the epoch after which it is not sent again. Default none. */
	readonly deadline?: number;
}

export type Answer = Sending & { readonly response: HttpResponse };

export class ApiClient {
	constructor(private readonly connection: Connection) {}

	/** @throws OnePasswordError */
	async send(request: HttpRequest, { accept = isSuccess, once = false, deadline }: SendOptions = {}): Promise<Answer> {
		const { service, transport, effects } = this.connection;
		const delivery = once
			? { ...(await sendOnce(transport, request)), attempts: 1, mayHaveActed: false }
			: await sendWithRetry(this.connection, request, deadline);
		if ('failure' in delivery) throw networkError(service, request, delivery.failure, delivery);
		if (accept(delivery.response, delivery)) return delivery;
		throw answerError(service, request, delivery.response, delivery, effects.now());
	}

	/** @returns the body, if it has the shape that is expected. @throws OnePasswordError, PROTOCOL for any other shape. */
	async json<T>(request: HttpRequest, isExpected: (body: unknown) => body is T, options?: SendOptions): Promise<T> {
		const answer = await this.send(request, options);
		const body = parseJson(answer.response);
		if (!isExpected(body)) throw this.unreadable(request, answer);
		return body;
	}

	/** @returns the error for an answer that cannot be one of the service. */
	unreadable(request: HttpRequest, answer: Answer): OnePasswordError {
		return unreadableError(this.connection.service, request, answer.response, answer);
	}
}

export function isSuccess({ status }: HttpResponse): boolean {
	return status >= 200 && status < 300;
}
