/**
 * What each workflow has written through this n8n process, so that a trigger doesn't start a workflow for its own changes.
 * Other processes don't share this: writes by workers only show in Connect's activity log.
 */

import { versionsAdvanced, type ItemChange } from '../../core/changes/itemChange';

/** Writes; the oldest is forgotten first. */
const MAX_WRITES = 10_000;

/** Longer than any polling interval in use. */
const MAX_AGE_MS = 24 * 3600 * 1000;

export interface Writer {
	readonly server: string;
	readonly workflowId: string;
}

/** The version that the write creates, or that it deletes the item. */
export type WriteMark = number | 'deleted';

export class OwnWrites {
	private readonly writes = new Map<string, number>();

	/** @param now milliseconds since the epoch. */
	constructor(private readonly now: () => number) {}

	/**
	 * Call this before the write is sent, because a poll may see the write before its response arrives.
	 * @returns a function that removes the entry again, for a refused write.
	 */
	note(writer: Writer, vaultId: string, itemId: string, mark: WriteMark): () => void {
		const key = keyOf(writer, vaultId, itemId, mark);
		this.writes.delete(key);
		this.writes.set(key, this.now());
		const [oldest] = this.writes.keys();
		if (this.writes.size > MAX_WRITES && oldest !== undefined) this.writes.delete(oldest);
		return () => void this.writes.delete(key);
	}

	/** @returns whether every step of the change was a write by this workflow. */
	explain(writer: Writer, change: ItemChange): boolean {
		return this.timesOf(writer, change) !== undefined;
	}

	/**
	 * @returns when each step of the change was written, in milliseconds since the epoch, if all of them were writes by this
	 * workflow.
	 */
	timesOf(writer: Writer, change: ItemChange): number[] | undefined {
		const { kind, vaultId, itemId, version } = change;
		const steps = stepsOf(change);
		if (steps === 0 || steps > MAX_WRITES) return undefined;
		const marks = Array.from({ length: steps }, (_, step): WriteMark => (kind === 'deleted' ? 'deleted' : version - step));
		const times = marks.flatMap((mark) => this.timeOf(keyOf(writer, vaultId, itemId, mark)));
		return times.length === steps ? times : undefined;
	}

	private timeOf(key: string): number[] {
		const at = this.writes.get(key);
		return at !== undefined && this.now() - at <= MAX_AGE_MS ? [at] : [];
	}
}

/** @returns the number of writes that led to the change; 0 for a change not caused by writes. */
export function stepsOf(change: ItemChange): number {
	if (change.kind === 'deleted') return 1;
	return change.kind === 'created' || change.kind === 'updated' ? versionsAdvanced(change) : 0;
}

function keyOf({ server, workflowId }: Writer, vaultId: string, itemId: string, mark: WriteMark): string {
	return `${server} ${workflowId} ${vaultId}/${itemId}@${mark}`;
}
