import { describe, expect, it } from '@jest/globals';

import type { AuditRow } from '../../../nodes/shared/core/audit/rows/auditRow';
import { FEEDS } from '../../emulators/events';
import { seededRandom } from '../../emulators/connect';
import { HOUR_MS, iso, openScene, type Scene } from './scene';

/** The Events API read by runs that know nothing but the rows in a table. */

interface Told {
	readonly eventId: string;
	readonly time: number;
	readonly kind: string;
}

class Table {
	readonly rows: Told[] = [];
	private start: { cursor: unknown; time: number } | undefined;

	constructor(
		private readonly scene: Scene,
		private readonly limit = 2_000,
	) {}

	/** @returns what was told; the first `stored` rows are stored. */
	async run(maxRows = 10_000, stored = Infinity): Promise<readonly AuditRow[]> {
		const source = this.scene.source();
		const rows = this.rows.slice(-this.limit);
		const isCut = this.rows.length > this.limit;
		const started = this.start && { start: this.start.cursor, startTime: this.start.time };
		const cursor = started && source.resume({ rows, isCut, ...(isCut ? {} : started) });
		const batch = await source.readNew(cursor, this.scene.limits({ maxRows }));
		this.start ??= { cursor: batch.cursor, time: this.scene.clock.now() };
		for (const { eventId, timestamp, kind } of batch.rows.slice(0, stored)) this.rows.push({ eventId, time: Date.parse(timestamp), kind });
		return batch.rows;
	}
}

const add = (scene: Scene, feed: (typeof FEEDS)[number], lateMs = 0): string =>
	String(scene.emulator.add(feed, { action: 'join', timestamp: iso(scene.clock.now() - lateMs) }).uuid);

const within = async (use: (scene: Scene) => Promise<void>): Promise<void> => {
	const scene = await openScene();
	try {
		await use(scene);
	} finally {
		await scene.emulator.close();
	}
};

describe('runs that know stored rows only', () => {
	it('continue behind them, and find what is reported late', async () => {
		await within(async (scene) => {
			const table = new Table(scene);
			expect(await table.run()).toEqual([]);
			scene.clock.advance(30 * HOUR_MS);
			const first = FEEDS.map((feed) => add(scene, feed));
			expect((await table.run()).map(({ eventId }) => eventId).sort()).toEqual([...first].sort());
			expect(await table.run()).toEqual([]);
			const late = add(scene, 'itemusages', 20 * HOUR_MS);
			expect((await table.run()).map(({ eventId }) => eventId)).toEqual([late]);
			expect(await table.run()).toEqual([]);
		});
	});

	it('tell nothing again that is older than the rows which were handed over', async () => {
		await within(async (scene) => {
			const table = new Table(scene, 20);
			await table.run();
			for (let n = 0; n < 120; n++) {
				scene.clock.advance(1_000);
				add(scene, 'itemusages');
			}
			expect(await table.run()).toHaveLength(120);
			const next = add(scene, 'itemusages');
			expect((await table.run()).map(({ eventId }) => eventId)).toEqual([next]);
		});
	});

	it.each(Array.from({ length: 20 }, (_, seed) => seed))(
		'tell every event, and store it once, wherever they are cut off: course %d',
		async (seed) => {
			await within(async (scene) => {
				const random = seededRandom(seed);
				const table = new Table(scene);
				await table.run();
				const happened: string[] = [];
				const begun = scene.clock.now();
				for (let step = 0; step < 15; step++) {
					scene.clock.advance(random() * HOUR_MS);
					for (const feed of FEEDS) {
						const lateMs = feed === 'auditevents' ? 0 : random() * Math.min(20 * HOUR_MS, scene.clock.now() - begun);
						for (let n = random() * 6; n > 1; n--) happened.push(add(scene, feed, lateMs));
					}
					await table.run(1 + Math.floor(random() * 20), Math.floor(random() * 20));
				}
				while ((await table.run()).length > 0);
				const stored = table.rows.map(({ eventId }) => eventId);
				expect([...stored].sort()).toEqual([...happened].sort());
			});
		},
	);
});
