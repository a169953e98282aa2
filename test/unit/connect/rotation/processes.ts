/** Processes of n8n that share neither locks nor memory, and whose requests meet in an order that a seed decides. */

import type { ConnectRun } from '../../../../nodes/shared/connect/run/connectRun';

/** The process ends at this point: nothing that it would have done afterwards happens. */
export class Killed extends Error {}

/** Waits until the process may send its next request. */
export type Turn = () => Promise<void>;

export class Interleaver {
	private readonly waiting: Array<() => void> = [];
	private running = 0;

	/** @param atOnce how often all of them go on at once, 0 to 1. */
	constructor(
		private readonly random: () => number,
		private readonly atOnce = 0.3,
	) {}

	/** Runs all of them; each request of theirs waits for its turn. */
	async run<T>(processes: ReadonlyArray<(turn: Turn) => Promise<T>>): Promise<T[]> {
		this.running = processes.length;
		const turn = async (): Promise<void> =>
			await new Promise((go) => {
				this.waiting.push(go);
				this.rest();
			});
		return await Promise.all(processes.map(async (process) => await process(turn).finally(() => this.rest())));
	}

	/** Once every process waits, one of them goes on, or now and then all at once. */
	private rest(): void {
		if (--this.running > 0 || this.waiting.length === 0) return;
		const all = this.random() < this.atOnce;
		const next = all ? this.waiting.splice(0) : this.waiting.splice(Math.floor(this.random() * this.waiting.length), 1);
		this.running = next.length;
		for (const go of next) go();
	}
}

export function inTurns(run: ConnectRun, turn: Turn): ConnectRun {
	const { client } = run;
	const { item, itemAtOnce, patchItem } = client;
	client.item = async (...to) => await turn().then(async () => await item.apply(client, to));
	client.itemAtOnce = async (...to) => await turn().then(async () => await itemAtOnce.apply(client, to));
	client.patchItem = async (...to) => await turn().then(async () => await patchItem.apply(client, to));
	return run;
}
