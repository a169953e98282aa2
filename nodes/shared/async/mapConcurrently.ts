/**
 * Starts the tasks in the order of the inputs, `concurrency` of them at a time. After a failure nothing new starts, what runs is waited for (a write
 * must not be left behind unwatched), and the failure of the first input that has one is thrown.
 */
export async function mapConcurrently<T, R>(inputs: readonly T[], concurrency: number, task: (input: T, index: number) => Promise<R>): Promise<R[]> {
	const results = new Array<R>(inputs.length);
	const failures = new Map<number, unknown>();
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < inputs.length && failures.size === 0) {
			const index = next++;
			try {
				results[index] = await task(inputs[index] as T, index);
			} catch (error) {
				failures.set(index, error);
			}
		}
	};
	await Promise.all(Array.from({ length: concurrency }, work));
	if (failures.size > 0) throw failures.get(Math.min(...failures.keys()));
	return results;
}
