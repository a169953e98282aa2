/** Starts the server in a process of its own: what it computes must not count as the client's time. */

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

import type { Command, ServerFacts, Tally } from './messages';

export interface BenchServer extends ServerFacts {
	/** Back to the seed, with the same ids and an empty tally. */
	reset(): Promise<void>;
	tally(): Promise<Tally>;
	close(): Promise<void>;
}

export async function startServer(): Promise<BenchServer> {
	// Takes over this process's loader for TypeScript. Its stdout is ours, which is kept for the result.
	const child = fork(path.join(__dirname, 'process.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	const ended = once(child, 'exit');
	const facts = (await answer(child)) as ServerFacts;
	const ask = async (command: Command): Promise<Tally> => {
		const tally = answer(child);
		child.send(command);
		return (await tally) as Tally;
	};
	return {
		...facts,
		reset: async () => void (await ask('reset')),
		tally: async () => await ask('tally'),
		close: async () => {
			if (child.connected) child.disconnect();
			await ended;
		},
	};
}

/** @throws Error where the process ends instead of answering. */
async function answer(child: ChildProcess): Promise<unknown> {
	return await new Promise((resolve, reject) => {
		const onMessage = (message: unknown): void => {
			child.off('exit', onExit);
			resolve(message);
		};
		const onExit = (): void => {
			child.off('message', onMessage);
			reject(new Error('The server process of the bench ended.'));
		};
		child.once('message', onMessage);
		child.once('exit', onExit);
	});
}
