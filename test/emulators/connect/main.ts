import { parseArgs } from 'node:util';

import { exampleSeed, itemsInThreeLanguages, startConnectEmulator } from './index';
import type { RecordedRequest } from './index';
import { parseKnobs } from './knobs';

/** A number from the command line, from the environment, or the fallback, in this order. */
function numberOf(text: string | undefined, variable: string, fallback: number): number {
	const raw = text ?? process.env[variable];
	const number = raw === undefined || raw === '' ? fallback : Number(raw);
	if (!Number.isInteger(number) || number < 0) throw new Error(`${variable} must be a whole number, got ${raw}`);
	return number;
}

function line({ method, route, path, status }: RecordedRequest): string {
	// Never the raw path of a known route: its filter can hold a title.
	return `${method} ${route || path.split('?')[0]} ${status || 'no answer'}`;
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			port: { type: 'string' },
			host: { type: 'string' },
			'latency-ms': { type: 'string' },
			'lag-ms': { type: 'string' },
			knob: { type: 'string', multiple: true },
		},
	});
	const knobs = parseKnobs(values.knob ?? (process.env['KNOBS'] ?? '').split(/\s+/).filter(Boolean));
	const emulator = await startConnectEmulator({
		// "Scratch" is for whoever makes items of their own, such as the conformance report.
		seed: {
			vaults: [...exampleSeed().vaults, { name: 'Languages', items: itemsInThreeLanguages() }, { name: 'Scratch' }],
		},
		port: numberOf(values.port, 'PORT', 8080),
		host: values.host ?? process.env['HOST'] ?? '127.0.0.1',
		onAnswer: (request) => console.log(line(request)),
		behaviour: {
			latencyMs: numberOf(values['latency-ms'], 'LATENCY_MS', 0),
			replicas: [{ readLagMs: numberOf(values['lag-ms'], 'LAG_MS', 150) }],
			...knobs,
		},
	});
	const vaults = emulator.admin.vaults().map(({ name, items }) => `${name} (${items} items)`);
	console.log(`url     ${emulator.url}\ntoken   ${emulator.token}\nvaults  ${vaults.join(', ')}\n`);
	process.once('SIGINT', () => void emulator.close());
	process.once('SIGTERM', () => void emulator.close());
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
