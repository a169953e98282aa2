/**
 * What each workflow has written through this instance of n8n, so that a trigger need not start a workflow for what the
 * workflow itself has done. Other instances know nothing of it: a change is then reported, not lost.
 */

import { versionsAdvanced, type ItemChange } from '../core/changes/itemChange';

/** Writes; the oldest is forgotten first. */
const MAX_WRITES = 10_000;

/** Longer than any polling interval in use. */
const MAX_AGE_MS = 24 * 3600 * 1000;

export interface Writer {
	readonly server: string;
	readonly workflowId: string;
}

/** The version that the write makes, or that it deletes the item. */
export type WriteMark = number | 'deleted';

export class OwnWrites {
	private readonly writes = new Map<string, number>();

	/** @param now milliseconds since the epoch. */
	constructor(private readonly now: () => number) {}

	/**
	 * To be called before the write is sent: a poll may see it before its answer is there.
	 * @returns takes it back, for a write that was refused.
	 */
	note(writer: Writer, vaultId: string, itemId: string, mark: WriteMark): () => void {
		const key = keyOf(writer, vaultId, itemId, mark);
		this.writes.delete(key);
		this.writes.set(key, this.now());
		const [oldest] = this.writes.keys();
		if (this.writes.size > MAX_WRITES && oldest !== undefined) this.writes.delete(oldest);
		return () => void this.writes.delete(key);
	}

	/** @returns whether every step of the change was a write of this workflow. */
	explain(writer: Writer, change: ItemChange): boolean {
		const { kind, vaultId, itemId, version } = change;
		const has = (mark: WriteMark): boolean => this.has(keyOf(writer, vaultId, itemId, mark));
		if (kind === 'deleted') return has('deleted');
		if (kind !== 'created' && kind !== 'updated') return false;
		const steps = versionsAdvanced(change);
		return steps > 0 && steps <= MAX_WRITES && Array.from({ length: steps }, (_, step) => version - step).every(has);
	}

	private has(key: string): boolean {
		const at = this.writes.get(key);
		return at !== undefined && this.now() - at <= MAX_AGE_MS;
	}
}

function keyOf({ server, workflowId }: Writer, vaultId: string, itemId: string, mark: WriteMark): string {
	return `${server} ${workflowId} ${vaultId}/${itemId}@${mark}`;
}
