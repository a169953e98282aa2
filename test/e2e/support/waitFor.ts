import { setTimeout as delay } from 'node:timers/promises';

export interface WaitOptions {
	/** Total time, ms. */
	timeoutMs: number;
	/** Pause between two looks, ms. Default 250. */
	everyMs?: number;
	/** What is waited for: becomes part of the error. */
	what: string;
	/** Additional information for the timeout error. */
	details?: () => string;
}

/** Calls `probe` until it returns something other than undefined or false. Errors of the probe count as "not yet". */
export async function waitFor<T>(probe: () => Promise<T | undefined | false>, { timeoutMs, everyMs = 250, what, details }: WaitOptions): Promise<T> {
	const deadline = Date.now() + timeoutMs;
	let lastError: unknown;
	for (;;) {
		try {
			const answer = await probe();
			if (answer !== undefined && answer !== false) return answer;
			lastError = undefined;
		} catch (error) {
			if (error instanceof GiveUp) throw error;
			lastError = error;
		}
		if (Date.now() >= deadline) break;
		await delay(everyMs);
	}
	const because = lastError instanceof Error ? ` (last seen: ${lastError.message})` : '';
	const more = details ? `\n${details()}` : '';
	throw new Error(`Waited ${timeoutMs / 1_000} s in vain for ${what}${because}${more}`);
}

/** Thrown by a probe when waiting longer cannot help. */
export class GiveUp extends Error {}
