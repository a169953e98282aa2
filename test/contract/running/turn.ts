import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pause } from './eventually';

const DIRECTORY = join(tmpdir(), 'n8n-nodes-1password-connect-conformance');
const OWNER = join(DIRECTORY, 'pid');

/** Longest wait for the other test files. */
export const TURN_TIMEOUT_MS = 900_000;

/**
 * Jest runs test files side by side, but two writers in one vault of a real server get conflicts. Resolves when this process
 * may write, with a function that passes the turn on.
 */
export async function takeTurn(): Promise<() => Promise<void>> {
	while (!(await tryToTake())) await pause(250);
	return async () => await rm(DIRECTORY, { recursive: true, force: true });
}

async function tryToTake(): Promise<boolean> {
	try {
		await mkdir(DIRECTORY);
	} catch {
		await dropWhenAbandoned();
		return false;
	}
	await writeFile(OWNER, String(process.pid));
	return true;
}

async function dropWhenAbandoned(): Promise<void> {
	const owner = Number(await readFile(OWNER, 'utf8').catch(() => ''));
	// Without a number it has only just been created.
	if (owner > 0 && !isAlive(owner)) await rm(DIRECTORY, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}
