/** The emulator's time source; nothing else in it reads a clock or sets a timer. */
export interface Clock {
	/** Milliseconds since 1970, UTC. */
	now(): number;
	/** Resolves after `ms` milliseconds of this clock. */
	sleep(ms: number): Promise<void>;
}

export interface ManualClock extends Clock {
	/** Moves time forward by `ms` milliseconds and wakes the sleepers whose time has come. */
	advance(ms: number): void;
	/** How many sleepers wait for `advance`. */
	readonly sleepers: number;
}

export interface ManualClockOptions {
	/** Start, milliseconds since 1970. Default 2026-01-01T00:00:00Z. */
	readonly startMs?: number;
	/**
	 * Default true: a sleep moves the clock itself, so no request waits for the test. False: a sleep lasts until
	 * `advance` has passed its end.
	 */
	readonly sleepAdvances?: boolean;
}

export const realClock: Clock = {
	now: () => Date.now(),
	sleep: async (ms) => await new Promise((wake) => setTimeout(wake, ms)),
};

const DEFAULT_START_MS = Date.UTC(2026, 0, 1);

/** A clock that stands still until it is advanced. */
export function manualClock(options: ManualClockOptions = {}): ManualClock {
	let nowMs = options.startMs ?? DEFAULT_START_MS;
	let waiting: Array<{ dueMs: number; wake: () => void }> = [];
	const advance = (ms: number): void => {
		nowMs += ms;
		const due = waiting.filter((sleeper) => sleeper.dueMs <= nowMs);
		waiting = waiting.filter((sleeper) => sleeper.dueMs > nowMs);
		for (const sleeper of due) sleeper.wake();
	};
	return {
		now: () => nowMs,
		advance,
		sleep: async (ms) => {
			if (options.sleepAdvances ?? true) return advance(ms);
			return await new Promise((wake) => waiting.push({ dueMs: nowMs + ms, wake }));
		},
		get sleepers() {
			return waiting.length;
		},
	};
}
