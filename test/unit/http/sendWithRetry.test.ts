import { describe, expect, it } from '@jest/globals';

import { CONNECT } from '../../../nodes/shared/connect/client/connectService';
import { sendWithRetry, type Delivery } from '../../../nodes/shared/http/sendWithRetry';
import { TransportError, type HttpResponse, type FailureKind, type Method, type Transport } from '../../../nodes/shared/http/transport';
import { GATEWAY_ANSWERS } from '../../support/gatewayAnswers';

type Step = number | FailureKind | { status: number; headers?: Record<string, string>; body?: string };

interface Play {
	readonly delivery: Delivery;
	readonly sent: number;
	readonly sleeps: readonly number[];
}

/** Plays the steps one after the other, the last one again and again. Each takes `requestMs`. */
async function play(method: Method, steps: readonly Step[], { requestMs = 0, random = 0.5 } = {}): Promise<Play> {
	let nowMs = Date.UTC(2026, 0, 1);
	let sent = 0;
	const sleeps: number[] = [];
	const transport: Transport = async () => {
		nowMs += requestMs;
		const step = steps[Math.min(sent++, steps.length - 1)] ?? 200;
		if (typeof step === 'string') throw new TransportError(step);
		return await Promise.resolve(responseOf(step));
	};
	const sleep = async (ms: number): Promise<void> => {
		nowMs += ms;
		sleeps.push(ms);
		await Promise.resolve();
	};
	const delivery = await sendWithRetry(
		{ service: CONNECT, transport, effects: { now: () => nowMs, sleep, random: () => random } },
		{ method, route: '/v1/vaults', path: '/v1/vaults' },
	);
	return { delivery, sent, sleeps };
}

function responseOf(step: Exclude<Step, string>): HttpResponse {
	const given = typeof step === 'number' ? { status: step } : step;
	const { status, headers = {}, body = JSON.stringify({ status, message: 'in the form of Connect' }) } = given;
	return { status, headers, body: Buffer.from(body) };
}

function endOf({ delivery }: Play): number | string {
	return 'response' in delivery ? delivery.response.status : delivery.failure.kind;
}

const RATE_LIMITED = (seconds: string): Step => ({ status: 429, headers: { 'retry-after': seconds } });

describe('a request', () => {
	it.each<[Method, Step[], number | string, number]>([
		['GET', [200], 200, 1],
		['GET', [404], 404, 1],
		['GET', [503, 502, 'closed', 200], 200, 4],
		['GET', [503], 503, 4],
		['GET', ['timeout'], 'timeout', 4],
		['GET', ['refused', 200], 200, 2],
		['DELETE', ['closed', 404], 404, 2],
		['DELETE', [500, 204], 204, 2],
		['POST', ['refused', 409, 429, 200], 200, 4],
		['POST', ['refused', 'closed', 200], 'closed', 2],
		['POST', [500, 200], 500, 1],
		['PATCH', ['timeout', 200], 'timeout', 1],
		['PUT', ['closed', 200], 'closed', 1],
		['PATCH', [409, 409, 409, 409, 409, 409, 200], 200, 7],
		['PATCH', [409, 409, 409, 409, 'refused', 409, 429, 'refused', 429, 200], 429, 9],
		['DELETE', [500, 500, 500, 500, 500, 204], 204, 6],
		['GET', ['cancelled', 200], 'cancelled', 1],
	])('%s through %j ends with %s after %d attempts', async (method, steps, end, attempts) => {
		const played = await play(method, steps);
		expect([endOf(played), played.delivery.attempts, played.sent]).toEqual([end, attempts, attempts]);
	});

	it('does not wait after the last attempt', async () => {
		expect((await play('GET', [503])).sleeps).toEqual([150, 300, 600]);
	});

	it('is not sent again once 30 seconds are over', async () => {
		expect((await play('GET', ['timeout'], { requestMs: 31_000 })).sent).toBe(1);
		expect((await play('GET', ['timeout'], { requestMs: 20_000 })).sent).toBe(2);
	});

	it('that conflicts is sent again for 60 seconds, whatever time was spent on faults', async () => {
		const waits = (await play('PATCH', [409])).sleeps;
		const total = (some: readonly number[]): number => some.reduce((sum, ms) => sum + ms, 0);
		expect([total(waits) > 59_000, total(waits) <= 60_000]).toEqual([true, true]);
		const faulty = await play('PATCH', [RATE_LIMITED('50'), 409]);
		expect(total(faulty.sleeps.slice(1))).toBe(total(waits));
	});

	it('that conflicts does not use up the time for faults', async () => {
		expect(endOf(await play('DELETE', [409, 'timeout', 204], { requestMs: 29_000 }))).toBe(204);
	});

	it('that conflicts is not sent again in a loop where the server asks for no wait', async () => {
		const played = await play('PATCH', [{ status: 409, headers: { 'retry-after': '0' } }]);
		expect([played.sent > 50, played.sent < 200]).toEqual([true, true]);
	});

	it('has all its attempts where the server itself asked for the time', async () => {
		const played = await play('GET', [RATE_LIMITED('60'), RATE_LIMITED('60'), RATE_LIMITED('60'), 200]);
		expect([endOf(played), played.sleeps]).toEqual([200, [60_000, 60_000, 60_000]]);
	});

	it('keeps its own 30 seconds beside the time that the server asked for', async () => {
		expect(endOf(await play('GET', [RATE_LIMITED('60'), 503, 200]))).toBe(200);
	});

	it('waits until a date', async () => {
		const played = await play('POST', [RATE_LIMITED('Thu, 01 Jan 2026 00:00:10 GMT'), 200], { requestMs: 1_000 });
		expect(played.sleeps).toEqual([9_000]);
	});

	it('is not sent again where the server asks for too long a wait', async () => {
		expect((await play('GET', [RATE_LIMITED('61')])).sent).toBe(1);
	});

	it('knows the spurious 403 by its message', async () => {
		const refusal = (message: string): Step => ({ status: 403, body: JSON.stringify({ status: 403, message }) });
		const spurious = await play('GET', [refusal('Authorization: token does not have access to vault x'), 200]);
		expect([endOf(spurious), spurious.sleeps]).toEqual([200, [100]]);
		expect((await play('GET', [refusal('vault x is not in scope')])).sent).toBe(1);
	});

	it.each(GATEWAY_ANSWERS)('that %s answers is a read sent again, and no write', async (_what, status, body) => {
		const answer = { status, body };
		expect(endOf(await play('GET', [answer, answer, 200]))).toBe(200);
		for (const method of ['POST', 'PATCH', 'PUT'] as const) {
			const { sent, delivery } = await play(method, [answer]);
			expect([sent, delivery.attempts]).toEqual([1, 1]);
		}
		// It may have been passed on all the same.
		expect((await play('DELETE', [answer, 404])).delivery.mayHaveActed).toBe(true);
	});

	it('lets a defect of the transport through', async () => {
		const broken: Transport = async () => await Promise.reject(new TypeError('defect'));
		const effects = { now: () => 0, sleep: async () => await Promise.resolve(), random: () => 0 };
		const request = { method: 'GET', route: '/health', path: '/health' } as const;
		await expect(sendWithRetry({ service: CONNECT, transport: broken, effects }, request)).rejects.toThrow(TypeError);
	});
});
