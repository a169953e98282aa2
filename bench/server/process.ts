/** The server process of the bench: an emulator that answers each request after five milliseconds and lags nowhere. */

import { NO_LAG, startConnectEmulator, type ConnectEmulator } from '../../test/emulators/connect';
import type { Command, ServerFacts, Tally } from './messages';
import { benchSeed } from './seed';

const LATENCY_MS = 5;

async function main(): Promise<void> {
	const emulator = await startConnectEmulator({
		seed: benchSeed(),
		// Two writes to one vault wait for each other, so that a contestant without locks is not slowed by its retries.
		behaviour: { ...NO_LAG, latencyMs: LATENCY_MS, concurrentWrites: 'serialise' },
	});
	process.on('message', (command: Command) => {
		if (command === 'reset') emulator.reset();
		process.send?.(tallyOf(emulator));
	});
	process.once('disconnect', () => void emulator.close());
	process.send?.(factsOf(emulator));
}

function factsOf({ url, token, admin }: ConnectEmulator): ServerFacts {
	const vaults = admin.vaults().map(({ id, name }) => ({
		id,
		name,
		items: admin.items(id).map((item) => ({ id: item.id, title: item.title ?? '' })),
	}));
	return { url, token, vaults };
}

function tallyOf({ requests }: ConnectEmulator): Tally {
	return {
		requests: requests.length,
		writes: requests.filter(({ applied }) => applied).length,
		failures: requests.filter(({ status }) => status < 200 || status >= 300).length,
	};
}

main().catch((error: unknown) => {
	console.error(error);
	process.exit(1);
});
