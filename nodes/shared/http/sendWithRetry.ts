/** The loop around the retry decision. */

import { isUnclear, toAttemptResult, type Sending, type Sent } from './attemptResult';
import { decideRetry, isConflict } from './retryPolicy';
import type { Service } from './service';
import { TransportError, type HttpRequest, type Transport } from './transport';

export interface Effects {
	/** Milliseconds since the epoch. */
	readonly now: () => number;
	/** Waits the given milliseconds. */
	readonly sleep: (ms: number) => Promise<void>;
	/** A number in [0, 1). */
	readonly random: () => number;
}

export type Delivery = Sending & Sent;

/** What it takes to send requests to a service. */
export interface Connection {
	readonly service: Service;
	readonly transport: Transport;
	readonly effects: Effects;
}

/**
 * @param deadline milliseconds since the epoch after which nothing is sent again. Default none.
 * @returns the last answer or failure, and how the request was sent. Rejects only for a programming error.
 */
export async function sendWithRetry({ service, transport, effects }: Connection, request: HttpRequest, deadline = Infinity): Promise<Delivery> {
	const { now, sleep, random } = effects;
	const spent = { fault: { count: 0, ms: 0 }, conflict: { count: 0, ms: 0 } };
	let mayHaveActed = false;
	for (let attempts = 1; ; attempts++) {
		const startedAt = now();
		const sent = await sendOnce(transport, request);
		const latencyMs = now() - startedAt;
		const result = toAttemptResult(service, request, sent, now());
		const kind = spent[isConflict(result) ? 'conflict' : 'fault'];
		kind.count++;
		kind.ms += latencyMs;
		const decision = decideRetry({ ...request, latencyMs, result, attempt: kind.count, elapsedMs: kind.ms }, random);
		if (!decision.retry || now() + decision.delayMs > deadline) return { ...sent, attempts, mayHaveActed };
		mayHaveActed ||= isUnclear(service, request, sent);
		if (!decision.askedFor) kind.ms += decision.delayMs;
		await sleep(decision.delayMs);
	}
}

/** @returns the answer to the only attempt. */
export async function sendOnce(transport: Transport, request: HttpRequest): Promise<Sent> {
	return await transport(request).then(
		(response): Sent => ({ response }),
		(error: unknown): Sent => {
			if (error instanceof TransportError) return { failure: error };
			throw error;
		},
	);
}
