// `npm run test:soak -- <suite> … [-- <jest option> …]`: an end-to-end suite in its long form.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = join(dirname(fileURLToPath(import.meta.url)), 'test-e2e.mjs');
const args = process.argv.slice(2);
if (args.length === 0) {
	console.error('Name the suite: npm run test:soak -- trigger, rotation, audit, or queue');
	process.exit(2);
}
const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit', env: { ...process.env, SOAK: '1' } });
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
