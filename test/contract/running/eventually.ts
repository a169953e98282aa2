import { REAL_SERVER } from './realServer';

/**
 * After this time without changes, all copies can be assumed to be current. Real ones have shown a write after six seconds.
 */
export const CALM_MS = REAL_SERVER ? 8_000 : 250;

const PATIENCE_MS = REAL_SERVER ? 30_000 : 5_000;
const PAUSE_MS = REAL_SERVER ? 250 : 20;

/** For the timeout of a whole test: it may wait for several things in turn. */
export const TEST_TIMEOUT_MS = 4 * PATIENCE_MS;

/**
 * Repeats `attempt` until it no longer throws: reads lag behind writes, and no call reports by how much. Assert on what one
 * attempt read, never on a second read, which may come from a copy that lags more.
 */
export async function eventually<T>(attempt: () => Promise<T>): Promise<T> {
	const deadline = Date.now() + PATIENCE_MS;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() >= deadline) throw error;
		}
		await pause();
	}
}

export async function pause(ms = PAUSE_MS): Promise<void> {
	await new Promise((wake) => setTimeout(wake, ms));
}
