import { describe, expect, it } from '@jest/globals';
import { ExpressionError } from 'n8n-workflow';

import { OnePasswordError, invalidInput } from '../../../../nodes/shared/core/errors/onePasswordError';
import { logFailures } from '../../../../nodes/shared/n8n/errors/failureLog';
import { CANARY } from '../../../support/refusal';
import { fakeNode, type FakeNodeOptions } from '../fakeNode';

const TOKEN = 'canary-token';

type Line = [level: string, message: string, metadata: Record<string, unknown>];

const CREDENTIAL = { serverUrl: 'https://connect.example:8443/base', accessToken: TOKEN };

async function linesOf(errors: readonly unknown[], options: FakeNodeOptions = {}): Promise<Line[]> {
	const lines: Line[] = [];
	const onLog = (...line: [string, string, object]): void => void lines.push(line as Line);
	await logFailures(fakeNode({ credential: CREDENTIAL, ...options, onLog }), errors);
	return lines;
}

const bad = (n: number): OnePasswordError => invalidInput(`Input ${n} is bad.`, 'Fix it.');
const down = new OnePasswordError({ code: 'NETWORK', message: 'Down.', advice: 'Wait.', route: 'GET /v1/vaults' });

describe('the log of a run', () => {
	it('has nothing where nothing failed', async () => {
		expect(await linesOf([])).toEqual([]);
	});

	it('has one line for each code, however many inputs failed', async () => {
		const lines = await linesOf([...Array.from({ length: 10_000 }, (_, n) => bad(n)), down]);
		expect(lines.map(([level, , metadata]) => [level, metadata])).toEqual([
			[
				'error',
				{
					code: 'ONEPASSWORD_INVALID_INPUT',
					host: 'connect.example:8443',
					workflowId: 'wf1',
					executionId: '42',
					node: 'Rotate key',
					count: 10_000,
				},
			],
			[
				'error',
				{
					code: 'ONEPASSWORD_NETWORK',
					host: 'connect.example:8443',
					workflowId: 'wf1',
					executionId: '42',
					node: 'Rotate key',
					route: 'GET /v1/vaults',
				},
			],
		]);
	});

	it('has a warning where the workflow goes on', async () => {
		expect((await linesOf([down], { continueOnFail: true })).map(([level]) => level)).toEqual(['warn']);
	});

	it('has no line for an execution that somebody stopped', async () => {
		const cancelled = new OnePasswordError({ ...down.details, cancelled: true });
		expect(await linesOf([cancelled])).toEqual([]);
	});

	it.each([
		['a defect', new TypeError(CANARY), 'ONEPASSWORD_UNEXPECTED'],
		['an expression that leads nowhere', new ExpressionError(CANARY), 'ONEPASSWORD_INVALID_INPUT'],
	])('has a code for %s, and not its text', async (_what, error, code) => {
		const lines = await linesOf([error]);
		expect(lines.map(([, , metadata]) => metadata.code)).toEqual([code]);
		expect(JSON.stringify(lines)).not.toContain(CANARY);
	});

	it.each([
		['no server', {}],
		['no token', { serverUrl: 'https://connect.example' }],
		['no URL', { serverUrl: CANARY, accessToken: TOKEN }],
	])('has no host where the credential has %s', async (_what, credential) => {
		const [line] = await linesOf([down], { credential });
		expect(line?.[2]).not.toHaveProperty('host');
		expect(JSON.stringify(line)).not.toContain(CANARY);
	});
});
