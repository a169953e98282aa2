/** How little a further service has to bring: its name, the form of its errors, and what its answers mean. */

import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../nodes/shared/core/errors/onePasswordError';
import { isObject } from '../../../nodes/shared/core/json';
import { ApiClient } from '../../../nodes/shared/http/apiClient';
import { parseJson } from '../../../nodes/shared/http/responseBody';
import type { Service } from '../../../nodes/shared/http/service';
import { TransportError, type FailureKind, type HttpRequest, type HttpResponse } from '../../../nodes/shared/http/transport';

const LIBRARY: Service = {
	name: 'the library',
	messageOf: (response) => {
		const body = parseJson(response);
		return isObject(body) && typeof body.complaint === 'string' ? body.complaint : undefined;
	},
	diagnose: (_request, { status }) =>
		status === 403 ? { code: 'FORBIDDEN', message: 'The library does not lend this book', advice: 'Ask for another one.' } : undefined,
	isSpurious: (_status, said) => said === 'the librarian is at lunch',
};

const READ: HttpRequest = { method: 'GET', route: '/books/{book}', path: '/books/7' };
const WRITE: HttpRequest = { ...READ, method: 'POST', body: {} };

type Step = FailureKind | { readonly status: number; readonly says?: string; readonly text?: string; readonly retryAfter?: string };

interface Play {
	readonly error: OnePasswordError;
	readonly waits: readonly number[];
}

/** Plays the steps one after the other, the last one again and again. */
async function play(request: HttpRequest, ...steps: readonly Step[]): Promise<Play> {
	const waits: number[] = [];
	let sent = 0;
	const transport = async (): Promise<HttpResponse> => {
		const step = steps[Math.min(sent++, steps.length - 1)] ?? 'closed';
		return await (typeof step === 'string' ? Promise.reject(new TransportError(step)) : Promise.resolve(responseOf(step)));
	};
	const sleep = async (ms: number): Promise<void> => {
		waits.push(ms);
		await Promise.resolve();
	};
	const client = new ApiClient({ service: LIBRARY, transport, effects: { now: () => 0, sleep, random: () => 0.5 } });
	const error: unknown = await client.json(request, isObject).catch((reason: unknown) => reason);
	if (!(error instanceof OnePasswordError)) throw new Error('It did not fail');
	return { error, waits };
}

function responseOf({ status, says, text = JSON.stringify({ complaint: says }), retryAfter }: Exclude<Step, string>): HttpResponse {
	return { status, headers: { 'retry-after': retryAfter }, body: Buffer.from(text) };
}

describe('a new service', () => {
	it('has its answers explained in its own words, with the route and the number of attempts', async () => {
		const { error, waits } = await play(READ, { status: 403, says: 'no' });
		expect(error.details).toEqual({
			code: 'FORBIDDEN',
			message: 'The library does not lend this book (GET /books/{book}, 403)',
			advice: 'Ask for another one.',
			route: 'GET /books/{book}',
			status: 403,
			attempts: 1,
		});
		expect(waits).toEqual([]);
	});

	it('has its reads sent again after a fault, and its writes only where it cannot have acted', async () => {
		expect((await play(READ, 'closed', { status: 503, says: 'wait' }, { status: 403, says: 'no' })).waits).toEqual([150, 300]);
		expect((await play(WRITE, 'refused', { status: 403, says: 'no' })).waits).toEqual([150]);
		expect(await play(WRITE, 'closed')).toMatchObject({ waits: [], error: { details: { code: 'NETWORK', outcomeUnknown: true } } });
	});

	it('has every refusal sent again that it knows to be wrong', async () => {
		const { error, waits } = await play(WRITE, { status: 403, says: 'the librarian is at lunch' }, { status: 403, says: 'no' });
		expect([error.details.attempts, waits]).toEqual([2, [100]]);
	});

	it('has the wait obeyed that it asks for, and reported where it is too long', async () => {
		expect((await play(WRITE, { status: 429, says: 'slow', retryAfter: '7' }, { status: 403, says: 'no' })).waits).toEqual([7_000]);
		const { error, waits } = await play(WRITE, { status: 429, says: 'slow', retryAfter: '120' });
		expect([error.details.retryAfterMs, waits]).toEqual([120_000, []]);
	});

	it.each<[FailureKind, RegExp]>([
		['refused', /^No server answers at the address of the library \(GET/],
		['timeout', /^The library did not answer in time \(GET/],
		['certificate', /^A secure connection to the library could not be made: /],
	])('is named where it could not be reached: %s', async (kind, message) => {
		expect((await play(READ, kind)).error).toMatchObject({ code: 'NETWORK', message: expect.stringMatching(message) });
	});

	it.each<[string, Step, string, RegExp]>([
		['in its place', { status: 401, text: '<html>Sign in</html>' }, 'UNAVAILABLE', /^Something between n8n and the library answered/],
		['in another form', { status: 200, text: '<html>' }, 'PROTOCOL', /^The answer is not one of the library/],
		['what it does not explain', { status: 404, says: 'what?' }, 'PROTOCOL', /^The answer is not one of the library/],
	])('is not blamed for an answer %s', async (_what, step, code, message) => {
		expect((await play(READ, step)).error).toMatchObject({ code, message: expect.stringMatching(message) });
		expect((await play({ ...READ, repeatable: true, method: 'POST' }, step)).error.details).not.toHaveProperty('outcomeUnknown');
	});
});
