/** Time that runs faster than it does, for whoever waits seconds where a test has milliseconds. */

import type { Effects } from '../../nodes/shared/http/sendWithRetry';
import { seededRandom } from '../emulators/connect';

/** @param speed seconds of this clock in one real second. */
export function fastClock(speed: number, seed = 1): Effects {
	const startedAt = performance.now();
	return {
		now: () => Math.floor(Date.UTC(2026, 0, 1) + (performance.now() - startedAt) * speed),
		sleep: async (ms) => await new Promise((wake) => setTimeout(wake, ms / speed)),
		random: seededRandom(seed),
	};
}
