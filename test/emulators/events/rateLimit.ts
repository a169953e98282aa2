import type { Behaviour } from './emulator';
import { failure } from './failure';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** Counts the requests of each token in the last minute and the last hour. */
export class RateLimit {
	private readonly times = new Map<string, number[]>();

	/** @throws EventsFailure 429. A refused request does not count. */
	take(token: string, nowMs: number, { perMinute, perHour, retryAfter }: Behaviour): void {
		const times = (this.times.get(token) ?? []).filter((at) => at > nowMs - HOUR_MS);
		const lastMinute = times.filter((at) => at > nowMs - MINUTE_MS);
		this.times.set(token, times);
		const freeAt = Math.max(
			lastMinute.length >= perMinute ? (lastMinute[0] ?? nowMs) + MINUTE_MS : 0,
			times.length >= perHour ? (times[0] ?? nowMs) + HOUR_MS : 0,
		);
		if (freeAt > 0) throw failure.tooMany(retryAfter ? Math.ceil((freeAt - nowMs) / 1_000) : undefined);
		times.push(nowMs);
	}
}
