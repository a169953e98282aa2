/** What was seen last, up to a fixed number: what is forgotten is new again. */
export class Recent<T> {
	private readonly entries: Map<string, T>;

	constructor(
		private readonly capacity: number,
		entries: ReadonlyArray<readonly [string, T]> = [],
	) {
		this.entries = new Map(entries.slice(-capacity));
	}

	/** @returns what is remembered of the key. */
	get(key: string): T | undefined {
		return this.entries.get(key);
	}

	/** Remembers it as the latest. */
	set(key: string, value: T): void {
		this.entries.delete(key);
		this.entries.set(key, value);
		if (this.entries.size <= this.capacity) return;
		const [oldest] = this.entries.keys();
		if (oldest !== undefined) this.entries.delete(oldest);
	}

	delete(key: string): void {
		this.entries.delete(key);
	}

	get isEmpty(): boolean {
		return this.entries.size === 0;
	}

	toJSON(): Array<readonly [string, T]> {
		return [...this.entries];
	}
}
