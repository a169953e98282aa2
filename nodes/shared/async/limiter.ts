/** Runs a limited number of tasks at a time; the others wait in the order they came. */
export class Limiter {
	private running = 0;

	private readonly waiting: Array<() => void> = [];

	constructor(private readonly limit: number) {}

	async run<T>(task: () => Promise<T>): Promise<T> {
		if (this.running === this.limit) await new Promise<void>((resolve) => this.waiting.push(resolve));
		else this.running++;
		try {
			return await task();
		} finally {
			const next = this.waiting.shift();
			// The next in line takes over the place.
			if (next === undefined) this.running--;
			else next();
		}
	}
}
