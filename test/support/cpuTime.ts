/** @returns milliseconds of processor time that a task takes in this process, which other work on the machine does not change. */
export async function cpuMsOf(task: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await task();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1_000;
}
