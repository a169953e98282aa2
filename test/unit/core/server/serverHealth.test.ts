import { describe, expect, it } from '@jest/globals';

import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import { reportHealth, requireHealth, type HealthChecks, type HealthReport } from '../../../../nodes/shared/core/server/serverHealth';
import { CANARY } from '../../../support/refusal';

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 24 * 3600 * 1000;

const GOOD: HealthChecks = {
	server: { name: '1Password Connect API', version: '1.8.1', dependencies: [{ service: 'sync', status: 'ACTIVE', message: CANARY }] },
	latencyMs: 12,
	vaults: 3,
	token: {},
};

const report = (checks: Partial<HealthChecks>, warningDays = 14): HealthReport => reportHealth({ ...GOOD, ...checks }, NOW, warningDays);
const errorOf = (code: 'NETWORK' | 'AUTH_FAILED'): OnePasswordError => new OnePasswordError({ code, message: 'It failed', advice: 'Fix it.' });

describe('the health of a server', () => {
	it('is good if it is up, synchronized, and accepts the token', () => {
		expect(report({})).toEqual({
			healthy: true,
			reachable: true,
			version: '1.8.1',
			latencyMs: 12,
			dependencies: [{ service: 'sync', status: 'ACTIVE' }],
			token: { accepted: true, vaults: 3, expiresAt: null, daysLeft: null },
			problems: [],
		});
	});

	it('shows no text of the server', () => {
		expect(JSON.stringify(report({}))).not.toContain(CANARY);
	});

	it.each([
		[14 * DAY_MS, 14, []],
		[14 * DAY_MS - 1, 13, ['The access token expires on 2026-01-14, in 13 days.']],
		[DAY_MS, 1, ['The access token expires on 2026-01-02, in 1 day.']],
		[0, 0, ['The access token expires on 2026-01-01, in 0 days.']],
		[-1, -1, ['The access token expired on 2025-12-31.']],
	])('of a token that expires in %d ms', (ms, daysLeft, messages) => {
		const { token, problems } = report({ token: { expiresAt: new Date(NOW + ms).toISOString() } });
		expect([token.daysLeft, problems.map(({ message }) => message)]).toEqual([daysLeft, messages]);
	});

	it('lists each dependency that is not active', () => {
		const server = {
			name: 'x',
			version: '1',
			dependencies: [
				{ service: 'sync', status: 'TOKEN_NEEDED' },
				{ service: 'sqlite', status: 'ACTIVE' },
			],
		};
		expect(report({ server }).problems).toEqual([
			{ code: 'UNAVAILABLE', message: 'The dependency "sync" of the Connect server is TOKEN_NEEDED, not ACTIVE.' },
		]);
	});

	it.each([
		['a server that is down', { server: errorOf('NETWORK'), vaults: errorOf('NETWORK'), latencyMs: undefined }, false, false, ['NETWORK']],
		['a token that is refused', { vaults: errorOf('AUTH_FAILED') }, true, false, ['AUTH_FAILED']],
		['a proxy that hides the page', { server: errorOf('NETWORK') }, true, true, ['NETWORK']],
		[
			'a proxy that hides the page, and a refused token',
			{ server: errorOf('NETWORK'), vaults: errorOf('AUTH_FAILED') },
			true,
			false,
			['NETWORK', 'AUTH_FAILED'],
		],
	])('is bad for %s', (_what, checks, reachable, accepted, codes) => {
		const health = report(checks);
		expect([health.healthy, health.reachable, health.token.accepted]).toEqual([false, reachable, accepted]);
		expect(health.problems.map(({ code }) => code)).toEqual(codes);
	});

	it('fails with one sentence per problem, and the code of the first', () => {
		expect(() => requireHealth(report({}))).not.toThrow();
		const bad = report({ vaults: errorOf('AUTH_FAILED'), token: { expiresAt: new Date(NOW).toISOString() } });
		expect(() => requireHealth(bad)).toThrow('It failed. The access token expires on 2026-01-01, in 0 days.');
		expect(() => requireHealth(bad)).toThrow(expect.objectContaining({ code: 'AUTH_FAILED' }));
	});
});
