import { setTimeout as delay } from 'node:timers/promises';

export interface Call {
	readonly status: number;
	readonly text: string;
	readonly tookMs: number;
}

/** A response lost by n8n must fail the test, not block it. */
const PATIENCE_MS = 45_000;

/** Calls a webhook of a workflow that answers when it has run. */
export async function call(url: string, path: string, body: object = {}): Promise<Call> {
	const from = performance.now();
	const request = {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
		signal: AbortSignal.timeout(PATIENCE_MS),
	};
	const answer = await fetch(`${url}/webhook/${path}`, request).then(
		async (response) => ({ status: response.status, text: await response.text() }),
		(error: Error) => ({ status: 0, text: error.message }),
	);
	return { ...answer, tookMs: performance.now() - from };
}

/** @returns the answers, in order of the bodies. */
export async function callMany(url: string, path: string, bodies: readonly object[], concurrency: number): Promise<Call[]> {
	const calls: Call[] = [];
	let next = 0;
	const caller = async (): Promise<void> => {
		for (let index = next++; index < bodies.length; index = next++) calls[index] = await call(url, path, bodies[index]);
	};
	await Promise.all(Array.from({ length: concurrency }, caller));
	return calls;
}

/** One call after the other until it is stopped. */
export class SteadyCalls {
	readonly calls: Call[] = [];
	private isOver = false;
	private readonly done: Promise<void>;

	constructor(url: string, path: string, everyMs: number) {
		this.done = this.run(url, path, everyMs);
	}

	async end(): Promise<readonly Call[]> {
		this.isOver = true;
		await this.done;
		return this.calls;
	}

	private async run(url: string, path: string, everyMs: number): Promise<void> {
		while (!this.isOver) {
			this.calls.push(await call(url, path));
			await delay(everyMs);
		}
	}
}

/** @param part 0.5: the median. */
export function percentile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}
