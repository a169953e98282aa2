import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { ActivityCursor } from '../../../../nodes/shared/connect/audit/activityCursor';
import { connectActivitySource } from '../../../../nodes/shared/connect/audit/activitySource';
import { FakeLog, START_MS, idsOf, type FakeLogOptions } from './fakeLog';

const HOUR_MS = 3_600_000;

/** Runs one after the other, each from where the one before ended, as JSON keeps it. */
class Auditor {
	readonly told: string[] = [];
	gaps = 0;
	cursor: ActivityCursor | undefined;

	constructor(
		readonly log: FakeLog,
		readonly now: () => number = () => START_MS + 1_000 * HOUR_MS,
	) {}

	async run(options: { from?: number; maxRows?: number; deadline?: number } = {}): Promise<{ hasMore: boolean; requests: number; rows: string[] }> {
		const source = connectActivitySource(this.log, this.now);
		const before = this.log.requests;
		const { rows, cursor, hasMore, hasGap } = await source.readNew(this.cursor, { maxRows: 10_000, deadline: Infinity, ...options });
		this.cursor = source.parseCursor(JSON.parse(JSON.stringify(cursor)));
		this.told.push(...idsOf(rows));
		if (hasGap) this.gaps += 1;
		return { hasMore, requests: this.log.requests - before, rows: idsOf(rows) };
	}

	async runAll(options: { from?: number; maxRows?: number } = {}): Promise<void> {
		while ((await this.run(options)).hasMore);
	}

	expectEachOnce(ids = this.log.all.map(({ requestId }) => requestId)): void {
		expect([...this.told].sort()).toEqual([...ids].sort());
	}
}

const SHAPES: ReadonlyArray<readonly [string, FakeLogOptions]> = [
	['newest first', {}],
	['oldest first', { order: 'oldestFirst' }],
	['newest first, pages cut to 200', { maxLimit: 200 }],
	['oldest first, pages cut to 200', { order: 'oldestFirst', maxLimit: 200 }],
	['newest first, no Content-Range', { total: 'none' }],
	['oldest first, no Content-Range', { order: 'oldestFirst', total: 'none' }],
	['newest first, wrong Content-Range', { total: 'wrong' }],
	['oldest first, wrong Content-Range', { order: 'oldestFirst', total: 'wrong' }],
];

describe.each(SHAPES)('an activity log: %s', (_shape, options) => {
	it('is read from its beginning in batches, each row once, oldest first', async () => {
		const auditor = new Auditor(new FakeLog(options));
		auditor.log.fill(9_000);
		await auditor.runAll({ from: START_MS, maxRows: 2_500 });
		expect(auditor.told).toEqual(auditor.log.all.map(({ requestId }) => requestId));
	});

	it('emits nothing that existed before the first run, and everything since', async () => {
		const auditor = new Auditor(new FakeLog(options));
		auditor.log.fill(3_000);
		await auditor.run();
		expect(auditor.told).toEqual([]);
		auditor.log.fill(50, START_MS + HOUR_MS);
		await auditor.run();
		await auditor.run();
		expect(auditor.told).toEqual(auditor.log.all.slice(3_000).map(({ requestId }) => requestId));
	});

	it('is read while 10,000 rows arrive: none missing, none twice', async () => {
		const auditor = new Auditor(new FakeLog(options));
		const { log } = auditor;
		log.fill(5_000);
		let left = 10;
		log.onPage = () => {
			if (left-- > 0) log.fill(1_000, START_MS + (20 - left) * HOUR_MS);
		};
		await auditor.runAll({ from: START_MS, maxRows: 3_000 });
		log.onPage = () => undefined;
		await auditor.runAll();
		expect(log.all).toHaveLength(15_000);
		auditor.expectEachOnce();
	});

	it('is read even if more rows than one batch have the same time', async () => {
		const auditor = new Auditor(new FakeLog(options));
		auditor.log.add(START_MS, 4_000);
		for (let run = 0; run < 9; run++) await auditor.run({ from: START_MS, maxRows: 500 });
		expect(new Set(auditor.told).size).toBe(4_000);
		expect(auditor.told).toHaveLength(4_000);
	});

	it('says once that it no longer reaches back to the last run', async () => {
		const auditor = new Auditor(new FakeLog({ ...options, retention: 600 }));
		auditor.log.fill(1_000);
		await auditor.run();
		auditor.log.fill(400, START_MS + HOUR_MS);
		await auditor.run();
		expect(auditor.gaps).toBe(0);
		auditor.log.fill(2_000, START_MS + 2 * HOUR_MS);
		await auditor.run();
		await auditor.run();
		expect(auditor.gaps).toBe(1);
		expect(auditor.told.slice(400)).toEqual(auditor.log.rows.map(({ requestId }) => requestId));
	});

	it('is read on after it was emptied', async () => {
		const auditor = new Auditor(new FakeLog(options));
		auditor.log.fill(700);
		await auditor.run();
		auditor.log.rows = [];
		await auditor.run();
		expect(auditor.gaps).toBe(1);
		auditor.log.fill(30, START_MS + HOUR_MS);
		await auditor.runAll();
		expect([auditor.told.length, auditor.gaps]).toEqual([30, 1]);
	});
});

it.each(SHAPES)("rows that don't count are included with those that do: %s", async (_shape, options) => {
	const log = new FakeLog(options);
	log.fill(9_000);
	const source = connectActivitySource(
		log,
		() => START_MS + 1_000 * HOUR_MS,
		({ itemId }) => itemId === 'item-7',
	);
	const batches = [];
	let cursor: ActivityCursor | undefined;
	for (let hasMore = true; hasMore;) {
		const batch = await source.readNew(cursor, { maxRows: 400, deadline: Infinity, from: START_MS });
		({ cursor, hasMore } = batch);
		batches.push(batch.rows);
	}
	expect(batches.map((rows) => rows.filter(({ itemId }) => itemId === 'item-7').length)).toEqual([400, 400, 100]);
	expect(batches.flatMap(idsOf)).toEqual(log.all.map(({ requestId }) => requestId));
});

describe('the number of requests', () => {
	it.each([
		['newestFirst', 1],
		['oldestFirst', 2],
	] as const)('for a run that finds 100 new rows is the same in a log of 100,000: %s', async (order, expected) => {
		for (const size of [1_000, 100_000]) {
			const auditor = new Auditor(new FakeLog({ order }));
			auditor.log.fill(size);
			await auditor.run();
			auditor.log.fill(100, START_MS + 1_000 * HOUR_MS);
			expect((await auditor.run()).rows).toHaveLength(100);
			expect((await auditor.run()).requests).toBe(expected);
		}
	});

	it.each(['newestFirst', 'oldestFirst'] as const)('stays small if 20 rows are added each second: %s', async (order) => {
		const auditor = new Auditor(new FakeLog({ order }));
		const fill = (startMs: number): void => {
			for (let n = 0; n < 10_000; n++) auditor.log.add(startMs + n * 50);
		};
		fill(START_MS);
		await auditor.run();
		const watermark = auditor.cursor?.watermark ?? 0;
		fill(START_MS + HOUR_MS);
		await auditor.run();
		expect(auditor.cursor?.watermark).toBeGreaterThan(watermark);
		auditor.log.add(START_MS + 2 * HOUR_MS);
		auditor.log.add(START_MS + 2 * HOUR_MS, 600);
		expect((await auditor.run()).requests).toBeLessThan(12);
	});

	it.each(['newestFirst', 'oldestFirst'] as const)('of the first batch out of 100,000 rows is bounded: %s', async (order) => {
		const auditor = new Auditor(new FakeLog({ order }));
		auditor.log.fill(100_000);
		const { requests, rows, hasMore } = await auditor.run({ from: START_MS, maxRows: 1_000 });
		expect([rows.length, rows[0], hasMore]).toEqual([1_000, 'request-0', true]);
		expect(requests).toBeLessThan(25);
	});
});

describe('late rows', () => {
	it.each([{}, { isSorted: true }, { order: 'oldestFirst' as const }, { isSorted: true, order: 'oldestFirst' as const }])(
		'are emitted: %j',
		async (options) => {
			const auditor = new Auditor(new FakeLog(options));
			auditor.log.fill(300);
			await auditor.run();
			auditor.log.add(START_MS + 299_000 - 100_000);
			await auditor.run();
			expect(auditor.told).toEqual(['request-300']);
		},
	);

	it("are emitted although the server's clock was an hour ahead for a while", async () => {
		const log = new FakeLog();
		const auditor = new Auditor(log, () => START_MS + 400_000);
		log.fill(300);
		await auditor.run();
		log.add(START_MS + HOUR_MS);
		await auditor.run();
		log.add(START_MS + 410_000);
		await auditor.run();
		expect(auditor.told).toEqual(['request-300', 'request-301']);
	});
});

it('a batch ends at its deadline, but not before it has made progress', async () => {
	const auditor = new Auditor(new FakeLog());
	auditor.log.fill(20_000);
	const { rows, hasMore } = await auditor.run({ from: START_MS, deadline: 0 });
	expect(rows.length).toBeGreaterThan(1_000);
	expect(hasMore).toBe(true);
});

it('a cursor contains at most 4000 short codes and no ID, and an invalid cursor is refused', async () => {
	const auditor = new Auditor(new FakeLog());
	auditor.log.add(START_MS, 8_000);
	await auditor.runAll({ from: START_MS, maxRows: 900 });
	const text = JSON.stringify(auditor.cursor);
	expect(text.length).toBeLessThan(33_000);
	expect(text).not.toMatch(/request-|item-/);
	const { parseCursor } = connectActivitySource(auditor.log, Date.now);
	for (const wrong of [
		undefined,
		null,
		1,
		{},
		{ watermark: 'x', known: '' },
		{ watermark: 1 },
		{ watermark: 1, known: 'short' },
		{ watermark: 1, known: [] },
	]) {
		expect(parseCursor(wrong)).toBeUndefined();
	}
});

describe('a range', () => {
	it.each(SHAPES)('is read at any position: %s', async (_shape, options) => {
		const log = new FakeLog(options);
		log.fill(12_000);
		const source = connectActivitySource(log, Date.now);
		const limits = { maxRows: 100_000, deadline: Infinity };
		for (const [first, last] of [
			[0, 300],
			[3_000, 9_500],
			[11_900, 12_000],
		] as const) {
			const { rows, hasMore } = await source.readRange({ from: START_MS + first * 1000, to: START_MS + last * 1000 }, limits);
			expect([idsOf(rows)[0], rows.length, hasMore]).toEqual([`request-${first}`, last - first, false]);
		}
		const some = await source.readRange({ from: START_MS, to: START_MS + 500_000 }, { ...limits, maxRows: 10 });
		expect([some.rows.length, some.hasMore]).toEqual([10, true]);
		expect((await source.readRange({ from: 0, to: START_MS }, limits)).rows).toEqual([]);
	});
});

describe('the beginning of the log', () => {
	const limits = { maxRows: 100, deadline: Infinity };
	const beginOf = async (log: FakeLog, from: number): Promise<unknown[]> => {
		const now = (): number => START_MS + 1_000 * HOUR_MS;
		const source = connectActivitySource(log, now);
		const range = await source.readRange({ from, to: now() }, limits);
		const first = await source.readNew(undefined, { ...limits, from });
		const next = await source.readNew(first.cursor, { ...limits, from });
		return [range.logStart, first.logStart, next.logStart];
	};

	it.each(SHAPES)('is reported if it is later than requested: %s', async (_shape, options) => {
		for (const rows of [300, 12_000]) {
			const log = new FakeLog(options);
			log.fill(rows);
			expect(await beginOf(log, START_MS - 1)).toEqual([START_MS, START_MS, undefined]);
			for (const from of [START_MS, START_MS + 200_000]) {
				expect(await beginOf(log, from)).toEqual([undefined, undefined, undefined]);
			}
		}
	});

	it('of an empty log is now', async () => {
		const now = START_MS + 1_000 * HOUR_MS;
		expect(await beginOf(new FakeLog(), START_MS)).toEqual([now, now, undefined]);
	});
});

it('every row is emitted, in any sequence of arriving and dropped rows', async () => {
	const shape = fc.record({
		order: fc.constantFrom('newestFirst' as const, 'oldestFirst' as const),
		maxLimit: fc.constantFrom(7, 60, 300, 1_000),
		total: fc.constantFrom(undefined, 'none' as const),
		retention: fc.constantFrom(Infinity, Infinity, 300, 1_500),
		isSorted: fc.boolean(),
	});
	const steps = fc.array(
		fc.record({
			count: fc.integer({ min: 0, max: 700 }),
			during: fc.integer({ min: 0, max: 40 }),
			spacingMs: fc.constantFrom(0, 3, 1_000),
			lateMs: fc.integer({ min: 0, max: 119_000 }),
			maxRows: fc.integer({ min: 1, max: 900 }),
		}),
		{ minLength: 1, maxLength: 6 },
	);
	await fc.assert(
		fc.asyncProperty(shape, steps, async (options, runs) => {
			const log = new FakeLog(options);
			const auditor = new Auditor(log);
			let time = START_MS;
			for (const { count, during, spacingMs, lateMs, maxRows } of runs) {
				const add = (): void => log.add((time += spacingMs) - (log.all.length % 3 === 0 ? lateMs : 0));
				time = Math.max(time, START_MS + 120_000);
				for (let n = 0; n < count; n++) add();
				let pages = 30;
				log.onPage = () => {
					for (let n = 0; pages > 0 && n < during; n++) add();
					pages -= 1;
				};
				await auditor.run({ from: START_MS, maxRows });
				log.onPage = () => undefined;
			}
			await auditor.runAll({ from: START_MS, maxRows: 10_000 });
			const told = new Set(auditor.told);
			const kept = options.retention === Infinity ? log.all : log.rows;
			expect(kept.filter(({ requestId }) => !told.has(requestId))).toEqual([]);
			if (options.retention === Infinity && runs.every(({ during }) => during === 0)) expect(auditor.gaps).toBe(0);
		}),
		{ seed: 7, numRuns: 80 },
	);
}, 60_000);
