import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Bench, BenchResult } from '../bench';
import { REPOSITORY, stagePackage } from '../package/stagePackage';
import { median, round } from '../statistics';

const PROCESSES = 10;
const AIM_MS = 30;

/** What the package adds to the start of an n8n: loading all compiled nodes and credentials, once in each process. */
export const loadTime: Bench = {
	name: 'load_all_nodes_ms',
	unit: 'ms',
	async run(): Promise<BenchResult> {
		const { folder, entries, remove } = await stagePackage();
		try {
			const empty = path.join(folder, 'empty.js');
			await writeFile(empty, '');
			const ours: number[] = [];
			const floor: number[] = [];
			// The first pair fills the file cache and does not count.
			for (let number = 0; number <= PROCESSES; number++) {
				const [loaded, nothing] = [await timeToLoad(entries), await timeToLoad([empty])];
				if (number > 0) {
					ours.push(loaded);
					floor.push(nothing);
				}
			}
			return { ours: round(median(ours), 1), floor: round(median(floor), 1), aim: AIM_MS, rounds: PROCESSES };
		} finally {
			await remove();
		}
	},
};

async function timeToLoad(files: readonly string[]): Promise<number> {
	const script = path.join(REPOSITORY, 'bench', 'package', 'timeRequires.cjs');
	// The staged package lies outside of the repository and finds n8n-workflow as n8n lets it: already loaded, by name.
	const env = { ...process.env, NODE_OPTIONS: '', NODE_PATH: path.join(REPOSITORY, 'node_modules') };
	const { stdout } = await promisify(execFile)(process.execPath, [script, ...files], { env });
	return Number(stdout);
}
