/**
 * Keeps secrets in memory for a short time, so that a loop of requests does not read an item for each of them. Entries are
 * found by a digest of the server, the token and the references: who has another token gets nothing.
 */

/** Entries; the oldest is dropped first. */
const MAX_ENTRIES = 1_000;

export interface Perishable<T> {
	readonly value: T;
	/** Milliseconds that it may be kept at most; 0 = not at all. */
	readonly keepMs: number;
}

interface Entry<T> {
	readonly loading: Promise<Perishable<T>>;
	/** Once it is loaded. */
	loaded?: Perishable<T> & { readonly since: number };
}

export class SecretCache<T> {
	private readonly entries = new Map<string, Entry<T>>();

	/** @param now milliseconds since the epoch. */
	constructor(private readonly now: () => number) {}

	/** Those who ask while it is being loaded share the one read; a failed one is not kept. */
	async get(key: string, load: () => Promise<Perishable<T>>): Promise<T> {
		const known = this.entries.get(key);
		if (known !== undefined && this.isGood(known)) return (await known.loading).value;
		// A value is as old as the question for it.
		const since = this.now();
		const entry: Entry<T> = { loading: load() };
		this.entries.delete(key);
		this.entries.set(key, entry);
		void entry.loading.then(
			(loaded) => {
				entry.loaded = { ...loaded, since };
				this.sweep();
			},
			() => this.entries.delete(key),
		);
		this.sweep();
		return (await entry.loading).value;
	}

	/** Drops this very value: one that was loaded since is not touched. */
	drop(key: string, value: T): void {
		const entry = this.entries.get(key);
		if (entry?.loaded?.value === value) this.entries.delete(key);
	}

	/** A clock that was set back makes every entry too old, rather than none. */
	private isGood({ loaded }: Entry<T>): boolean {
		if (loaded === undefined) return true;
		const age = this.now() - loaded.since;
		return age >= 0 && age < loaded.keepMs;
	}

	/** What is over does not stay in memory until somebody asks for it again. */
	private sweep(): void {
		for (const [key, entry] of this.entries) if (!this.isGood(entry)) this.entries.delete(key);
		const [oldest] = this.entries.keys();
		if (this.entries.size > MAX_ENTRIES && oldest !== undefined) this.entries.delete(oldest);
	}
}
