import { existsSync } from 'node:fs';
import { chromium, selectors, type Browser } from 'playwright-core';
import { runProgram } from './childProcess';

const CHROMIUM = '/usr/bin/chromium';

/** Chromium must reach nothing but this machine, and must run as root without its own sandbox (containers, CI). */
const FLAGS = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-features=OptimizationHints,MediaRouter',
];

/** A headless Chromium with its own profile. `CHROMIUM_PATH` names another executable. */
export async function launchBrowser(): Promise<Browser> {
	// The attribute that n8n's editor marks its parts with.
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: await findChromium(), headless: true, args: FLAGS });
}

async function findChromium(): Promise<string> {
	const override = process.env['CHROMIUM_PATH'];
	if (override) return override;
	if (existsSync(CHROMIUM)) return CHROMIUM;
	const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
	if (mayInstall) await installChromium();
	if (existsSync(CHROMIUM)) return CHROMIUM;
	throw new Error(
		`There is no Chromium at ${CHROMIUM}. Install it (Debian, Ubuntu: sudo apt-get install chromium) ` +
			'or name one with the environment variable CHROMIUM_PATH.',
	);
}

async function installChromium(): Promise<void> {
	process.stderr.write('Installing Chromium with apt-get …\n');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const install = { command: 'apt-get', env, cwd: '/' };
	await runProgram({ ...install, args: ['update', '-qq'] });
	await runProgram({ ...install, args: ['install', '-y', '-qq', 'chromium'] });
}
