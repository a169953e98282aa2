import type { Bench, BenchResult } from '../bench';
import { stagePackage } from '../package/stagePackage';
import { round } from '../statistics';
import { runNpm } from '../../test/e2e/support/npm';

const AIM_KB = 60;

/** What everybody downloads who installs the package. */
export const packedSize: Bench = {
	name: 'packed_kb',
	unit: 'kB',
	async run(): Promise<BenchResult> {
		const { folder, remove } = await stagePackage();
		try {
			const { stdout } = await runNpm(['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: folder });
			const [report] = JSON.parse(stdout) as Array<{ readonly size: number }>;
			if (report === undefined) throw new Error('npm pack reported nothing.');
			// As npm counts, in thousands of bytes.
			return { ours: round(report.size / 1_000, 1), aim: AIM_KB };
		} finally {
			await remove();
		}
	},
};
