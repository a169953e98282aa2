import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { manualClock, type ManualClock } from '../../../emulators/connect/clock';
import { exampleEvents, startEventsEmulator, type EventsEmulator } from '../../../emulators/events';

let clock: ManualClock;
let emulator: EventsEmulator;

beforeEach(async () => {
	clock = manualClock();
	emulator = await startEventsEmulator({ clock, seed: exampleEvents(clock.now()) });
});

afterEach(async () => {
	await emulator.close();
});

interface Answer {
	readonly status: number;
	readonly retryAfter: string | null;
	readonly body: Record<string, unknown>;
}

async function call(path: string, body?: unknown, token = emulator.token): Promise<Answer> {
	const response = await fetch(`${emulator.url}${path}`, {
		method: body === undefined ? 'GET' : 'POST',
		headers: { Authorization: `Bearer ${token}` },
		...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
	});
	return {
		status: response.status,
		retryAfter: response.headers.get('retry-after'),
		body: (await response.json()) as Record<string, unknown>,
	};
}

const usages = async (body: unknown): Promise<Answer> => await call('/api/v2/itemusages', body);

const idsOf = ({ body }: Answer): unknown[] => (body.items as Array<{ uuid: string }>).map(({ uuid }) => uuid);

const uuids = (): string[] => emulator.events('itemusages').map(({ uuid }) => uuid);

describe('introspection', () => {
	it('tells what the token may read, in both versions', async () => {
		const token = emulator.issueToken({ features: ['itemusages'] });
		expect((await call('/api/v2/auth/introspect', undefined, token)).body).toEqual({
			...{ uuid: expect.stringMatching(/^[A-Z2-7]{26}$/) as unknown, issued_at: '2026-01-01T00:00:00.000Z' },
			...{ features: ['itemusages'], account_uuid: 'EMULATEDACCOUNT' },
		});
		expect(Object.keys((await call('/api/auth/introspect')).body)).toEqual(['UUID', 'IssuedAt', 'Features']);
	});
});

describe('a collection', () => {
	it('holds one feed, page by page, and goes on with its cursor', async () => {
		const first = await usages({ limit: 1 });
		expect([idsOf(first), first.body.has_more]).toEqual([[uuids()[0]], true]);
		const second = await usages({ cursor: first.body.cursor });
		expect(idsOf(second)).toEqual([uuids()[1]]);
		// Full, so it can not know yet.
		expect(second.body.has_more).toBe(true);
		const third = await usages({ cursor: second.body.cursor });
		expect([idsOf(third), third.body.has_more]).toEqual([[], false]);
		const late = emulator.add('itemusages', { timestamp: '2025-12-01T00:00:00Z' });
		expect(idsOf(await usages({ cursor: third.body.cursor }))).toEqual([late.uuid]);
	});

	it('of version 1 lacks what version 2 added', async () => {
		const items = async (version: string): Promise<object[]> => (await call(`/api/${version}/itemusages`, {})).body.items as object[];
		expect((await items('v2'))[0]).toMatchObject({ account_uuid: 'EMULATEDACCOUNT', user: { user_type: 'user' } });
		expect(JSON.stringify(await items('v1'))).not.toMatch(/account_uuid|user_type/);
	});

	it('begins an hour ago unless told otherwise, and ends before its end', async () => {
		clock.advance(10 * 60_000);
		expect(idsOf(await usages({}))).toEqual([uuids()[1]]);
		expect(idsOf(await usages({ start_time: '2025-12-31T23:00:00Z', end_time: '2025-12-31T23:20:00Z' }))).toEqual([uuids()[0]]);
	});

	it('repeats events, and has empty pages, where that is asked for', async () => {
		emulator.behaviour.overlap = 1;
		const first = await usages({ limit: 2, start_time: '2025-12-31T23:00:00Z' });
		expect(idsOf(await usages({ cursor: first.body.cursor }))).toEqual([uuids()[1]]);
		emulator.behaviour.emptyPageEvery = 1;
		const empty = await usages({ cursor: first.body.cursor });
		expect([empty.body.items, empty.body.has_more]).toEqual([[], true]);
	});

	it('refuses cursors that have expired', async () => {
		const { body } = await usages({});
		emulator.expireCursors();
		expect((await usages({ cursor: body.cursor })).status).toBe(400);
		emulator.behaviour.cursorLifeMs = 1_000;
		const { body: next } = await usages({});
		clock.advance(1_000);
		expect((await usages({ cursor: next.cursor })).status).toBe(400);
	});

	it.each<[string, unknown]>([
		['both kinds of cursor', { cursor: 'x', limit: 5 }],
		['a limit of 0', { limit: 0 }],
		['a limit of 1001', { limit: 1_001 }],
		['half a limit', { limit: 1.5 }],
		['a time that is none', { start_time: 'yesterday' }],
		['a cursor that is none', { cursor: 'x' }],
		['no JSON', '{'],
		['a list', []],
	])('refuses %s', async (_what, body) => {
		expect((await usages(body)).status).toBe(400);
	});

	it('refuses the cursor of another feed', async () => {
		const { body } = await call('/api/v2/auditevents', {});
		expect((await usages({ cursor: body.cursor })).status).toBe(400);
	});
});

describe('a token', () => {
	it.each<[string, () => string]>([
		['an unknown', () => 'a.b.c'],
		['an expired', () => emulator.issueToken({ expiresAt: clock.now() })],
		['one without the feed', () => emulator.issueToken({ features: ['auditevents'] })],
		[
			'a revoked',
			() => {
				const token = emulator.issueToken();
				emulator.revokeToken(token);
				return token;
			},
		],
	])('gets 401: %s', async (_what, token) => {
		expect((await call('/api/v2/itemusages', {}, token())).status).toBe(401);
	});

	it('has its claims', () => {
		const claims = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
		expect(claims(emulator.token)).toMatchObject({
			aud: ['events.1password.com'],
			'1password.com/fts': ['itemusages', 'signinattempts', 'auditevents'],
		});
		expect(claims(emulator.issueToken({ features: null, audience: ['com.1password.streamingservice'] }))).not.toHaveProperty(['1password.com/fts']);
	});

	it('may ask so often in a minute, and no more', async () => {
		emulator.behaviour.perMinute = 2;
		await usages({});
		clock.advance(15_000);
		await usages({});
		expect(await usages({})).toMatchObject({ status: 429, retryAfter: null });
		emulator.behaviour.retryAfter = true;
		expect(await usages({})).toMatchObject({ status: 429, retryAfter: '45' });
		clock.advance(45_000);
		expect((await usages({})).status).toBe(200);
		emulator.behaviour.perHour = 3;
		expect((await usages({})).status).toBe(429);
	});
});

describe('failures', () => {
	it('have one of the two published forms', async () => {
		expect((await usages({ limit: 0 })).body).toEqual({ Error: { Message: 'limit must be between 1 and 1000' } });
		emulator.behaviour.errorBody = 'pages';
		expect((await usages({ limit: 0 })).body).toEqual({ status: 400, message: 'limit must be between 1 and 1000' });
	});

	it('can be scripted', async () => {
		emulator.faults.script({ kind: 'status', status: 500 }, { kind: 'cutMidBody' }, { kind: 'resetBeforeHeaders' });
		expect((await usages({})).status).toBe(500);
		await expect(usages({})).rejects.toThrow();
		await expect(usages({})).rejects.toThrow();
		expect((await usages({})).status).toBe(200);
	});

	it('leave a body whole that comes in two parts', async () => {
		emulator.behaviour.bodyPauseMs = 5_000;
		expect(idsOf(await usages({}))).toHaveLength(2);
		expect(clock.now()).toBe(Date.UTC(2026, 0, 1) + 5_000);
	});

	it('meet unknown paths and methods', async () => {
		expect((await call('/api/v2/news', {})).status).toBe(404);
		expect((await call('/api/v2/itemusages')).status).toBe(404);
		expect((await call('/api/v2/auth/introspect', {})).status).toBe(404);
	});
});
