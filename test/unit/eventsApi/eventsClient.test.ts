import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { EventsPage, PageStart } from '../../../nodes/shared/eventsApi/eventsClient';
import { EventsClient } from '../../../nodes/shared/eventsApi/eventsClient';
import { TransportError, type HttpRequest, type FailureKind } from '../../../nodes/shared/http/transport';
import type { Fault } from '../../emulators/connect/faults';
import { expectRefusal } from '../../support/refusal';
import { GATEWAY_ANSWERS } from '../../support/gatewayAnswers';
import { openScene, type Scene } from './scene';

let scene: Scene;

beforeEach(async () => {
	scene = await openScene();
});

afterEach(async () => {
	await scene.emulator.close();
});

const SECRET = 'the server repeats a token';

const START: PageStart = { startTime: Date.UTC(2025, 11, 31, 23), limit: 100 };

async function page(deadline = Infinity): Promise<EventsPage> {
	return await scene.client().page('itemUsage', START, deadline);
}

function sent(): number {
	return scene.emulator.requests.length;
}

describe('a page', () => {
	it('is asked for by a POST with the token', async () => {
		scene.emulator.add('itemusages', { uuid: 'A' });
		expect(await page()).toMatchObject({ hasMore: false, events: [{ uuid: 'A' }] });
		expect(scene.emulator.requests).toMatchObject([
			{
				...{ method: 'POST', path: '/api/v2/itemusages', authorization: `Bearer ${scene.emulator.token}` },
				body: { limit: 100, start_time: '2025-12-31T23:00:00.000Z' },
			},
		]);
	});

	it('of a range has an end, and one by cursor nothing else', async () => {
		const { cursor } = await scene.client().page('auditEvent', { ...START, endTime: Date.UTC(2026, 0, 1) }, Infinity);
		await scene.client().page('auditEvent', { cursor }, Infinity);
		expect(scene.bodies('auditevents')).toEqual([
			{ limit: 100, start_time: '2025-12-31T23:00:00.000Z', end_time: '2026-01-01T00:00:00.000Z' },
			{ cursor },
		]);
	});

	it('is asked for again although it is a POST: it only reads', async () => {
		scene.emulator.faults.script({ kind: 'status', status: 503 }, { kind: 'resetBeforeHeaders' }, { kind: 'cutMidBody' });
		await page();
		expect([sent(), scene.waits]).toEqual([4, [150, 300, 600]]);
	});

	it('that is too much now comes when the server says', async () => {
		scene.emulator.behaviour.perMinute = 1;
		scene.emulator.behaviour.retryAfter = true;
		await page();
		scene.clock.advance(20_000);
		await page();
		expect(scene.waits).toEqual([40_000]);
	});

	it('that is too much now, and nobody says until when, is asked for a few times and then refused', async () => {
		scene.emulator.behaviour.perMinute = 1;
		await page();
		await expectRefusal(page(), { code: 'RATE_LIMITED', status: 429, attempts: 4, route: 'POST /api/v2/itemusages' });
		expect(scene.waits).toEqual([150, 300, 600]);
	});

	it('is not asked for again after the deadline', async () => {
		scene.emulator.behaviour.perMinute = 1;
		scene.emulator.behaviour.retryAfter = true;
		await page();
		const error = await expectRefusal(page(scene.clock.now() + 59_999), { code: 'RATE_LIMITED', attempts: 1, retryAfterMs: 60_000 });
		expect([error.details.outcomeUnknown, scene.waits, sent()]).toEqual([undefined, [], 2]);
	});

	it.each<[string, Fault, object]>([
		['400', { kind: 'status', status: 400, message: SECRET }, { code: 'INVALID_INPUT', attempts: 1 }],
		['401', { kind: 'status', status: 401, message: SECRET }, { code: 'AUTH_FAILED', attempts: 1 }],
		['403', { kind: 'status', status: 403, message: SECRET }, { code: 'FORBIDDEN', attempts: 1 }],
		["a proxy's page with 400", { kind: 'html', status: 400 }, { code: 'PROTOCOL', attempts: 1 }],
		...GATEWAY_ANSWERS.map(([what, status, text]): [string, Fault, object] => [
			`${what} (${status})`,
			{ kind: 'status', status, body: text, times: 9 },
			{ code: 'UNAVAILABLE', status, attempts: 4 },
		]),
		['404', { kind: 'status', status: 404, message: SECRET }, { code: 'PROTOCOL', attempts: 1 }],
		['500', { kind: 'status', status: 500, message: SECRET, times: 9 }, { code: 'UNAVAILABLE', attempts: 4 }],
		['a redirect', { kind: 'redirect', location: 'https://evil.example' }, { code: 'PROTOCOL', status: 302 }],
		["a proxy's page", { kind: 'html' }, { code: 'PROTOCOL', status: 200 }],
		['JSON that breaks off', { kind: 'malformedJson' }, { code: 'PROTOCOL', status: 200 }],
		['a broken connection', { kind: 'cutMidBody', times: 9 }, { code: 'NETWORK', attempts: 4 }],
		['a list', body([]), { code: 'PROTOCOL' }],
		['no items', body({ cursor: 'x', has_more: false, items: {} }), { code: 'PROTOCOL' }],
		['items that are none', body({ cursor: 'x', has_more: false, items: ['x'] }), { code: 'PROTOCOL' }],
		['more, and no way to it', body({ cursor: '', has_more: true, items: [] }), { code: 'PROTOCOL' }],
		['no word on whether there is more', body({ cursor: 'x', items: [] }), { code: 'PROTOCOL' }],
		['an endless cursor', body({ cursor: 'x'.repeat(5_000), has_more: false, items: [] }), { code: 'PROTOCOL' }],
	])('fails with %s', async (_what, fault, expected) => {
		scene.emulator.faults.script(fault);
		await expectRefusal(page(), expected as never, [SECRET, scene.emulator.token]);
	});

	it.each([{ cursor: null, has_more: false, items: null }, { has_more: false }])('may be empty: %j', async (value) => {
		scene.emulator.faults.script(body(value));
		expect(await page()).toEqual({ cursor: '', hasMore: false, events: [] });
	});

	it('that does not come in time fails', async () => {
		scene.emulator.faults.script({ kind: 'hang', times: 9 });
		await expectRefusal(scene.client(undefined, 50).page('itemUsage', START, Infinity), { code: 'NETWORK', attempts: 4 });
	});
});

function body(value: unknown): Fault {
	return { kind: 'status', status: 200, body: value };
}

describe('many pages', () => {
	it('keep below what the API allows, in a minute and in an hour', async () => {
		const client = scene.client();
		const times: number[] = [];
		for (let index = 0; index < 620; index += 1) {
			await client.page('itemUsage', START, Infinity);
			times.push(scene.clock.now());
		}
		expect([...new Set(scene.waits)]).toEqual([120]);
		expect(times.filter((at) => at - (times[0] ?? 0) < 60_000).length).toBeLessThanOrEqual(600);
		expect((3_600_000 / 120) | 0).toBeLessThanOrEqual(30_000);
	});
});

describe('a failure on the way', () => {
	const KINDS: FailureKind[] = ['refused', 'unknownHost', 'unreachable', 'certificate', 'tls', 'blocked', 'timeout', 'closed', 'cancelled'];

	it.each(KINDS)('is told in a sentence, and what to do: %s', async (kind) => {
		const requests: HttpRequest[] = [];
		const client = new EventsClient(async (request) => {
			requests.push(request);
			return await Promise.reject(new TransportError(kind));
		}, scene.effects);
		const lasting = ['certificate', 'blocked', 'cancelled'].includes(kind);
		const error = await expectRefusal(client.page('itemUsage', START, Infinity), { code: 'NETWORK', attempts: lasting ? 1 : 4 });
		expect(error.message).not.toMatch(/Connect/);
		expect([error.details.cancelled, requests.length]).toEqual([kind === 'cancelled' ? true : undefined, lasting ? 1 : 4]);
	});
});
