// `npm run check`: whatever can be known without running a test, side by side. Each one's output comes in one piece, when it ends.
import { spawn } from 'node:child_process';

const CHECKS = {
	lint: ['lint'],
	typecheck: ['typecheck'],
	// The scan is of the package as it was built.
	'build and scan': ['build', 'scan'],
};

const results = await Promise.all(Object.entries(CHECKS).map(async ([name, scripts]) => await check(name, scripts)));
process.exitCode = results.every(Boolean) ? 0 : 1;

async function check(name, scripts) {
	const startedAt = performance.now();
	const output = [];
	let isGood = true;
	for (const script of scripts) isGood &&= await run(script, output);
	const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
	process.stdout.write(`${Buffer.concat(output)}${name}: ${isGood ? 'passed' : 'FAILED'} (${seconds} s)\n`);
	return isGood;
}

async function run(script, output) {
	return await new Promise((resolve) => {
		// A shell, since npm is a script of one on Windows.
		const child = spawn(`npm run --silent ${script}`, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
		child.on('error', (error) => {
			output.push(Buffer.from(`${script} did not start: ${error.message}\n`));
			resolve(false);
		});
		child.on('close', (code) => resolve(code === 0));
	});
}
