import type { Behaviour } from './behaviour';
import type { Clock } from './clock';

/** Lets one write at a time into a vault; the others collide with it or wait, as the knob says. */
export class WriteGate {
	private readonly inside = new Set<string>();
	private readonly queues = new Map<string, Promise<void>>();

	constructor(
		private readonly clock: Clock,
		private readonly behaviour: Behaviour,
	) {}

	/**
	 * Runs `write` after the write latency.
	 * @param refuse is run instead when another write to the vault is under way
	 */
	async enter<T>(vaultId: string, write: () => T, refuse: () => T): Promise<T> {
		if (this.behaviour.concurrentWrites === 'serialise') return await this.queue(vaultId, write);
		if (this.inside.has(vaultId)) {
			await this.takeTime();
			return refuse();
		}
		this.inside.add(vaultId);
		try {
			await this.takeTime();
			return write();
		} finally {
			this.inside.delete(vaultId);
		}
	}

	private async queue<T>(vaultId: string, write: () => T): Promise<T> {
		const turn = (this.queues.get(vaultId) ?? Promise.resolve()).then(async () => {
			await this.takeTime();
			return write();
		});
		this.queues.set(vaultId, turn.then(ignore, ignore));
		return await turn;
	}

	private async takeTime(): Promise<void> {
		if (this.behaviour.writeLatencyMs > 0) await this.clock.sleep(this.behaviour.writeLatencyMs);
	}
}

// A failed write does not hold up the next one; its own caller gets the error.
function ignore(): void {}
