import { describe, expect, it } from '@jest/globals';

import { exclusively, inTurn, type ConnectRun } from '../../../../nodes/shared/connect/run/connectRun';
import { KeyedMutex } from '../../../../nodes/shared/async/keyedMutex';

const locks = new KeyedMutex();

function runAt(server: string): ConnectRun {
	return { locks, server } as ConnectRun;
}

type Enter = (log: string[], name: string) => Promise<void>;

/** @returns whether the two were in at the same time. */
async function meet(first: Enter, second: Enter): Promise<boolean> {
	const log: string[] = [];
	await Promise.all([first(log, 'a'), second(log, 'b')]);
	return log.join('') === 'abAB';
}

async function work(log: string[], name: string): Promise<void> {
	log.push(name);
	await new Promise(setImmediate);
	log.push(name.toUpperCase());
}

function writing(server: string, vaultId: string): Enter {
	return async (log, name) => await exclusively(runAt(server), vaultId, async () => await work(log, name));
}

function touching(server: string, vaultId: string, subject: string): Enter {
	return async (log, name) => await inTurn(runAt(server), vaultId, subject, async () => await work(log, name));
}

describe('the runs of one process', () => {
	it.each<[string, Enter, Enter, boolean]>([
		['write to one vault one after the other', writing('s', 'v'), writing('s', 'v'), false],
		['write to two vaults at once', writing('s', 'v'), writing('s', 'w'), true],
		['write to two servers at once', writing('s', 'v'), writing('t', 'v'), true],
		['work on one item one after the other', touching('s', 'v', 'i'), touching('s', 'v', 'i'), false],
		['work on two items at once', touching('s', 'v', 'i'), touching('s', 'v', 'j'), true],
		['read an item while another is written', touching('s', 'v', 'i'), writing('s', 'v'), true],
	])('%s', async (_what, first, second, together) => {
		expect(await meet(first, second)).toBe(together);
	});

	it("can write while they hold the item's lock", async () => {
		const run = runAt('s');
		expect(await inTurn(run, 'v', 'i', async () => await exclusively(run, 'v', async () => await Promise.resolve('done')))).toBe('done');
	});
});
