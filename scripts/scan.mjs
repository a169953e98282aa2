/** Runs n8n's community package scanner on the sources and on the unpacked tarball, as n8n does before it lists a package. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { SOURCE_FILE_PATTERNS, analyzePackage } from '@n8n/scan-community-package/scanner/scanner.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'scan-'));

try {
	const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
		cwd: root,
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename, size }] = JSON.parse(packed.toString());
	execFileSync('tar', ['-xzf', path.join(folder, filename), '-C', folder]);
	const results = [
		['sources', await analyzePackage(root, SOURCE_FILE_PATTERNS)],
		[`tarball (${(size / 1024).toFixed(1)} kB)`, await analyzePackage(path.join(folder, 'package'), ['**/*.js', 'package.json'])],
	];
	// A warning is a finding too.
	const clean = ({ passed, details }) => passed && !details;
	for (const [name, result] of results) {
		console.log(`scan of the ${name}: ${clean(result) ? 'no finding' : `${result.message}\n${result.details}`}`);
	}
	process.exitCode = results.every(([, result]) => clean(result)) ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
