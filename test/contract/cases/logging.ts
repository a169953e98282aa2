import { describe, expect } from '@jest/globals';

import type { ApiRequest } from '../../../nodes/shared/core/wire';
import { makeAxiosTransport } from '../../support/axiosTransport';
import { contract } from '../evidence';
import type { Desk } from '../running/desk';
import { eventually } from '../running/eventually';
import { RUN_MARK } from '../running/mark';

export function logging(desk: Desk): void {
	const rows = async (query = '') => await desk.call<ApiRequest[]>('GET', `/v1/activity${query}`);
	/** From the newest rows, at either end of the log. */
	const rowOf = async (fits: (row: ApiRequest) => boolean) =>
		await eventually(async () => {
			const first = await rows('?limit=200');
			const total = Number(first.headers.get('content-range')?.split('/')[1]);
			const last = total > 200 ? (await rows(`?limit=200&offset=${total - 200}`)).body : [];
			const found = [...first.body, ...last].find(fits);
			if (!found) throw new Error('The log does not show it');
			return found;
		});

	describe('the activity log', () => {
		contract('says which part of it was sent', { source: 'documented', basis: 'OpenAPI Content-Range' }, async () => {
			const { status, body, headers } = await rows('?limit=3');
			expect(status).toBe(200);
			const [, first, last, total] = /^(\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '') ?? [];
			expect([first, last]).toEqual(['1', String(body.length)]);
			expect(Number(total)).toBeGreaterThanOrEqual(body.length);
		});

		contract('sends as many rows as asked for, 50 at most unasked', { source: 'documented', basis: 'OpenAPI limit' }, async () => {
			expect((await rows('?limit=2')).body).toHaveLength(2);
			expect((await rows()).body.length).toBeLessThanOrEqual(50);
		});

		contract('skips as many rows as told', { source: 'documented', basis: 'OpenAPI offset' }, async () => {
			// A row may be added between the two calls.
			await eventually(async () => {
				const [, second] = (await rows('?limit=2')).body;
				const page = await rows('?limit=1&offset=1');
				expect(page.body[0]?.requestId).toBe(second?.requestId);
				expect(page.headers.get('content-range')).toMatch(/^2-2\/\d+$/);
			});
		});

		contract('shows the User-Agent that a caller chose', { source: 'documented', basis: 'API reference: actor.userAgent' }, async () => {
			const userAgent = `n8n-nodes-1password-connect/${RUN_MARK.replace(' ', '-')}`;
			const { id } = await desk.create();
			await desk.read(id);
			const { url, token } = desk.server;
			const transport = makeAxiosTransport({ serverUrl: url, token, userAgent });
			await eventually(async () => {
				expect((await transport({ method: 'GET', route: '', path: desk.itemPath(id) })).status).toBe(200);
			});
			const row = await rowOf(({ actor }) => actor.userAgent === userAgent);
			expect(row).toMatchObject({ action: 'READ', result: 'SUCCESS', resource: { type: 'ITEM', item: { id } } });
		});

		contract('names the token behind each row', { source: 'documented', basis: 'API reference: actor.jti' }, async () => {
			const { id } = await desk.create();
			const row = await rowOf(({ resource }) => resource.item?.id === id);
			const claims = Buffer.from(desk.server.token.split('.')[1] ?? '', 'base64url').toString('utf8');
			expect(row.actor.jti).toBe((JSON.parse(claims) as { jti?: string }).jti);
		});

		contract('tells creating, changing and deleting apart', { source: 'documented', basis: 'OpenAPI APIRequest' }, async () => {
			const { id } = await desk.create();
			await desk.patch(id, { op: 'replace', path: '/favorite', value: true });
			await desk.call('DELETE', desk.itemPath(id));
			for (const action of ['CREATE', 'UPDATE', 'DELETE']) {
				const row = await rowOf((candidate) => candidate.resource.item?.id === id && candidate.action === action);
				expect(row.resource.vault).toEqual({ id: desk.vaultId });
			}
		});

		contract('begins with the newest row', { source: 'observed', basis: 'recorded in 2021' }, async () => {
			const times = (await rows('?limit=20')).body.map(({ timestamp }) => Date.parse(timestamp));
			expect(times).toEqual([...times].sort((a, b) => b - a));
		});

		contract('shows what was denied', { source: 'observed', basis: 'recorded in 2021: no type, no item', needs: 'emulator' }, async () => {
			const token = desk.server.emulator?.issueToken({ vaults: { [desk.vaultId]: 'r' }, name: 'reader' }) ?? '';
			await desk.ask({ method: 'POST', path: `${desk.vaultPath}/items`, body: desk.draft(), token });
			const row = await rowOf(({ result }) => result === 'DENY');
			expect(row.resource).toEqual({ vault: { id: desk.vaultId } });
		});
	});
}
