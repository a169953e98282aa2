/**
 * Keeps secrets in memory for a short time, so that a loop of requests doesn't read the item each time. Entries are keyed by
 * a digest of the server, the token and the references, so another token finds nothing.
 */

/** Entries; the oldest is dropped first. */
const MAX_ENTRIES = 1_000;

export interface Perishable<T> {
	readonly value: T;
	/** Maximum number of milliseconds to keep it; 0 = not at all. */
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

	/** Callers share a read in progress; a failed read is not kept. */
	async get(key: string, load: () => Promise<Perishable<T>>): Promise<T> {
		const known = this.entries.get(key);
		if (known !== undefined && this.isGood(known)) return (await known.loading).value;
		// A value is as old as the request for it.
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

	/** Drops only this value, not one loaded since. */
	drop(key: string, value: T): void {
		const entry = this.entries.get(key);
		if (entry?.loaded?.value === value) this.entries.delete(key);
	}

	/** If the clock was set back, every entry counts as too old. */
	private isGood({ loaded }: Entry<T>): boolean {
		if (loaded === undefined) return true;
		const age = this.now() - loaded.since;
		return age >= 0 && age < loaded.keepMs;
	}

	/** Expired values must not stay in memory until the next request for them. */
	private sweep(): void {
		for (const [key, entry] of this.entries) if (!this.isGood(entry)) this.entries.delete(key);
		const [oldest] = this.entries.keys();
		if (this.entries.size > MAX_ENTRIES && oldest !== undefined) this.entries.delete(oldest);
	}
}
