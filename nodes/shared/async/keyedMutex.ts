/** Runs the tasks of one key one after the other, in the order they came; tasks of other keys do not wait. */
export class KeyedMutex {
	private readonly tails = new Map<string, Promise<unknown>>();

	async run<T>(key: string, task: () => Promise<T>): Promise<T> {
		const previous = this.tails.get(key);
		const turn = previous === undefined ? task() : previous.then(task, task);
		this.tails.set(key, turn);
		try {
			return await turn;
		} finally {
			if (this.tails.get(key) === turn) this.tails.delete(key);
		}
	}
}
