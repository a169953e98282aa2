import { parseArgs } from 'node:util';

import type { Bench, BenchResult } from './bench';
import { auditIncremental } from './benches/auditIncremental';
import { diffBenches } from './benches/diffListing';
import { getByName } from './benches/getByName';
import { loadTime } from './benches/loadTime';
import { packedSize } from './benches/packedSize';
import { queueWebhook } from './benches/queueWebhook';
import { readOneItem } from './benches/readOneItem';
import { resolveReferences } from './benches/resolveReferences';
import { updateItems } from './benches/updateItems';
import { toJson, toTable } from './report';

const BENCHES: readonly Bench[] = [readOneItem, updateItems, getByName, resolveReferences, ...diffBenches, auditIncremental, loadTime, packedSize];

/** They need minutes and a whole n8n, so they run only when they are named. */
const ON_DEMAND: readonly Bench[] = [queueWebhook];

const USAGE = `npm run bench [-- options] [name …]

Measures the package against the official SDK and against plain HTTP; see bench/README.md.

  --json         print one JSON object instead of a table
  --rounds <n>   timed rounds of each contestant (default and least 5)

Benches: ${BENCHES.map(({ name }) => name).join(', ')}
Only when named: ${ON_DEMAND.map(({ name }) => name).join(', ')}`;

const FEWEST_ROUNDS = 5;

async function main(): Promise<void> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { json: { type: 'boolean' }, rounds: { type: 'string' }, help: { type: 'boolean' } },
	});
	if (values.help) return console.log(USAGE);
	const rounds = Number(values.rounds ?? FEWEST_ROUNDS);
	if (!Number.isInteger(rounds) || rounds < FEWEST_ROUNDS) throw new Error(`--rounds: at least ${FEWEST_ROUNDS}`);
	const results: Array<readonly [Bench, BenchResult]> = [];
	for (const bench of select(positionals)) {
		// The result alone goes to stdout.
		console.error(`${bench.name} …`);
		results.push([bench, await bench.run(rounds)]);
	}
	console.log(values.json ? toJson(results) : toTable(results));
}

function select(names: readonly string[]): readonly Bench[] {
	const all = [...BENCHES, ...ON_DEMAND];
	const unknown = names.filter((name) => !all.some((bench) => bench.name === name));
	if (unknown.length > 0) throw new Error(`There is no bench "${unknown.join('", "')}".\n\n${USAGE}`);
	return names.length === 0 ? BENCHES : all.filter(({ name }) => names.includes(name));
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
