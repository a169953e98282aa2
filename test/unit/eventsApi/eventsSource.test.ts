import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { AuditBatch } from '../../../nodes/shared/core/audit/auditSource';
import { TransportError } from '../../../nodes/shared/http/transport';
import { EventsClient } from '../../../nodes/shared/eventsApi/eventsClient';
import type { EventsCursor } from '../../../nodes/shared/eventsApi/eventsCursor';
import { EventsSource } from '../../../nodes/shared/eventsApi/eventsSource';
import { exampleEvents } from '../../emulators/events';
import { expectRefusal } from '../../support/refusal';
import { DAY_MS, HOUR_MS, iso, openScene, type Scene, type SourceOptions } from './scene';

let scene: Scene;

beforeEach(async () => {
	scene = await openScene();
});

afterEach(async () => {
	await scene.emulator.close();
});

type Batch = AuditBatch<EventsCursor>;

const USAGES: SourceOptions = { feeds: ['itemUsage'] };

async function readNew(
	cursor?: EventsCursor,
	options: SourceOptions & { from?: number; maxRows?: number; deadline?: number } = USAGES,
): Promise<Batch> {
	const { from, maxRows, deadline, ...rest } = options;
	const limits = scene.limits({ ...(maxRows !== undefined && { maxRows }), ...(deadline !== undefined && { deadline }) });
	const source = scene.source(rest);
	// As n8n keeps it.
	const kept = cursor && source.parseCursor(JSON.parse(JSON.stringify(cursor)));
	return await source.readNew(kept, { ...limits, ...(from !== undefined && { from }) });
}

const ids = ({ rows }: Batch): string[] => rows.map(({ eventId }) => eventId);

function addUsages(...uuids: string[]): void {
	for (const uuid of uuids) scene.emulator.add('itemusages', { uuid });
}

const numbered = (count: number, name = 'E'): string[] => Array.from({ length: count }, (_, index) => `${name}${index}`);

describe('new events', () => {
	it('begin now, unless an earlier time is given', async () => {
		const { emulator, clock } = scene;
		emulator.add('itemusages', { uuid: 'EARLIER', timestamp: iso(clock.now() - HOUR_MS) });
		expect(ids(await readNew())).toEqual([]);
		emulator.add('itemusages', { uuid: 'JUST BEFORE', timestamp: iso(clock.now() - HOUR_MS - 1) });
		for (const startIncluded of [true, false]) {
			emulator.behaviour.startIncluded = startIncluded;
			expect(ids(await readNew(undefined, { ...USAGES, from: clock.now() - HOUR_MS }))).toEqual(['EARLIER']);
		}
	});

	it('go on where they ended, without a repetition', async () => {
		const first = await readNew();
		addUsages('A', 'B');
		const second = await readNew(first.cursor);
		expect(ids(second)).toEqual(['A', 'B']);
		scene.clock.advance(90 * DAY_MS);
		const third = await readNew(second.cursor);
		expect([ids(third), third.hasMore]).toEqual([[], false]);
		addUsages('C');
		expect(ids(await readNew(third.cursor))).toEqual(['C']);
	});

	it('keep their cursor while nothing happens', async () => {
		addUsages('A');
		const first = await readNew(undefined, { ...USAGES, from: 0 });
		const second = await readNew(first.cursor);
		expect(second.cursor).toEqual(first.cursor);
	});

	it('come however late they are reported', async () => {
		const { cursor } = await readNew();
		scene.emulator.add('itemusages', { uuid: 'LATE', timestamp: iso(scene.clock.now() - 60 * DAY_MS) });
		expect(ids(await readNew(cursor))).toEqual(['LATE']);
	});

	it('come once, however often the API repeats them', async () => {
		const start = await readNew();
		addUsages('A', 'A', 'B', 'A');
		scene.emulator.behaviour.overlap = 5;
		const first = await readNew(start.cursor);
		expect(ids(first)).toEqual(['A', 'B']);
		addUsages('B', 'C');
		expect(ids(await readNew(first.cursor))).toEqual(['C']);
	});

	it('come over empty pages that say there is more', async () => {
		const { cursor } = await readNew();
		addUsages(...numbered(250));
		scene.emulator.behaviour.emptyPageEvery = 2;
		const batch = await readNew(cursor, { ...USAGES, maxRows: 100 });
		expect(batch.rows).toHaveLength(100);
		const rest = await readNew(batch.cursor);
		expect([rest.rows.length, rest.hasMore]).toEqual([150, false]);
	});

	it('end for this time where the API says again and again that there is more', async () => {
		const { cursor } = await readNew();
		scene.emulator.behaviour.emptyPageEvery = 1;
		const before = scene.emulator.requests.length;
		const batch = await readNew(cursor);
		expect([batch.hasMore, scene.emulator.requests.length - before]).toEqual([true, 60]);
	});

	it('end for this time where the API stands still', async () => {
		const { cursor } = await readNew();
		const still = { cursor: cursor.feeds.itemUsage?.cursor, has_more: true, items: [] };
		scene.emulator.faults.script({ kind: 'status', status: 200, body: still, times: 9 });
		const batch = await readNew(cursor);
		expect([batch.hasMore, batch.cursor, scene.emulator.faults.pending]).toEqual([false, cursor, 8]);
	});

	it('come although they have no time, and do not move the beginning', async () => {
		const { cursor } = await readNew();
		scene.emulator.add('itemusages', { uuid: 'TIMELESS', timestamp: '' });
		const batch = await readNew(cursor);
		expect([ids(batch), batch.rows[0]?.timestamp]).toEqual([['TIMELESS'], iso(scene.clock.now())]);
		expect(batch.cursor.feeds.itemUsage).not.toHaveProperty('lastSeen');
	});

	it('come although the cursor stays the same', async () => {
		const body = (uuid: string, more: boolean): object => ({
			cursor: 'same',
			has_more: more,
			items: [{ uuid, timestamp: iso(scene.clock.now()) }],
		});
		scene.emulator.faults.script({ kind: 'status', status: 200, body: body('A', true) }, { kind: 'status', status: 200, body: body('B', true) });
		scene.emulator.faults.script({ kind: 'status', status: 200, body: body('C', false) });
		expect(ids(await readNew())).toEqual(['A', 'B', 'C']);
	});

	it('of all feeds come in one order of time', async () => {
		const { emulator, clock } = scene;
		for (const { feed, event } of exampleEvents(clock.now())) emulator.add(feed, event);
		const batch = await readNew(undefined, { from: clock.now() - HOUR_MS });
		expect(batch.rows.map(({ kind, action }) => `${kind} ${action}`)).toEqual([
			'signInAttempt credentials_ok',
			'itemUsage reveal',
			'itemUsage fill',
			'signInAttempt continent_blocked',
			'auditEvent join',
			'auditEvent patch',
		]);
		const noisy = await readNew(undefined, { from: clock.now() - HOUR_MS, withNoise: true });
		expect(noisy.rows).toHaveLength(7);
	});
});

describe('an expired cursor', () => {
	it('makes reading begin again a day before the newest event, without a repetition', async () => {
		const from = scene.clock.now() - 10 * DAY_MS;
		scene.emulator.add('itemusages', { uuid: 'OLD', timestamp: iso(from + HOUR_MS) });
		addUsages('A', 'B');
		const first = await readNew(undefined, { ...USAGES, from });
		expect(ids(first)).toEqual(['OLD', 'A', 'B']);
		scene.emulator.expireCursors();
		scene.emulator.add('itemusages', { uuid: 'LATE', timestamp: iso(scene.clock.now() - 23 * HOUR_MS) });
		scene.clock.advance(3 * DAY_MS);
		addUsages('C');
		const before = scene.emulator.requests.length;
		const second = await readNew(first.cursor);
		expect([ids(second), second.hasMore]).toEqual([['LATE', 'C'], false]);
		expect(scene.bodies().slice(before)).toEqual([
			{ cursor: first.cursor.feeds.itemUsage?.cursor },
			{ limit: 500, start_time: iso(Date.UTC(2025, 11, 31)) },
		]);
	});

	it('never leads back behind the beginning, nor ahead of now', async () => {
		const first = await readNew();
		scene.emulator.add('itemusages', { uuid: 'FUTURE', timestamp: iso(scene.clock.now() + 300 * DAY_MS) });
		const second = await readNew(first.cursor);
		scene.emulator.expireCursors();
		addUsages('A');
		expect(ids(await readNew(second.cursor))).toEqual(['A']);
		expect(scene.bodies().at(-1)).toMatchObject({ start_time: '2025-12-31T23:59:59.000Z' });
	});

	it('leads back no further than events are kept', async () => {
		const { cursor } = await readNew();
		scene.emulator.expireCursors();
		scene.clock.advance(200 * DAY_MS);
		expect((await readNew(cursor)).hasGap).toBe(true);
		expect(scene.bodies().at(-1)).toMatchObject({ start_time: iso(scene.clock.now() - 120 * DAY_MS) });
		// A beginning that was chosen so long ago leaves no gap.
		expect(await readNew(undefined, { ...USAGES, from: 0 })).not.toHaveProperty('hasGap');
	});

	it('is begun again once: an API that refuses that, too, is not asked for ever', async () => {
		const { cursor } = await readNew();
		scene.emulator.faults.script({ kind: 'status', status: 400, times: 9 });
		await expectRefusal(readNew(cursor), { code: 'INVALID_INPUT', status: 400 });
		expect(scene.emulator.faults.pending).toBe(7);
		scene.emulator.faults.clear();
		scene.emulator.behaviour.cursorLifeMs = 0;
		addUsages(...numbered(600));
		const before = scene.emulator.requests.length;
		await expectRefusal(readNew(undefined, { ...USAGES, from: 0 }), { code: 'INVALID_INPUT', status: 400 });
		expect(scene.emulator.requests.length - before).toBe(4);
	});
});

describe('a feed that the API refuses', () => {
	const BOTH: SourceOptions = { feeds: ['itemUsage', 'signInAttempt'] };
	const refuse = (): void => scene.emulator.faults.script({ kind: 'status', status: 400, times: Infinity, match: { path: /itemusages/ } });

	it('does not stop the others, and is named', async () => {
		const { cursor } = await readNew(undefined, BOTH);
		refuse();
		for (const uuid of ['A', 'B']) {
			scene.emulator.add('signinattempts', { uuid });
			const batch = await readNew(cursor, BOTH);
			expect(ids(batch)).toContain(uuid);
			expect(batch.refusal?.advice).toContain("'Item Usages'");
		}
	});

	it('is no failure where the others have nothing new, and goes on where it was once it is no longer refused', async () => {
		const { cursor } = await readNew(undefined, BOTH);
		refuse();
		addUsages('A');
		const quiet = await readNew(cursor, BOTH);
		expect([ids(quiet), quiet.refusal?.code]).toEqual([[], 'INVALID_INPUT']);
		scene.emulator.faults.clear();
		expect(ids(await readNew(quiet.cursor, BOTH))).toEqual(['A']);
	});

	it('is a failure where there is no other', async () => {
		refuse();
		await expectRefusal(readNew(), { code: 'INVALID_INPUT', status: 400 });
	});
});

describe('limits', () => {
	it('cut a page, and the rest comes next time', async () => {
		const { cursor } = await readNew();
		addUsages(...numbered(7));
		const first = await readNew(cursor, { ...USAGES, maxRows: 3 });
		expect([ids(first), first.hasMore, scene.emulator.requests.length]).toEqual([['E0', 'E1', 'E2'], true, 2]);
		const second = await readNew(first.cursor, { ...USAGES, maxRows: 3 });
		expect([ids(second), second.hasMore]).toEqual([['E3', 'E4', 'E5'], true]);
		const third = await readNew(second.cursor, { ...USAGES, maxRows: 3 });
		expect([ids(third), third.hasMore]).toEqual([['E6'], false]);
	});

	it('let no feed starve', async () => {
		const from = scene.clock.now();
		addUsages(...numbered(300));
		scene.clock.advance(1_000);
		scene.emulator.add('auditevents', { uuid: 'AUDIT', action: 'join' });
		addUsages(...numbered(300, 'F'));
		let batch = await readNew(undefined, { from, maxRows: 150 });
		const seen = [batch];
		while (batch.hasMore) {
			batch = await readNew(batch.cursor, { maxRows: 150 });
			seen.push(batch);
		}
		expect(seen.flatMap(ids)).toHaveLength(601);
		expect(seen.findIndex((one) => ids(one).includes('AUDIT'))).toBeLessThan(seen.length - 1);
	});

	it('keep a request from starting after the deadline', async () => {
		addUsages('A');
		const late = await readNew(undefined, { ...USAGES, from: 0, deadline: scene.clock.now() });
		expect([late.rows, late.hasMore, scene.emulator.requests]).toEqual([[], true, []]);
		expect(ids(await readNew(late.cursor))).toEqual(['A']);
	});
});

describe('a range', () => {
	it.each([true, false])('holds what happened in it, its beginning included, its end not, whatever the API makes of bounds: %s', async (usual) => {
		const { emulator, clock, source, limits } = scene;
		Object.assign(emulator.behaviour, { startIncluded: usual, endIncluded: !usual });
		const to = clock.now() - HOUR_MS;
		const from = to - HOUR_MS;
		const times = { BEFORE: from - 1, FIRST: from, LAST: to - 1, AFTER: to };
		for (const [uuid, time] of Object.entries(times)) emulator.add('itemusages', { uuid, timestamp: iso(time) });
		const batch = await source().readRange({ from, to }, limits());
		expect([ids(batch), batch.hasMore]).toEqual([['FIRST', 'LAST'], false]);
	});

	it('is read to its end, however long it is', async () => {
		const { clock, source, limits, emulator } = scene;
		emulator.behaviour.emptyPageEvery = 2;
		addUsages(...numbered(20_000));
		clock.advance(1);
		const range = { from: clock.now() - HOUR_MS, to: clock.now() };
		const batch = await source(USAGES).readRange(range, limits({ maxRows: Infinity }));
		expect([batch.rows.length, batch.hasMore]).toEqual([20_000, false]);
		expect(emulator.requests.length).toBeGreaterThan(60);
	});

	it('of many rows goes on with its cursor, and stays a range', async () => {
		const { emulator, clock, source, limits } = scene;
		addUsages(...numbered(150));
		clock.advance(1);
		const to = clock.now();
		emulator.add('itemusages', { uuid: 'AFTER' });
		const first = await source(USAGES).readRange({ from: to - HOUR_MS, to }, limits({ maxRows: 100 }));
		expect([first.rows.length, first.hasMore]).toEqual([100, true]);
		emulator.expireCursors();
		const second = await readNew(first.cursor);
		expect([second.rows.length, second.hasMore, ids(second).includes('AFTER')]).toEqual([50, false, false]);
	});
});

describe('a failure', () => {
	it('for a while delivers what was read, and the rest comes next time', async () => {
		const from = scene.clock.now();
		addUsages('A');
		scene.emulator.add('auditevents', { uuid: 'AUDIT', action: 'join' });
		const isAudit = { path: /auditevents/ };
		scene.emulator.faults.script({ kind: 'status', status: 503, match: isAudit, times: 4 });
		const first = await readNew(undefined, { from });
		expect([ids(first), first.hasMore]).toEqual([['A'], true]);
		const second = await readNew(first.cursor, {});
		expect([ids(second), second.hasMore]).toEqual([['AUDIT'], false]);
		scene.emulator.faults.script({ kind: 'status', status: 503, match: isAudit, times: 4 });
		await expectRefusal(readNew(second.cursor, {}), { code: 'UNAVAILABLE' });
	});

	it.each([
		[401, 'AUTH_FAILED'],
		[403, 'FORBIDDEN'],
		[404, 'PROTOCOL'],
	] as const)('that lasts is told at once: %i', async (status, code) => {
		addUsages('A');
		scene.emulator.faults.script({ kind: 'status', status, match: { path: /auditevents/ } });
		await expectRefusal(readNew(undefined, { from: 0 }), { status, code });
	});

	it('is told at once where the execution was cancelled', async () => {
		const cancelled = new EventsSource(
			new EventsClient(async ({ path }) => {
				if (path.endsWith('auditevents')) throw new TransportError('cancelled');
				const body = { cursor: 'x', has_more: false, items: [{ uuid: 'A', timestamp: iso(scene.clock.now()) }] };
				return await Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(body)) });
			}, scene.effects),
			{ feeds: ['itemUsage', 'auditEvent'], now: scene.clock.now },
		);
		await expectRefusal(cancelled.readNew(undefined, scene.limits()), { code: 'NETWORK', cancelled: true });
	});

	it('is a token that may not read the feed', async () => {
		const token = scene.emulator.issueToken({ features: ['itemusages'] });
		await expectRefusal(readNew(undefined, { from: 0, token }), { code: 'AUTH_FAILED', status: 401 }, [token]);
	});
});

describe('the cursor', () => {
	it('holds no name and no uuid, and stays small', async () => {
		for (const { feed, event } of exampleEvents(scene.clock.now())) scene.emulator.add(feed, event);
		addUsages(...numbered(6_000, 'SEEN-EVENT-'));
		const { cursor, rows } = await readNew(undefined, { from: 0 });
		expect(rows.length).toBe(6_006);
		const text = JSON.stringify(cursor);
		expect(text).not.toMatch(/Wendy|Mallory|SEEN-EVENT|WENDY/);
		expect(text.length).toBeLessThan(63_000);
	});

	it.each([
		undefined,
		null,
		7,
		[],
		{},
		{ source: 'connect', version: 1, feeds: {} },
		{ source: 'events', version: 2, feeds: {} },
		{ source: 'events', version: 1, feeds: [] },
		{ source: 'events', version: 1, feeds: { itemUsage: null } },
		{ source: 'events', version: 1, feeds: { itemUsage: { cursor: 'x', from: 'now', seen: '' } } },
		{ source: 'events', version: 1, feeds: { itemUsage: { cursor: 'x', from: 1e99, seen: '' } } },
		{ source: 'events', version: 1, feeds: { itemUsage: { cursor: 7, from: 0, seen: '' } } },
		{ source: 'events', version: 1, feeds: { itemUsage: { cursor: '', from: 0, seen: 'x' } } },
		{ source: 'events', version: 1, feeds: { itemUsage: { cursor: '', from: 0, seen: '', lastSeen: null } } },
		{ source: 'events', version: 1, feeds: { itemUsage: { cursor: '', from: 0, seen: '', to: '' } } },
	])('of something else is none: %j', (stored) => {
		expect(scene.source().parseCursor(stored)).toBeUndefined();
	});

	it('begins now for a feed that was chosen later', async () => {
		scene.emulator.add('auditevents', { uuid: 'BEFORE', action: 'join' });
		const { cursor } = await readNew();
		scene.clock.advance(1_000);
		addUsages('A');
		const batch = await readNew(cursor, {});
		expect([ids(batch), Object.keys(batch.cursor.feeds)]).toEqual([['A'], ['itemUsage', 'signInAttempt', 'auditEvent']]);
	});
});
