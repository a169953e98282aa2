import { describe, expect } from '@jest/globals';

import type { ServerHealth } from '../../../nodes/shared/core/wire';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { filedItem } from '../running/filedItem';
import { forged } from '../running/strangers';

export function serving(desk: Desk): void {
	describe('the server', () => {
		contract('answers /heartbeat with a dot, without a token', { source: 'documented', basis: 'OpenAPI GetHeartbeat' }, async () => {
			const { status, body, headers } = await desk.ask({ method: 'GET', path: '/heartbeat', token: '' });
			expect([status, String(body).trim()]).toEqual([200, '.']);
			expect(headers.get('content-type')).toMatch(/^text\/plain\b/);
		});

		contract(
			'says at /health who it is and how its parts are, without a token',
			{ source: 'documented', basis: 'OpenAPI GetServerHealth' },
			async () => {
				const { status, body } = await desk.ask<ServerHealth>({ method: 'GET', path: '/health', token: '' });
				expect(status).toBe(200);
				expect(body).toMatchObject({ name: '1Password Connect API', version: expect.stringMatching(/^\d+\.\d+\.\d+/) });
				expect(body.dependencies).toContainEqual(expect.objectContaining({ service: 'sqlite', status: 'ACTIVE' }));
			},
		);

		contract('shows Prometheus its metrics, without a token', { source: 'documented', basis: 'OpenAPI GetPrometheusMetrics' }, async () => {
			const { status, body, headers } = await desk.ask<string>({ method: 'GET', path: '/metrics', token: '' });
			expect(status).toBe(200);
			expect(headers.get('content-type')).toMatch(/^text\/plain\b/);
			expect(body).toMatch(/^# TYPE go_gc_duration_seconds summary$/m);
		});

		contract('names its version in every answer', { source: 'documented', basis: 'changelog 1.3' }, async () => {
			const health = await desk.ask<ServerHealth>({ method: 'GET', path: '/health', token: '' });
			const { id } = await desk.create();
			const answers = [
				health,
				await desk.call('GET', '/v1/vaults'),
				await desk.call('GET', desk.itemPath('foo')),
				await desk.ask({ method: 'GET', path: '/v1/vaults', token: forged(desk.server.token) }),
				await desk.call('DELETE', desk.itemPath(id)),
			];
			for (const { headers } of answers) expect(headers.get('1password-connect-version')).toBe(health.body.version);
		});

		contract('takes paths with a slash at their end, without a redirect', { source: 'observed', basis: 'the JS SDK writes them so' }, async () => {
			const { path } = await filedItem(desk);
			for (const target of ['/v1/vaults/', `${desk.vaultPath}/items/`, `${path}/`]) {
				expect((await desk.call('GET', target)).status).toBe(200);
			}
			const { status, body } = await desk.call<{ id: string }>('POST', `${desk.vaultPath}/items/`, desk.draft());
			expect(status).toBe(200);
			desk.remember(body.id);
		});

		contract('sends JSON as application/json', { source: 'documented', basis: 'OpenAPI' }, async () => {
			for (const path of ['/v1/vaults', `${desk.vaultPath}/items`, '/v1/activity', '/health']) {
				expect((await desk.call('GET', path)).headers.get('content-type')).toMatch(/^application\/json\b/);
			}
		});
	});
}
