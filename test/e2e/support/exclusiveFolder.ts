import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const RETRY_MS = 1_000;

/**
 * Runs `work` while holding a lock that other processes respect. The lock is a folder, because making one is atomic; the PID
 * in it lets the next process take over from a dead holder.
 */
export async function withExclusiveFolder<T>(lockFolder: string, work: () => Promise<T>, onWait: () => void = () => undefined): Promise<T> {
	await mkdir(dirname(lockFolder), { recursive: true });
	const pidFile = join(lockFolder, 'pid');
	for (let attempt = 0; ; attempt++) {
		try {
			await mkdir(lockFolder);
			break;
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		if (await holderIsGone(pidFile)) {
			await rm(lockFolder, { recursive: true, force: true });
			continue;
		}
		if (attempt === 0) onWait();
		await delay(RETRY_MS);
	}
	try {
		await writeFile(pidFile, String(process.pid));
		return await work();
	} finally {
		await rm(lockFolder, { recursive: true, force: true });
	}
}

async function holderIsGone(pidFile: string): Promise<boolean> {
	let text = await readFile(pidFile, 'utf8').catch(() => '');
	if (text === '') {
		// Between making the folder and writing the pid there is a moment; a dead holder stays silent.
		await delay(RETRY_MS);
		text = await readFile(pidFile, 'utf8').catch(() => '');
	}
	const pid = Number(text);
	if (!Number.isInteger(pid) || pid <= 0) return true;
	try {
		process.kill(pid, 0);
		return false;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'ESRCH';
	}
}
