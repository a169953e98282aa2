/**
 * The newest version of each item that this n8n process has written recently. A read that shows an older version comes from a
 * server that lags behind. Other processes don't need this: it only protects this one from its own stale reads.
 */

/** Items; the least recently written one is forgotten first. */
const MAX_ITEMS = 10_000;

/** Longer than any server has been seen to lag. */
const MAX_AGE_MS = 60_000;

interface Written {
	readonly version: number;
	readonly at: number;
}

export class VersionMemory {
	private readonly written = new Map<string, Written>();

	/** @param now milliseconds since the epoch. */
	constructor(private readonly now: () => number) {}

	note(server: string, vaultId: string, itemId: string, version: number): void {
		const key = keyOf(server, vaultId, itemId);
		const newest = Math.max(version, this.newest(server, vaultId, itemId));
		// Deleting first makes it the newest entry.
		this.written.delete(key);
		this.written.set(key, { version: newest, at: this.now() });
		const [oldest] = this.written.keys();
		if (this.written.size > MAX_ITEMS && oldest !== undefined) this.written.delete(oldest);
	}

	/** @returns the newest version written here within the last minute, or 0. */
	newest(server: string, vaultId: string, itemId: string): number {
		const known = this.written.get(keyOf(server, vaultId, itemId));
		return known !== undefined && this.now() - known.at <= MAX_AGE_MS ? known.version : 0;
	}
}

function keyOf(server: string, vaultId: string, itemId: string): string {
	return `${server} ${vaultId} ${itemId}`;
}
