/** Keeps equal lines apart in time. Each process of n8n has its own: a failure in two of them is two lines. */

const GAP_MS = 10_000;

/** Kinds of lines; the oldest is forgotten first, and then comes once too often. */
const MAX_KINDS = 200;

interface Line {
	readonly at: number;
	suppressed: number;
}

export class LinePace {
	private readonly lines = new Map<string, Line>();

	/** @param now milliseconds since the epoch. */
	constructor(private readonly now: () => number) {}

	/** @returns how many lines of this kind were left out since the last one, or `undefined` where this one is to be. */
	admit(kind: string): number | undefined {
		const last = this.lines.get(kind);
		const age = last === undefined ? GAP_MS : this.now() - last.at;
		// A clock that was set back must not keep a line from coming.
		if (last !== undefined && age >= 0 && age < GAP_MS) {
			last.suppressed++;
			return undefined;
		}
		this.lines.delete(kind);
		this.lines.set(kind, { at: this.now(), suppressed: 0 });
		const [oldest] = this.lines.keys();
		if (this.lines.size > MAX_KINDS && oldest !== undefined) this.lines.delete(oldest);
		return last?.suppressed ?? 0;
	}
}
