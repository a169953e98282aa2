import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CONNECT } from '../../../nodes/shared/connect/client/connectService';
import { toAttemptResult, type AttemptResult, type Sent } from '../../../nodes/shared/http/attemptResult';
import { CONFLICT_POLICY, RETRY_POLICY, decideRetry, isConflict, type Attempt } from '../../../nodes/shared/http/retryPolicy';
import { parseRetryAfter } from '../../../nodes/shared/http/retryAfter';
import { TransportError, type FailureKind, type HttpRequest, type Method } from '../../../nodes/shared/http/transport';

const METHODS: readonly Method[] = ['GET', 'DELETE', 'POST', 'PATCH', 'PUT'];
const SPURIOUS = 'Authorization: token does not have access to vault x';

/** In the form of Connect. */
function answer(status: number, message = '', retryAfterMs?: number): Sent {
	const headers = retryAfterMs === undefined ? {} : { 'retry-after': String(retryAfterMs / 1000) };
	return { response: { status, headers, body: Buffer.from(JSON.stringify({ status, message })) } };
}

function failure(kind: FailureKind): Sent {
	return { failure: new TransportError(kind) };
}

/** @returns what the attempt brought, as it is for Connect. */
function resultOf(method: Method, sent: Sent, rest: Partial<HttpRequest> = {}): AttemptResult {
	return toAttemptResult(CONNECT, { method, route: '/v1/vaults', path: '/v1/vaults', ...rest }, sent, 0);
}

function decide(method: Method, sent: Sent, rest: Partial<Attempt> = {}): ReturnType<typeof decideRetry> {
	return decideRetry({ method, attempt: 1, elapsedMs: 0, result: resultOf(method, sent), ...rest }, () => 0.5);
}

describe('the decision to send again', () => {
	/** For the methods in the order GET, DELETE, POST, PATCH, PUT. */
	it.each<[string, Sent, string]>([
		['a connection that was refused', failure('refused'), 'yes yes yes yes yes'],
		['a connection that was lost', failure('closed'), 'yes yes no no no'],
		['a cancelled execution', failure('cancelled'), 'no no no no no'],
		['a certificate that is not trusted', failure('certificate'), 'no no no no no'],
		['200', answer(200), 'no no no no no'],
		['204', answer(204), 'no no no no no'],
		['302', answer(302), 'no no no no no'],
		['400', answer(400), 'no no no no no'],
		['401', answer(401, 'Invalid bearer token'), 'no no no no no'],
		['403 of a token out of scope, or spurious', answer(403, SPURIOUS), 'yes yes yes yes yes'],
		['403 without permission', answer(403, 'Authorization: token does not have permission to perform create on vault x'), 'no no no no no'],
		['403 in the words of the specification', answer(403, 'vault x is not in scope'), 'no no no no no'],
		['403 of a proxy', answer(403), 'no no no no no'],
		['404', answer(404), 'no no no no no'],
		['406', answer(406), 'no no no no no'],
		['408', answer(408), 'yes yes no no no'],
		['409', answer(409), 'yes yes yes yes yes'],
		['413', answer(413), 'no no no no no'],
		['429', answer(429), 'yes yes yes yes yes'],
		['500', answer(500), 'yes yes no no no'],
		['501', answer(501), 'no no no no no'],
		['502', answer(502), 'yes yes no no no'],
		['503', answer(503), 'yes yes no no no'],
		['504', answer(504), 'yes yes no no no'],
		['505', answer(505), 'no no no no no'],
	])('after %s', (_what, sent, expected) => {
		expect(METHODS.map((method) => (decide(method, sent).retry ? 'yes' : 'no')).join(' ')).toBe(expected);
	});

	it('is no after three more attempts', () => {
		const retries = [1, 2, 3, 4, 5].map((attempt) => decide('GET', answer(503), { attempt }).retry);
		expect(retries).toEqual([true, true, true, false, false]);
	});

	it('is no where the wait would end after 30 seconds', () => {
		expect(decide('GET', answer(503), { elapsedMs: 29_850 })).toMatchObject({ retry: true });
		expect(decide('GET', answer(503), { elapsedMs: 29_851 })).toEqual({ retry: false });
	});
});

describe('the wait', () => {
	it('doubles from 300 ms, with full jitter', () => {
		const waits = (random: number): number[] =>
			[1, 2, 3].map((attempt) => {
				const decision = decideRetry({ method: 'GET', attempt, elapsedMs: 0, result: resultOf('GET', answer(500)) }, () => random);
				return decision.retry ? decision.delayMs : -1;
			});
		expect(waits(0)).toEqual([0, 0, 0]);
		expect(waits(0.5)).toEqual([150, 300, 600]);
		expect(waits(1)).toEqual([300, 600, 1_200]);
	});

	it('is 100 ms after the spurious 403', () => {
		for (const attempt of [1, 2, 3]) expect(decide('GET', answer(403, SPURIOUS), { attempt })).toMatchObject({ delayMs: 100 });
	});

	it.each([
		[0, true],
		[2_000, true],
		[60_000, true],
		[60_001, false],
		[Infinity, false],
	])('is what the server asks for, %d ms, or there is none: %s', (retryAfterMs, retry) => {
		const result: AttemptResult = { kind: 'answer', status: 429, retryAfterMs };
		const decision = decideRetry({ method: 'POST', attempt: 1, elapsedMs: 29_999, result }, () => 0.5);
		expect(decision).toEqual(retry ? { retry, delayMs: retryAfterMs, askedFor: true } : { retry });
	});

	it('that the server asks for makes no answer repeatable that is not', () => {
		for (const status of [400, 404, 500, 503]) expect(decide('POST', answer(status, '', 1_000)).retry).toBe(false);
	});

	it('never breaks the policy, whatever comes', () => {
		const status = fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(409, 429, 500, 503));
		const attempt = fc
			.record({
				method: fc.constantFrom(...METHODS),
				attempt: fc.integer({ min: 1, max: 10 }),
				elapsedMs: fc.integer({ min: 0, max: 250_000 }),
				latencyMs: fc.integer({ min: 0, max: 60_000 }),
				sent: fc.oneof(
					fc
						.tuple(status, fc.option(fc.integer({ min: 0, max: 100_000 }), { nil: undefined }))
						.map(([status, wait]) => answer(status, SPURIOUS, wait)),
					fc.constantFrom<FailureKind[]>('refused', 'certificate', 'closed', 'cancelled').map(failure),
				),
			})
			.map(({ sent, ...made }): Attempt => ({ ...made, result: resultOf(made.method, sent) }));
		fc.assert(
			fc.property(attempt, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (made, random) => {
				const decision = decideRetry(made, () => random);
				if (!decision.retry) return;
				if (isConflict(made.result)) {
					expect(made.elapsedMs + decision.delayMs).toBeLessThanOrEqual(CONFLICT_POLICY.maxBudgetMs);
					return;
				}
				expect(made.attempt).toBeLessThanOrEqual(RETRY_POLICY.maxRetries);
				expect(decision.delayMs).toBeLessThanOrEqual(decision.askedFor ? 60_000 : 8_000);
				if (!decision.askedFor) expect(made.elapsedMs + decision.delayMs).toBeLessThanOrEqual(30_000);
				const { method, result } = made;
				if (method === 'GET' || method === 'DELETE') return;
				// A write is repeated only where the server can't have acted, or says that it has not.
				if (result.kind === 'failure') expect(result.mayHaveBeenSent).toBe(false);
				else expect([403, 429]).toContain(result.status);
			}),
			{ seed: 2, numRuns: 2_000 },
		);
	});
});

describe('after a conflict with another writer', () => {
	const conflict = answer(409);
	const waitOf = (attempt: number, latencyMs: number, random = 1): number => {
		const decision = decideRetry({ method: 'PATCH', attempt, elapsedMs: 0, latencyMs, result: resultOf('PATCH', conflict) }, () => random);
		return decision.retry ? decision.delayMs : -1;
	};

	it.each<[Method, Sent, boolean]>([
		['POST', conflict, true],
		['PATCH', conflict, true],
		['PUT', conflict, true],
		['DELETE', conflict, true],
		// So does Connect refuse a DELETE.
		['DELETE', answer(500), true],
		['GET', conflict, false],
		['PATCH', answer(500), false],
		['DELETE', answer(503), false],
		['DELETE', failure('closed'), false],
	])('%s, %j: %s', (method, sent, expected) => {
		expect(isConflict(resultOf(method, sent))).toBe(expected);
	});

	it('a request that only reads is none', () => {
		expect(isConflict(resultOf('POST', conflict, { repeatable: true }))).toBe(false);
	});

	it.each([4, 20, 500])('the write is sent again however often it lost: attempt %d', (attempt) => {
		expect(decide('PATCH', conflict, { attempt })).toMatchObject({ retry: true });
	});

	it.each<[what: string, sent: Sent, latencyMs: number, budgetMs: number]>([
		['60 seconds', conflict, 0, 60_000],
		['60 seconds', conflict, 1_000, 60_000],
		['60 attempts of a slow server', conflict, 2_000, 120_000],
		['180 seconds of a very slow server', conflict, 10_000, 180_000],
		['20 seconds where it may be a breakdown', answer(500), 2_000, 20_000],
	])('there is time for %s', (_what, sent, latencyMs, budgetMs) => {
		const ends = [budgetMs - 5_000, budgetMs].map((elapsedMs) => decide('DELETE', sent, { elapsedMs, latencyMs }).retry);
		expect(ends).toEqual([true, false]);
	});

	it('the wait is short, so that who lost is not slower than who won, and grows with the latency', () => {
		expect([1, 2, 10, 50].map((attempt) => waitOf(attempt, 0))).toEqual([100, 200, 1_000, 1_000]);
		expect([0, 1_000, 4_000, 60_000].map((latencyMs) => waitOf(1, latencyMs))).toEqual([100, 350, 1_100, 2_600]);
		expect(waitOf(5, 1_000, 0)).toBe(0);
	});

	it('the wait is at least what the server asks for, and counts', () => {
		const asked = (retryAfterMs: number, elapsedMs: number): ReturnType<typeof decide> =>
			decide('PATCH', answer(409, '', retryAfterMs), { elapsedMs });
		expect(asked(5_000, 0)).toEqual({ retry: true, delayMs: 5_000, askedFor: false });
		expect(asked(5_000, 56_000)).toEqual({ retry: false });
		expect(asked(0, 0)).toMatchObject({ delayMs: 50 });
	});
});

describe('Retry-After', () => {
	const now = Date.UTC(2026, 0, 1);

	it.each([
		['0', 0],
		['2', 2_000],
		[' 120 ', 120_000],
		['1.5', 1_500],
		['Thu, 01 Jan 2026 00:00:05 GMT', 5_000],
		['Wed, 31 Dec 2025 23:59:00 GMT', 0],
		[undefined, undefined],
		['', undefined],
		['-5', undefined],
		['soon', undefined],
		['5s', undefined],
		['1e3', undefined],
		['NaN', undefined],
	])('%j is %p ms', (header, expected) => {
		expect(parseRetryAfter(header, now)).toBe(expected);
	});

	it.each(['retry 5', 'about 10', 'x-1'])('%j is no date', (header) => {
		expect(parseRetryAfter(header, now)).toBeUndefined();
	});
});
