/** What a bench is and what comes out of it. */

export const CONTESTANTS = ['ours', 'peer', 'floor'] as const;

export type ContestantName = (typeof CONTESTANTS)[number];

/** Described member by member in README.md. */
export interface BenchResult {
	readonly ours: number;
	readonly peer?: number;
	readonly floor?: number;
	readonly ratio?: number;
	readonly floorRatio?: number;
	readonly aim?: number;
	readonly requests?: Readonly<Record<ContestantName, number>>;
	readonly rounds?: number;
	readonly stateBytesPerItem?: number;
	readonly heapBytesPerItem?: number;
}

export interface Bench {
	readonly name: string;
	readonly unit: 'ms' | 'kB';
	run(rounds: number): Promise<BenchResult>;
}
