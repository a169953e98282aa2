import { afterEach, describe, expect, it } from '@jest/globals';

import { Desk, closeAll, start, startWith } from './support';

afterEach(closeAll);

const NOWHERE = 'a'.repeat(26);

describe('tokens', () => {
	it('are three base64url parts with a jti', async () => {
		const { token } = await startWith([]);
		expect(token).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
		const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { jti: string };
		expect(claims.jti).toMatch(/^[a-z2-7]{26}$/);
	});

	it('get 401 when missing, unknown, expired or revoked', async () => {
		const desk = await startWith([]);
		const expired = desk.emulator.issueToken({ expired: true });
		const revoked = desk.emulator.issueToken();
		expect((await desk.as(revoked).call('GET', '/v1/vaults')).status).toBe(200);
		desk.emulator.revokeToken(revoked);
		const answers = [];
		for (const token of ['', 'nonsense', 'a.b.c', expired, revoked]) {
			answers.push((await desk.as(token).call('GET', '/v1/vaults')).body.message);
		}
		const invalid = 'Invalid bearer token';
		expect(answers).toEqual([invalid, invalid, 'Invalid token signature', invalid, invalid]);
	});

	it('list only the vaults that they may read', async () => {
		const emulator = await start({ seed: { vaults: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] } });
		const desk = new Desk(emulator, emulator.issueToken({ vaults: { A: 'r', B: 'rw', C: 'w' } }));
		expect((await desk.vaults()).map(({ name }) => name)).toEqual(['A', 'B']);
	});

	it('get 403 outside of their scope, also for vaults that do not exist', async () => {
		const emulator = await start({ seed: { vaults: [{ name: 'A' }, { name: 'B' }] } });
		const desk = new Desk(emulator, emulator.issueToken({ vaults: { B: 'rw' } }));
		for (const vaultId of [desk.vaultId, NOWHERE]) {
			expect((await desk.call('GET', `/v1/vaults/${vaultId}/items`)).body).toEqual({
				status: 403,
				message: `Authorization: token does not have access to vault ${vaultId}`,
			});
		}
	});

	it('get 403 with the verb when the right is missing', async () => {
		const desk = await startWith([{ title: 'One' }]);
		const reader = desk.as(desk.emulator.issueToken({ vaults: { Vault: 'r' } }));
		const writer = desk.as(desk.emulator.issueToken({ vaults: { [desk.vaultId]: 'w' } }));
		const lacking = (verb: string) => `Authorization: token does not have permission to perform ${verb} on vault ${desk.vaultId}`;
		expect((await reader.create({})).body).toMatchObject({ message: lacking('create') });
		expect((await reader.put(desk.id(), {})).body).toMatchObject({ message: lacking('update') });
		expect((await reader.delete(desk.id())).body).toMatchObject({ message: lacking('delete') });
		expect((await writer.get(desk.id())).body).toMatchObject({ status: 403, message: lacking('read') });
		expect((await writer.create({ title: 'Two' })).status).toBe(200);
	});

	it('cannot read an item by an empty patch when they may only write', async () => {
		const desk = await startWith([{ title: 'One' }]);
		const writer = desk.as(desk.emulator.issueToken({ vaults: { Vault: 'w' } }));
		expect((await writer.patch(desk.id(), [])).status).toBe(403);
	});

	it('are looked at before the vault id, that before the scope, that before the item id', async () => {
		const desk = await startWith([]);
		expect((await desk.as('x').call('GET', '/v1/vaults/short')).status).toBe(401);
		expect((await desk.call('GET', '/v1/vaults/short/items/short')).body.message).toBe('Invalid Vault UUID');
		expect((await desk.call('GET', `/v1/vaults/${NOWHERE}/items/short`)).status).toBe(403);
		expect((await desk.call('GET', `${desk.itemsPath}/short`)).body.message).toBe('Invalid Item UUID');
		expect((await desk.get(NOWHERE)).body).toEqual({ status: 404, message: `item ${NOWHERE} not found` });
	});

	it('that name a vault deleted since get 404 for it', async () => {
		const desk = await startWith([]);
		const scoped = desk.as(desk.emulator.issueToken({ vaults: { Vault: 'rw' } }));
		desk.emulator.admin.deleteVault('Vault');
		const answer = await scoped.call('GET', `/v1/vaults/${desk.vaultId}`);
		expect(answer.body).toEqual({ status: 404, message: `vault ${desk.vaultId} not found` });
	});

	it('get a spurious 403 at every n-th read when told so', async () => {
		const desk = await startWith([{ title: 'One' }], { spuriousForbiddenEvery: 3 });
		const statuses = [];
		for (let turn = 0; turn < 6; turn++) statuses.push((await desk.get(desk.id())).status);
		expect(statuses).toEqual([200, 200, 403, 200, 200, 403]);
	});

	it('get 408 for their first requests while the first sync runs', async () => {
		const desk = await startWith([], { syncOnFirstRequest: 2 });
		const statuses = [];
		for (let turn = 0; turn < 3; turn++) statuses.push((await desk.call('GET', '/v1/vaults')).status);
		expect(statuses).toEqual([408, 408, 200]);
	});
});
