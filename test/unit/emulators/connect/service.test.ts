import { afterEach, describe, expect, it } from '@jest/globals';

import type { ServerHealth } from '../../../../nodes/shared/core/wire';
import { Desk, closeAll, start, startWith } from './support';
import { cpuMsOf } from '../../../support/cpuTime';

afterEach(closeAll);

const statusOf = (health: ServerHealth, service: string) => health.dependencies?.find((dependency) => dependency.service === service)?.status;

describe('the server itself', () => {
	it('beats, is healthy and counts without a token', async () => {
		const desk = await startWith([]);
		await desk.list();
		const nobody = desk.as('');
		expect((await nobody.call<string>('GET', '/heartbeat')).text).toBe('.');
		expect((await nobody.call<ServerHealth>('GET', '/health')).body.name).toBe('1Password Connect API');
		const metrics = (await nobody.call<string>('GET', '/metrics')).text;
		expect(metrics).toMatch(/^go_goroutines \d+$/m);
		expect(metrics).toContain('secret_service_api_http_method_counts{method="GET",path="/v1/vaults/:uuid/items"} 1');
		expect(metrics).toContain('secret_service_api_http_duration_seconds_count{method="GET",path="/v1/vaults/:uuid/items"} 1');
	});

	it('waits for a token before it syncs, also for one sent to /health', async () => {
		const desk = await startWith([]);
		const health = async (of: Desk) => (await of.call<ServerHealth>('GET', '/health')).body;
		expect(statusOf(await health(desk.as('bad')), 'sync')).toBe('TOKEN_NEEDED');
		expect(statusOf(await health(desk), 'sync')).toBe('ACTIVE');
		expect(statusOf(await health(desk.as('')), 'account_data')).toBe('ACTIVE');
	});

	it('shows an outage of 1Password.com', async () => {
		const desk = await startWith([]);
		await desk.vaults();
		desk.emulator.admin.outage(true);
		expect(statusOf((await desk.call<ServerHealth>('GET', '/health')).body, '1Password')).toBe('UNAVAILABLE');
	});

	it.each(['/v1/vaults', '/heartbeat', '/v1/nothing'])('sends its version with %s', async (path) => {
		const desk = new Desk(await start({ version: '1.7.3' }));
		expect((await desk.call('GET', path)).headers.get('1password-connect-version')).toBe('1.7.3');
	});

	it.each([
		['GET', '/v1/categories'],
		['POST', '/v1/vaults'],
		['GET', '/v1'],
	])('answers 501 to %s %s, naming it', async (method, path) => {
		const answer = await (await startWith([])).call(method, `${path}?x=1`);
		expect(answer.body).toEqual({ status: 501, message: `The emulator has no route for ${method} ${path}` });
	});

	it('stands behind a base path', async () => {
		const desk = new Desk(await start({ basePath: '/connect/', seed: { vaults: [{ name: 'A' }] } }));
		expect(desk.emulator.url).toMatch(/:\d+\/connect$/);
		expect(await desk.vaults()).toHaveLength(1);
		expect((await fetch(new URL('/v1/vaults', desk.emulator.url))).status).toBe(501);
	});

	it('takes bodies of 20 MB', async () => {
		const desk = await startWith([]);
		const value = 'x'.repeat(20 * 1_048_576);
		const { status, body } = await desk.create({ fields: [{ id: 'big', value }] });
		expect([status, body.fields?.at(-1)?.value?.length]).toEqual([200, value.length]);
		expect(desk.emulator.requests[0]?.body).toBeUndefined();
	});

	it('lists 50,000 items and stays quick in single ones', async () => {
		const items = Array.from({ length: 50_000 }, (_, index) => ({ title: `Item ${index}` }));
		const desk = await startWith(items);
		const [first] = await desk.list();
		expect(await desk.list('title eq "Item 49999"')).toHaveLength(1);
		const write = async (): Promise<void> => {
			for (let turn = 0; turn < 100; turn++) {
				await desk.patch(first?.id ?? '', [{ op: 'replace', path: '/title', value: `Turn ${turn}` }]);
			}
		};
		// Walking all items at each write would take some twenty times as long.
		expect(await cpuMsOf(write)).toBeLessThan(3_000);
	});
});
