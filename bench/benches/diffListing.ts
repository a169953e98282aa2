/** What the trigger computes when one item of a vault has changed; the list itself has to be parsed whatever is done with it. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { packItems, unpackItems } from '../../nodes/shared/core/changes/knownItems';
import { diffListing, knownAfter } from '../../nodes/shared/core/changes/versionDiff';
import type { Item } from '../../nodes/shared/core/wire';
import { seededIds } from '../../test/emulators/connect';
import type { Bench, BenchResult } from '../bench';
import { median, round } from '../statistics';

/** Milliseconds in each round during which each side runs again and again. */
const ROUND_MS = 250;

const VAULT = 'ftz4pm2xxwmwrsd7rjqn7grzfz';

export const diffBenches: readonly Bench[] = [1_000, 10_000, 50_000].map((items) => ({
	name: `diff_${items}`,
	unit: 'ms',
	run: async (rounds) => compare(items, rounds),
}));

function compare(count: number, rounds: number): BenchResult {
	const rows = listOf(count);
	const state = packItems(new Map(rows.map(({ id, version = 0 }) => [id, { id, version, ...SEEN }])));
	const changed = rows[Math.floor(count / 2)] as Item;
	const after = rows.map((row) => (row === changed ? { ...row, version: (row.version ?? 0) + 1 } : row));
	const json = JSON.stringify(after);
	const ours: number[] = [];
	const floor: number[] = [];
	// Round 0 warms up and does not count.
	for (let number = 0; number <= rounds; number++) {
		const parsing = cpuMs(() => JSON.parse(json) as Item[]);
		const comparing = cpuMs(() => compareWith(state, after));
		if (number > 0) {
			floor.push(parsing);
			ours.push(comparing);
		}
	}
	const { changes, next } = compareWith(state, after);
	if (changes.length !== 1 || changes[0]?.itemId !== changed.id || unpackItems(next)?.size !== count) {
		throw new Error(`${changes.length} changes found instead of one`);
	}
	return {
		ours: round(median(ours), 2),
		floor: round(median(floor), 2),
		floorRatio: round(median(ours) / median(floor), 2),
		stateBytesPerItem: round(next.length / count, 1),
		heapBytesPerItem: round(heldBytes(() => compareWith(state, after), Math.ceil(100_000 / count)) / count, 0),
		rounds,
	};
}

const SEEN = { presence: 'active', watched: true, mark: 0 } as const;

/** From the state that the last poll left to the state for the next one. */
function compareWith(state: string, rows: readonly Item[]) {
	const known = unpackItems(state) ?? new Map();
	const { changes } = diffListing(VAULT, known, rows);
	for (const change of changes) known.set(change.itemId, knownAfter(change, SEEN));
	return { known, changes, next: packItems(known) };
}

/** Rows with what a server lists of an item. */
function listOf(count: number): Item[] {
	const ids = seededIds(count);
	return Array.from({ length: count }, (_, index) => ({
		id: ids.next(),
		title: `Production service ${index + 1}`,
		version: (index % 40) + 1,
		vault: { id: VAULT, name: 'Production' },
		category: 'API_CREDENTIAL',
		tags: ['rotate/monthly', 'production'],
		urls: [{ label: 'dashboard', primary: true, href: 'https://service.example.com' }],
		lastEditedBy: 'A5K6COGVRVEJXJW3XQZGS7VAMM',
		createdAt: '2025-03-04T05:06:07Z',
		updatedAt: '2026-01-02T03:04:05Z',
	}));
}

/** Processor time, which other programs on the machine do not lengthen. */
function cpuMs(task: () => unknown): number {
	const times: number[] = [];
	for (const startedAt = performance.now(); times.length === 0 || performance.now() - startedAt < ROUND_MS;) {
		const before = process.cpuUsage();
		task();
		const { user, system } = process.cpuUsage(before);
		times.push((user + system) / 1_000);
	}
	return median(times);
}

/** @returns bytes of heap that the results of one run keep in use. */
function heldBytes(task: () => unknown, runs: number): number {
	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	collectGarbage();
	const before = process.memoryUsage().heapUsed;
	const held = Array.from({ length: runs }, task);
	collectGarbage();
	const bytes = process.memoryUsage().heapUsed - before;
	// Still in use here, so that it is counted.
	return bytes / held.length;
}
