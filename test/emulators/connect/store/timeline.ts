/** What a reader can see: changes up to a time, and all settled ones. */
export interface Horizon {
	/** Milliseconds since 1970, inclusive. */
	readonly timeMs: number;
	/** Sequence number, inclusive. */
	readonly sequence: number;
}

export interface Moment {
	readonly atMs: number;
	readonly sequence: number;
}

interface Commit<T> extends Moment {
	/** Undefined: gone from here on. */
	readonly value: T | undefined;
}

/** Sees everything. */
export const TRUTH: Horizon = { timeMs: Infinity, sequence: Infinity };

/** The states of one thing in the order of their commits. */
export class Timeline<T> {
	private commits: Array<Commit<T>> = [];

	/** `everyone` is what even the slowest replica sees; states older than that one's are dropped. */
	push(moment: Moment, value: T | undefined, everyone: Horizon): void {
		this.commits.push({ atMs: moment.atMs, sequence: moment.sequence, value });
		const oldestSeen = this.indexAt(everyone);
		if (oldestSeen > 0) this.commits = this.commits.slice(oldestSeen);
	}

	at(horizon: Horizon): T | undefined {
		return this.commits[this.indexAt(horizon)]?.value;
	}

	/** Whether every replica shows that it is gone. */
	isOver(everyone: Horizon): boolean {
		return this.indexAt(everyone) === this.commits.length - 1 && this.at(everyone) === undefined;
	}

	private indexAt(horizon: Horizon): number {
		let index = this.commits.length - 1;
		for (; index >= 0; index--) {
			const commit = this.commits[index];
			if (commit && (commit.atMs <= horizon.timeMs || commit.sequence <= horizon.sequence)) break;
		}
		return index;
	}
}
