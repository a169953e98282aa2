/** What the bench and its server process say to each other. */

export interface BenchVault {
	readonly id: string;
	readonly name: string;
	readonly items: ReadonlyArray<{ readonly id: string; readonly title: string }>;
}

export interface ServerFacts {
	readonly url: string;
	readonly token: string;
	readonly vaults: readonly BenchVault[];
}

/** What the server has seen since the last reset. */
export interface Tally {
	readonly requests: number;
	/** Requests that changed an item. */
	readonly writes: number;
	/** Requests that were not answered with a 2xx status. */
	readonly failures: number;
}

export type Command = 'reset' | 'tally';
