/** Runs over an activity log that grows, is emptied or rotated, under clocks that are put right and states that are lost. */

import { expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { ActivityCursor } from '../../../../nodes/shared/connect/audit/activityCursor';
import { connectActivitySource } from '../../../../nodes/shared/connect/audit/activitySource';
import { FakeLog, START_MS, idsOf, type FakeLogOptions } from './fakeLog';

const HOUR_MS = 3_600_000;

const LOG: fc.Arbitrary<FakeLogOptions> = fc.record({
	order: fc.constantFrom('newestFirst' as const, 'oldestFirst' as const),
	maxLimit: fc.constantFrom(9, 60, 300, 1_000),
	total: fc.constantFrom(undefined, 'none' as const, 'wrong' as const),
	retention: fc.constantFrom(Infinity, 1_500),
	isWhole: fc.boolean(),
});

const STEP = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			do: fc.constant('run' as const),
			count: fc.constantFrom(0, 1, 3, 7, 30, 60, 200, 700),
			spacingMs: fc.constantFrom(0, 0.5, 3, 1_000, 20_000),
			maxRows: fc.constantFrom(1, 50, 900, 10_000),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('clock' as const), ms: fc.constantFrom(-HOUR_MS, HOUR_MS) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('empty' as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), runs: fc.integer({ min: 1, max: 3 }) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(60_000, HOUR_MS, 24 * HOUR_MS) }) },
);

interface Saved {
	readonly cursor: ActivityCursor;
	/** By this run and those before it. */
	readonly told: ReadonlySet<string>;
}

class Model {
	readonly log: FakeLog;
	readonly everTold = new Set<string>();
	/** Nothing could know of them: they came and went after a run that found the log empty. */
	readonly unseen = new Set<string>();
	readonly repeated: string[] = [];
	hasGap = false;
	realMs = START_MS;
	skewMs = 0;
	private readonly saved: Saved[] = [];

	constructor(options: FakeLogOptions) {
		this.log = new FakeLog(options);
	}

	add(count: number, spacingMs: number): void {
		for (let n = 0; n < count; n++) this.log.add(Math.floor((this.realMs += spacingMs) + this.skewMs));
	}

	lose(runs: number): void {
		this.saved.length = Math.max(1, this.saved.length - runs);
	}

	async run(maxRows: number): Promise<boolean> {
		const last = this.saved[this.saved.length - 1];
		if (last?.cursor.known === '') this.noteUnseen();
		const source = connectActivitySource(this.log, () => this.realMs);
		const before = this.log.requests;
		const { rows, cursor, hasMore, hasGap = false } = await source.readNew(last?.cursor, { maxRows, deadline: Infinity });
		expect(this.log.requests - before).toBeLessThan(120 + (8 * this.log.rows.length) / (this.log.options.maxLimit ?? 1));
		const told = new Set(last?.told);
		for (const id of idsOf(rows)) {
			if (told.has(id)) this.repeated.push(id);
			this.everTold.add(id);
			told.add(id);
		}
		this.hasGap ||= hasGap;
		this.saved.push({ cursor: source.parseCursor(JSON.parse(JSON.stringify(cursor))) as ActivityCursor, told });
		return hasMore;
	}

	private noteUnseen(): void {
		const left = new Set(this.log.rows);
		for (const row of this.log.all) if (!left.has(row)) this.unseen.add(row.requestId);
	}
}

it('every row is emitted or reported as a gap, and none marked as emitted is repeated', async () => {
	await fc.assert(
		fc.asyncProperty(LOG, fc.array(STEP, { minLength: 1, maxLength: 8 }), async (options, steps) => {
			const model = new Model(options);
			model.add(400, 1_000);
			await model.run(1);
			for (const step of steps) {
				if (step.do === 'clock') model.skewMs += step.ms;
				if (step.do === 'empty') model.log.rows = [];
				if (step.do === 'wait') model.realMs += step.ms;
				if (step.do === 'lose') model.lose(step.runs);
				if (step.do !== 'run') continue;
				model.add(step.count, step.spacingMs);
				await model.run(step.maxRows);
			}
			for (let runs = 0; runs < 60 && (await model.run(10_000)); runs++);
			await model.run(10_000);
			const lost = model.log.all.slice(400).filter(({ requestId }) => !model.everTold.has(requestId) && !model.unseen.has(requestId));
			expect([model.hasGap ? [] : lost, model.repeated]).toEqual([[], []]);
		}),
		{ seed: 3, numRuns: 100 },
	);
}, 60_000);
