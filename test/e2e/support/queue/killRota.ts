import type { RunningN8n } from '../n8nServer';
import type { Cluster } from './cluster';
import type { N8nProcess } from './n8nProcess';

export type Role = 'main' | 'worker';

/** Kills the processes of a cluster in turn: main, and a worker that has something to do. */
export class KillRota implements Pick<RunningN8n, 'kill' | 'restart'> {
	readonly kills: Record<Role, number> = { main: 0, worker: 0 };
	private turn = 0;
	private killed: N8nProcess | undefined;

	constructor(
		private readonly cluster: Cluster,
		private readonly order: readonly Role[],
	) {}

	/** Whose turn is next. */
	get next(): Role {
		return this.order[this.turn % this.order.length] ?? 'worker';
	}

	async kill(): Promise<void> {
		const role = this.next;
		this.turn += 1;
		this.kills[role] += 1;
		this.killed = role === 'main' ? this.cluster.main : this.busyWorker();
		await this.killed.kill();
	}

	/** Waits for main; of the workers there is another one. */
	async restart(): Promise<void> {
		const { cluster, killed } = this;
		this.killed = undefined;
		if (killed === cluster.main) return await cluster.startMain();
		// Whoever needs both waits for them.
		void killed?.start().catch(() => undefined);
	}

	/** Until every worker is up. */
	async allUp(): Promise<void> {
		await Promise.all(this.cluster.workers.map(async (worker) => await worker.untilReady()));
	}

	describe(): string {
		return `${this.kills.main} kills of main, ${this.kills.worker} of workers`;
	}

	private busyWorker(): N8nProcess {
		const up = this.cluster.workers.filter((worker) => worker.isUp());
		const [first = this.cluster.workers[0] as N8nProcess] = up;
		return up.find((worker) => worker.isBusy()) ?? first;
	}
}
