/** The most recently seen entries, up to a fixed number. A forgotten entry counts as new again. */
export class Recent<T> {
	private readonly entries: Map<string, T>;

	constructor(
		private readonly capacity: number,
		entries: ReadonlyArray<readonly [string, T]> = [],
	) {
		this.entries = new Map(entries.slice(-capacity));
	}

	/** @returns the value stored for the key. */
	get(key: string): T | undefined {
		return this.entries.get(key);
	}

	/** Stores it as the most recent entry. */
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
