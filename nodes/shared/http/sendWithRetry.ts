/** The loop around the retry decision. */

import { isAmbiguous, type Sending } from './sending';
import { parseRetryAfter } from './retryAfter';
import { decideRetry, isConflict, type Outcome } from './retryPolicy';
import { isFromBetween, serverMessage } from './serverMessage';
import { TransportError, type ConnectRequest, type ConnectResponse, type Transport } from './transport';

export interface Effects {
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Waits the given milliseconds. */
	readonly sleep: (ms: number) => Promise<void>;
	/** A number in [0, 1). */
	readonly random: () => number;
}

export type Delivery = Sending & Sent;

/**
 * @param deadline milliseconds since the epoch after which nothing is sent again. Default none.
 * @returns the last answer or failure, and how the request was sent. Rejects only for a programming error.
 */
export async function sendWithRetry(
	transport: Transport,
	request: ConnectRequest,
	{ now, sleep, random }: Effects,
	deadline = Infinity,
): Promise<Delivery> {
	const spent = { fault: { count: 0, ms: 0 }, conflict: { count: 0, ms: 0 } };
	let mayHaveActed = false;
	for (let attempts = 1; ; attempts++) {
		const startedAt = now();
		const delivery = await sendOnce(transport, request);
		const latencyMs = now() - startedAt;
		const made = { ...request, latencyMs, outcome: toOutcome(request, delivery, now()) };
		const kind = spent[isConflict(made) ? 'conflict' : 'fault'];
		kind.count++;
		kind.ms += latencyMs;
		const decision = decideRetry({ ...made, attempt: kind.count, elapsedMs: kind.ms }, random);
		if (!decision.retry || now() + decision.delayMs > deadline) return { ...delivery, attempts, mayHaveActed };
		mayHaveActed ||= isUnclear(request, delivery);
		if (!decision.askedFor) kind.ms += decision.delayMs;
		await sleep(decision.delayMs);
	}
}

type Sent = { readonly response: ConnectResponse } | { readonly failure: TransportError };

/** @returns whether the server may have acted on a write although this answer does not say so. */
function isUnclear(request: ConnectRequest, sent: Sent): boolean {
	if (request.method === 'GET' || request.repeatable) return false;
	return 'failure' in sent ? sent.failure.mayHaveBeenSent : isAmbiguous(request, sent.response);
}

/** @returns the answer to the only attempt. */
export async function sendOnce(transport: Transport, request: ConnectRequest): Promise<Sent> {
	return await transport(request).then(
		(response): Sent => ({ response }),
		(error: unknown): Sent => {
			if (error instanceof TransportError) return { failure: error };
			throw error;
		},
	);
}

function toOutcome({ messageOf = serverMessage }: ConnectRequest, sent: Sent, now: number): Outcome {
	if ('failure' in sent) {
		const { mayHaveBeenSent, isLasting } = sent.failure;
		return { kind: 'failure', mayHaveBeenSent, isLasting };
	}
	const { response } = sent;
	const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
	const said = response.status < 400 ? '' : messageOf(response);
	return {
		kind: 'answer',
		status: response.status,
		message: said ?? '',
		...(isFromBetween(response, said) && { isFromBetween: true }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}
