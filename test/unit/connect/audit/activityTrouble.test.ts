/** Logs with wrong clocks, wrong Content-Range, rows that share a request, and more rows than can be remembered. */

import { describe, expect, it } from '@jest/globals';

import { connectActivitySource } from '../../../../nodes/shared/connect/audit/activitySource';
import type { ActivityCursor } from '../../../../nodes/shared/connect/audit/activityCursor';
import type { ApiRequest } from '../../../../nodes/shared/core/wire';
import { FakeLog, START_MS, idsOf, type FakeLogOptions } from './fakeLog';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZERO_MS = Date.parse('0001-01-01T00:00:00Z');

const ORDERS = ['newestFirst', 'oldestFirst'] as const;

type Page = Awaited<ReturnType<FakeLog['activity']>>;

/** Says of the number of rows what it is told to. */
class LyingLog extends FakeLog {
	constructor(
		options: FakeLogOptions,
		readonly says: (page: Page, offset: number, real: number) => number | undefined,
	) {
		super(options);
	}

	override async activity(asked: { limit?: number; offset?: number } = {}): Promise<Page> {
		const page = await super.activity(asked);
		const total = this.says(page, asked.offset ?? 0, this.rows.length);
		return { rows: page.rows, ...(total !== undefined && { total }) };
	}
}

class Follower {
	readonly told: string[] = [];
	gaps = 0;
	mostRequests = 0;
	cursor: ActivityCursor | undefined;
	nowMs = START_MS + 1_000 * HOUR_MS;

	constructor(readonly log: FakeLog) {}

	async run(maxRows = 10_000): Promise<string[]> {
		const source = connectActivitySource(this.log, () => this.nowMs);
		const before = this.log.requests;
		const { rows, cursor, hasGap } = await source.readNew(this.cursor, { maxRows, deadline: Infinity });
		this.cursor = source.parseCursor(JSON.parse(JSON.stringify(cursor)));
		this.told.push(...idsOf(rows));
		this.gaps += Number(hasGap ?? false);
		this.mostRequests = Math.max(this.mostRequests, this.log.requests - before);
		return idsOf(rows);
	}

	/** Ten runs, each after 50 more rows. */
	async follow(): Promise<void> {
		for (let run = 0; run < 10; run++) {
			this.log.fill(50, START_MS + (100 + run) * HOUR_MS);
			await this.run();
		}
	}

	expectAllSince(first: number): void {
		expect([this.told, this.gaps]).toEqual([this.log.all.slice(first).map(({ requestId }) => requestId), 0]);
	}
}

describe.each(ORDERS)('a log with wrong clocks, %s', (order) => {
	it.each([
		[
			'the first row is a month ahead',
			[
				[START_MS + 30 * DAY_MS, 1],
				[START_MS, 2_000],
			],
		],
		[
			'the first row is of no time',
			[
				[ZERO_MS, 1],
				[START_MS, 2_000],
			],
		],
		[
			'the first row is of 1970',
			[
				[0, 1],
				[START_MS, 2_000],
			],
		],
		[
			'the last row is of no time',
			[
				[START_MS, 2_000],
				[ZERO_MS, 1],
			],
		],
		[
			'a row in the middle is of no time',
			[
				[START_MS, 499],
				[ZERO_MS, 1],
				[START_MS + HOUR_MS, 1_500],
			],
		],
		[
			'the newest rows are a month ahead',
			[
				[START_MS, 2_000],
				[START_MS + 30 * DAY_MS, 200],
			],
		],
		[
			'the oldest rows are a month ahead',
			[
				[START_MS + 30 * DAY_MS, 200],
				[START_MS, 2_000],
			],
		],
		[
			'there are few rows, and the first is a month ahead',
			[
				[START_MS + 30 * DAY_MS, 1],
				[START_MS, 3],
			],
		],
	] as const)('is read on although %s', async (_what, blocks) => {
		const follower = new Follower(new FakeLog({ order }));
		for (const [time, count] of blocks) follower.log.fill(count, time);
		const before = follower.log.all.length;
		await follower.run();
		await follower.follow();
		follower.expectAllSince(before);
		expect(follower.mostRequests).toBeLessThan(10);
	});

	it('is read on although its newest row has no time during a read', async () => {
		const follower = new Follower(new FakeLog({ order }));
		follower.log.fill(2_000);
		await follower.run();
		for (let run = 0; run < 5; run++) {
			follower.log.fill(50, START_MS + (100 + run) * HOUR_MS);
			follower.log.add(ZERO_MS);
			await follower.run();
		}
		follower.expectAllSince(2_000);
	});

	it.each([5, 800])('is read on after the clock of server and n8n was an hour ahead for %d rows', async (ahead) => {
		const follower = new Follower(new FakeLog({ order }));
		follower.log.fill(3_000);
		follower.nowMs = START_MS + HOUR_MS;
		await follower.run();
		follower.nowMs += HOUR_MS;
		follower.log.add(follower.nowMs, ahead);
		await follower.run();
		follower.nowMs -= HOUR_MS;
		for (let run = 0; run < 14; run++) {
			follower.nowMs += 300_000;
			for (let n = 0; n < 100; n++) follower.log.add(follower.nowMs - 290_000 + n * 2_900);
			await follower.run();
		}
		follower.expectAllSince(3_000);
	});

	it('is read on from a stored position in the far future', async () => {
		const follower = new Follower(new FakeLog({ order }));
		follower.log.fill(2_000);
		follower.cursor = { watermark: 9e15, known: '' };
		await follower.run();
		follower.log.fill(50, follower.nowMs);
		await follower.run();
		expect(follower.told).toEqual(follower.log.all.slice(2_000).map(({ requestId }) => requestId));
	});

	it('is read on after an order proved wrong', async () => {
		const follower = new Follower(new FakeLog({ order }));
		follower.log.fill(2_000);
		await follower.run();
		expect(follower.cursor?.order).toBe(order);
		follower.cursor = { watermark: 0, known: '', ...follower.cursor, order: order === 'oldestFirst' ? 'newestFirst' : 'oldestFirst' };
		follower.log.fill(50, START_MS + 100 * HOUR_MS);
		await follower.run();
		follower.expectAllSince(2_000);
		expect(follower.cursor?.order).toBe(order);
	});
});

describe.each(ORDERS)('a wrong Content-Range, %s', (order) => {
	const jitter = (real: number, requests: number): number => real + ((requests * 7) % 21) - 10;
	it.each<[string, LyingLog['says'], FakeLogOptions]>([
		['the end of the page', ({ rows }, offset) => offset + rows.length, {}],
		['the end of a page that is cut', ({ rows }, offset) => offset + rows.length, { maxLimit: 200 }],
		['the length of the page', ({ rows }) => rows.length, {}],
		['capped', (_page, _offset, real) => Math.min(1_000, real), {}],
		['one too many', (_page, _offset, real) => real + 1, {}],
		['twice as many', (_page, _offset, real) => 2 * real, {}],
		['300 too few', (_page, _offset, real) => Math.max(0, real - 300), {}],
		['no number of rows', () => 1e30, {}],
	])('does no harm: %s', async (_what, says, options) => {
		const follower = new Follower(new LyingLog({ order, ...options }, says));
		follower.log.fill(3_000);
		await follower.run();
		for (let run = 0; run < 3; run++) {
			follower.log.fill(1_500, START_MS + (100 + run) * HOUR_MS);
			await follower.run();
		}
		await follower.run();
		follower.expectAllSince(3_000);
		expect(follower.mostRequests).toBeLessThan(50);
	});

	it('does no harm if it is off by a few and rows are constantly dropped', async () => {
		let requests = 0;
		const log = new LyingLog({ order, retention: 4_000 }, (_page, _offset, real) => jitter(real, requests++));
		const follower = new Follower(log);
		log.fill(4_000);
		await follower.run();
		log.onPage = () => log.rows.splice(0, requests % 2 === 0 ? 20 : 0);
		for (let run = 0; run < 10; run++) {
			log.fill(300, START_MS + (10 + run) * HOUR_MS);
			await follower.run();
		}
		follower.expectAllSince(4_000);
		expect(follower.mostRequests).toBeLessThan(50);
	});
});

describe.each(ORDERS)('rows are emitted once, %s', (order) => {
	it('if several of them come from one request', async () => {
		const follower = new Follower(new FakeLog({ order }));
		follower.log.fill(600);
		await follower.run();
		const base = { ...(follower.log.rows[0] as ApiRequest), requestId: 'same', timestamp: new Date(START_MS + HOUR_MS).toISOString() };
		for (const [action, id] of [
			['READ', 'v1'],
			['READ', 'v2'],
			['DELETE', 'v2'],
			['READ', 'v3'],
		] as const) {
			follower.log.rows.push({ ...base, action, resource: { type: 'VAULT', vault: { id } } });
		}
		expect(await follower.run()).toEqual(['same', 'same', 'same', 'same']);
		expect(await follower.run()).toEqual([]);
	});

	it.each([
		[5, false, Infinity],
		[10, true, Infinity],
		[10, false, 12_000],
		[100, true, Infinity],
		[100, false, Infinity],
	])(
		'if %d per second arrive up to 3 s late (sorted: %s, kept: %d)',
		async (perSecond, isSorted, retention) => {
			const follower = new Follower(new FakeLog({ order, isSorted, retention }));
			let late = 0;
			for (let minute = 0; minute < 6; minute++) {
				for (let n = 0; n < perSecond * 60; n++) {
					late = (late * 7 + 1_013) % 3_000;
					follower.log.add(START_MS + minute * 60_000 + (n * 1_000) / perSecond - late);
				}
				if (minute === 0) follower.cursor = { watermark: 0, known: '' };
				await follower.run();
			}
			await follower.run();
			expect(follower.told).toHaveLength(perSecond * 360);
			expect(new Set(follower.told).size).toBe(perSecond * 360);
		},
		60_000,
	);
});

it.each(ORDERS)('10,000 rows with the same time are emitted once in batches, %s', async (order) => {
	const follower = new Follower(new FakeLog({ order }));
	await follower.run();
	follower.log.add(START_MS, 10_000);
	for (let run = 0; run < 6; run++) await follower.run(2_000);
	expect([follower.told.length, new Set(follower.told).size]).toEqual([10_000, 10_000]);
});

it.each(ORDERS)('late rows are emitted although the oldest known rows were dropped, %s', async (order) => {
	const follower = new Follower(new FakeLog({ order, isSorted: true, retention: 1_000 }));
	follower.log.fill(2_000);
	await follower.run();
	follower.log.add(START_MS + 1_900_000, 905);
	await follower.run();
	expect(follower.told).toEqual(follower.log.rows.slice(0, 901).map(({ requestId }) => requestId));
});

it('a log that was empty and is full at the next run may have lost rows', async () => {
	const follower = new Follower(new FakeLog({ retention: 1_000 }));
	await follower.run();
	follower.log.fill(5_000);
	expect(await follower.run()).toHaveLength(1_000);
	expect(follower.gaps).toBe(1);
	const small = new Follower(new FakeLog());
	await small.run();
	small.log.fill(30);
	await small.run();
	expect([small.told.length, small.gaps]).toEqual([30, 0]);
});

describe.each(ORDERS)('after the clock was set back an hour, %s', (order) => {
	it.each([1, 25, 10_000])('new rows are emitted, and no older ones again, in batches of %d', async (maxRows) => {
		const follower = new Follower(new FakeLog({ order, maxLimit: 9 }));
		follower.log.fill(400);
		await follower.run();
		follower.log.add(START_MS - HOUR_MS, 30);
		for (let run = 0; run < 31; run++) await follower.run(maxRows);
		follower.log.fill(10, START_MS - HOUR_MS + 1_000);
		await follower.run();
		follower.expectAllSince(400);
		expect(follower.cursor?.order).toBe(order);
		expect(follower.mostRequests).toBeLessThan(150);
	});
});
