// `npm run test:e2e [-- <suite> …] [-- <jest option> …]`: runs test/e2e/<suite>.e2e.ts against a real n8n.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(repository, 'test', 'e2e');
const suffix = '.e2e.ts';
const known = readdirSync(folder)
	.filter((name) => name.endsWith(suffix))
	.map((name) => name.slice(0, -suffix.length));

const args = process.argv.slice(2);
const firstOption = args.findIndex((arg) => arg.startsWith('-'));
const suites = firstOption < 0 ? args : args.slice(0, firstOption);
const options = firstOption < 0 ? [] : args.slice(firstOption);

const unknown = suites.filter((suite) => !known.includes(suite));
if (unknown.length > 0) {
	console.error(`No such end-to-end suite: ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
	process.exit(2);
}

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const files = (suites.length > 0 ? suites : known).map((suite) => join(folder, suite + suffix));
const child = spawn(process.execPath, [jest, '--config', join(folder, 'jest.config.js'), '--runInBand', ...options, '--runTestsByPath', ...files], {
	cwd: repository,
	stdio: 'inherit',
});
// Ctrl-C reaches jest as well: it is in our process group. Stay until it has put its things away.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
