import { afterEach, describe, expect, it } from '@jest/globals';

import type { ApiRequest } from '../../../../nodes/shared/core/wire';
import type { ActivityBehaviour } from '../../../emulators/connect';
import type { Desk } from './support';
import { closeAll, startWith } from './support';

afterEach(closeAll);

async function desk(activity: Partial<ActivityBehaviour> = {}): Promise<Desk> {
	return await startWith([{ title: 'One' }, { title: 'Two' }], { activity });
}

async function log(of: Desk, query = ''): Promise<{ rows: ApiRequest[]; range: string | null }> {
	const { body, headers } = await of.call<ApiRequest[]>('GET', `/v1/activity${query}`);
	return { rows: body, range: headers.get('content-range') };
}

describe('the activity log', () => {
	it('has a row for each call, newest first, with who and what', async () => {
		const one = await desk({ requestIp: true });
		await one.call('GET', `${one.itemsPath}/${one.id()}`, undefined, { 'user-agent': 'payroll/1.0' });
		await one.put(one.id(), { title: 'Uno' });
		const { body } = await one.create({ title: 'Three' });
		await one.delete(body.id);
		const { rows, range } = await log(one);
		expect(rows.map(({ action }) => action)).toEqual(['DELETE', 'CREATE', 'UPDATE', 'READ']);
		expect(range).toBe('1-4/4');
		expect(rows[3]).toEqual({
			requestId: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/),
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
			action: 'READ',
			result: 'SUCCESS',
			actor: {
				id: expect.stringMatching(/^[2-7A-Z]{26}$/),
				account: expect.stringMatching(/^[2-7A-Z]{26}$/),
				jti: one.emulator.requests[0]?.tokenId,
				userAgent: 'payroll/1.0',
				requestIp: '127.0.0.1',
			},
			resource: { type: 'ITEM', vault: { id: one.vaultId }, item: { id: one.id() }, itemVersion: 1 },
		});
		expect(rows[2]?.resource.itemVersion).toBe(2);
	});

	it('is read in pages of 50 with the range in a header', async () => {
		const one = await desk();
		for (let turn = 0; turn < 60; turn++) await one.get(one.id());
		expect((await log(one)).range).toBe('1-50/60');
		const page = await log(one, '?limit=20&offset=50');
		expect([page.rows.length, page.range]).toEqual([10, '51-60/60']);
		expect((await log(one, '?offset=60')).range).toBe('0-0/60');
	});

	it('cuts a large limit and refuses a bad one', async () => {
		const one = await desk({ maxLimit: 2 });
		for (let turn = 0; turn < 3; turn++) await one.get(one.id());
		expect((await log(one, '?limit=500')).range).toBe('1-2/3');
		expect((await one.call('GET', '/v1/activity?limit=-1')).status).toBe(400);
	});

	it('keeps no more rows than the retention', async () => {
		const one = await desk({ retention: 3, order: 'oldestFirst' });
		for (let turn = 0; turn < 10; turn++) await one.get(one.id(turn % 2));
		const { rows, range } = await log(one);
		expect(range).toBe('1-3/3');
		expect(rows.map(({ resource }) => resource.item?.id)).toEqual([one.id(1), one.id(0), one.id(1)]);
	});

	it.each([
		['vault', ['VAULT']],
		['perItem', ['ITEM', 'ITEM']],
		['none', []],
	] as const)('has for a list call with %s: %j', async (listEntries, types) => {
		const one = await desk({ listEntries });
		await one.list();
		expect((await log(one)).rows.map(({ resource }) => resource.type)).toEqual(types);
	});

	it('shows refused calls as DENY unless told otherwise', async () => {
		const one = await desk();
		const nobody = one.as(one.emulator.issueToken({ vaults: {} }));
		await nobody.get(one.id());
		const [row] = (await log(one)).rows;
		expect(row).toMatchObject({ result: 'DENY', action: 'READ' });
		expect(row?.resource).toEqual({ vault: { id: one.vaultId } });
		one.emulator.behaviour.activity.deniedShown = false;
		await nobody.get(one.id());
		expect((await log(one)).rows).toHaveLength(1);
	});

	it.each([
		[400, 'Invalid Vault UUID'],
		[403, 'Authorization: token does not have access to vault 123abc'],
	] as const)('shows a vault id of another form as DENY, as it was sent, whether that gets %d', async (status, message) => {
		const one = await startWith([], { malformedVaultId: status });
		expect((await one.call('GET', '/v1/vaults/123abc')).body).toEqual({ status, message });
		expect((await log(one)).rows).toMatchObject([{ result: 'DENY', resource: { vault: { id: '123abc' } } }]);
	});

	it('says type and item of what was refused when told so', async () => {
		const one = await desk({ deniedResource: 'full' });
		await one.as(one.emulator.issueToken({ vaults: {} })).get(one.id());
		expect((await log(one)).rows[0]?.resource).toEqual({ type: 'ITEM', vault: { id: one.vaultId }, item: { id: one.id() } });
	});

	it('names no address unless told so', async () => {
		const one = await desk();
		await one.get(one.id());
		const [row] = (await log(one)).rows;
		expect(Object.keys(row?.actor ?? {}).sort()).toEqual(['account', 'id', 'jti', 'userAgent']);
	});

	it.each([
		['noTotal', '1-1/*'],
		['absent', null],
	] as const)('says of its range what the knob says: %s', async (contentRange, range) => {
		const one = await desk({ contentRange });
		await one.get(one.id());
		expect((await log(one)).range).toBe(range);
	});

	it('shows each token only its own rows when told so', async () => {
		const one = await desk({ scope: 'callerOnly' });
		await one.get(one.id());
		expect((await log(one.as(one.emulator.issueToken()))).rows).toEqual([]);
		expect((await log(one)).rows).toHaveLength(1);
	});

	it('logs itself, spells as the docs do and shows old versions when told so', async () => {
		const one = await desk({ logsItself: true, spelling: 'docs', requestIp: true, itemVersionOnUpdate: 'old' });
		await log(one);
		await one.put(one.id(), {});
		const [update, self] = (await log(one)).rows;
		expect(self).toMatchObject({ requestID: expect.any(String), actor: { ip: '127.0.0.1' }, resource: { type: 'VAULT' } });
		expect(self).not.toHaveProperty('requestId');
		expect(update?.resource.itemVersion).toBe(1);
	});

	it('takes rows of other clients, and can be emptied', async () => {
		const one = await desk();
		one.emulator.admin.logActivity([
			{ action: 'READ', vaultId: one.vaultId, atMs: 0, jti: 'other', userAgent: 'curl/8', ip: '10.0.0.9' },
			{ action: 'DELETE', result: 'DENY' },
		]);
		const { rows } = await log(one);
		expect(rows).toMatchObject([
			{ action: 'DELETE', result: 'DENY', actor: { jti: 'foreign' } },
			{ timestamp: '1970-01-01T00:00:00Z', actor: { jti: 'other', userAgent: 'curl/8', requestIp: '10.0.0.9' } },
		]);
		one.emulator.admin.clearActivity();
		expect((await log(one)).rows).toEqual([]);
	});
});
