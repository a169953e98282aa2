import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { EventsCursor } from '../../../nodes/shared/eventsApi/eventsCursor';
import { FEEDS, type Feed } from '../../emulators/events';
import { HOUR_MS, iso, openScene, type Scene } from './scene';

/** What can happen between two runs, and a run. */
type Step =
	| { readonly do: 'happen'; readonly feed: Feed; readonly count: number; readonly lateMs: number; readonly twice: boolean }
	| { readonly do: 'expire' }
	| { readonly do: 'wait'; readonly ms: number }
	| { readonly do: 'fail'; readonly skip: number }
	| { readonly do: 'run'; readonly maxRows: number; readonly saved: boolean };

const STEP: fc.Arbitrary<Step> = fc.oneof(
	fc.record({
		do: fc.constant('happen' as const),
		feed: fc.constantFrom(...FEEDS),
		count: fc.integer({ min: 1, max: 140 }),
		lateMs: fc.integer({ min: 0, max: 20 * HOUR_MS }),
		twice: fc.boolean(),
	}),
	fc.record({ do: fc.constant('expire' as const) }),
	fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 10 * HOUR_MS }) }),
	fc.record({ do: fc.constant('fail' as const), skip: fc.integer({ min: 0, max: 5 }) }),
	fc.record({
		do: fc.constant('run' as const),
		maxRows: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 400 })),
		saved: fc.boolean(),
	}),
);

const API = fc.record({
	overlap: fc.integer({ min: 0, max: 60 }),
	emptyPageEvery: fc.constantFrom(0, 2, 3),
	fullPageHasMore: fc.boolean(),
	// A run that begins again after expired cursors, and tries again, takes more than ten.
	perMinute: fc.constantFrom(600, 20),
	retryAfter: fc.boolean(),
});

/** A workflow that runs now and then, and keeps its cursor only where the run went well. */
class Reader {
	readonly delivered: string[] = [];
	private cursor: string | undefined;

	constructor(
		private readonly scene: Scene,
		private readonly from: number,
	) {}

	/** @returns whether there is more. A run that is not saved delivers nothing, as where n8n was stopped in it. */
	async run(maxRows: number, saved: boolean): Promise<boolean> {
		const source = this.scene.source();
		const cursor: EventsCursor | undefined = this.cursor === undefined ? undefined : source.parseCursor(JSON.parse(this.cursor));
		try {
			const batch = await source.readNew(cursor, { ...this.scene.limits({ maxRows }), from: this.from });
			expect(batch.rows.length).toBeLessThanOrEqual(maxRows);
			expect(batch.rows.map(({ timestamp }) => timestamp)).toEqual(batch.rows.map(({ timestamp }) => timestamp).sort());
			if (!saved) return true;
			this.cursor = JSON.stringify(batch.cursor);
			this.delivered.push(...batch.rows.map(({ eventId }) => eventId));
			return batch.hasMore;
		} catch {
			return true;
		}
	}
}

async function play(scene: Scene, steps: readonly Step[], reader: Reader, from: number): Promise<void> {
	const { emulator, clock } = scene;
	for (const step of steps) {
		if (step.do === 'expire') emulator.expireCursors();
		if (step.do === 'wait') clock.advance(step.ms);
		if (step.do === 'fail') emulator.faults.script({ kind: 'status', status: 503, times: 5, skip: step.skip });
		if (step.do === 'run') await reader.run(step.maxRows, step.saved);
		if (step.do !== 'happen') continue;
		for (let index = 0; index < step.count; index += 1) {
			const timestamp = iso(Math.max(from, clock.now() - Math.floor((step.lateMs * index) / step.count)));
			const event = emulator.add(step.feed, { action: 'join', timestamp });
			if (step.twice && index % 3 === 0) emulator.add(step.feed, event);
		}
	}
}

describe('every event', () => {
	it('comes exactly once, whatever the pages, repetitions, late arrivals, failures and expired cursors', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(STEP, { minLength: 3, maxLength: 14 }), API, async (steps, behaviour) => {
				const scene = await openScene({ behaviour });
				try {
					const from = scene.clock.now() - HOUR_MS;
					const reader = new Reader(scene, from);
					await play(scene, steps, reader, from);
					scene.emulator.faults.clear();
					let runs = 0;
					while ((await reader.run(300, true)) && runs++ < 200) scene.clock.advance(60_000);
					const happened = FEEDS.flatMap((feed) => scene.emulator.events(feed)).map(({ uuid }) => uuid);
					expect([...reader.delivered].sort()).toEqual([...new Set(happened)].sort());
				} finally {
					await scene.emulator.close();
				}
			}),
			{ seed: 9, numRuns: 60 },
		);
	}, 120_000);
});
