import { afterEach, describe, expect, it } from '@jest/globals';

import type { RecordedRequest } from '../../../emulators/connect';
import { exampleSeed, manualClock, startConnectEmulator } from '../../../emulators/connect';
import { Desk, closeAll, field, start, startWith } from './support';

afterEach(closeAll);

describe('what people do in the apps', () => {
	it('shows in the API: new vaults, new names, deleted vaults', async () => {
		const desk = new Desk(await start());
		desk.emulator.admin.createVault({ name: 'New', items: [{ title: 'One' }] });
		desk.emulator.admin.editVault('New', { name: 'Renamed' });
		expect(await desk.vaults()).toMatchObject([{ name: 'Renamed', attributeVersion: 2, contentVersion: 2, items: 1 }]);
		desk.emulator.admin.deleteVault('Renamed');
		expect(await desk.vaults()).toEqual([]);
	});

	it('archives: hidden from lists, found by id with its state, not counted', async () => {
		const desk = await startWith([{ title: 'One' }]);
		const id = desk.id();
		desk.emulator.admin.archiveItem('Vault', id);
		expect(await desk.list()).toEqual([]);
		expect((await desk.get(id)).body).toMatchObject({ state: 'ARCHIVED', version: 2 });
		expect(await desk.vaults()).toMatchObject([{ items: 0, contentVersion: 3 }]);
		desk.emulator.behaviour.archivedItems = 'listed';
		expect(await desk.list()).toMatchObject([{ id, state: 'ARCHIVED' }]);
		desk.emulator.behaviour.archivedItems = 'gone';
		expect((await desk.get(id)).status).toBe(404);
		desk.emulator.admin.restoreItem('Vault', id);
		expect((await desk.get(id)).body).not.toHaveProperty('state');
	});

	it('moves an item to another vault under a new id', async () => {
		const desk = new Desk(await start({ seed: { vaults: [{ name: 'A', items: [{ title: 'One' }] }, { name: 'B' }] } }));
		const id = desk.id();
		const moved = desk.emulator.admin.moveItem('A', id, 'B');
		expect(moved.id).not.toBe(id);
		expect((await desk.get(id)).status).toBe(404);
		expect(desk.emulator.admin.vaults().map(({ items }) => items)).toEqual([0, 1]);
	});

	it('edits by members or by a function, and keeps files and former passwords', async () => {
		const seed = { fields: [{ purpose: 'PASSWORD', value: 'old' }], files: [{ name: 'a.txt', content: 'hello' }] };
		const desk = await startWith([{ title: 'One', ...seed }]);
		desk.emulator.admin.editItem('Vault', desk.id(), { title: 'Two' });
		desk.emulator.admin.editItem('Vault', desk.id(), (item) => {
			for (const one of item.fields) if (one.purpose === 'PASSWORD') one.value = 'new';
		});
		const { body } = await desk.get(desk.id());
		expect(body).toMatchObject({ title: 'Two', version: 3, files: [{ name: 'a.txt', size: 5 }] });
		expect(field(body, 'password')?.passwordDetails?.history).toEqual(['old']);
	});

	it('throws for vaults and items that are not there', async () => {
		const desk = await startWith([]);
		expect(() => desk.emulator.admin.items('None')).toThrow('no vault None');
		expect(() => desk.emulator.admin.item('Vault', 'none')).toThrow('no item none');
		expect(() => desk.emulator.issueToken({ vaults: { None: 'r' } })).toThrow('no vault None');
	});

	it('gives copies that cannot change the server', async () => {
		const seed = [{ title: 'One', tags: ['a'], fields: [{ id: 'x', value: 'v', extra: { deep: [1] } }] }];
		const desk = await startWith(seed);
		const item = desk.emulator.admin.item('Vault', desk.id());
		(item.tags as string[]).push('b');
		seed[0]?.fields[0]?.extra.deep.push(2);
		expect((await desk.get(desk.id())).body).toMatchObject({ tags: ['a'] });
		expect(field((await desk.get(desk.id())).body, 'x')).toHaveProperty('extra.deep', [1]);
	});
});

describe('reset', () => {
	it('brings back the seed with its ids and clears all the rest', async () => {
		const desk = await startWith([{ title: 'One' }], { syncOnFirstRequest: 0 });
		const { emulator } = desk;
		const before = emulator.admin.items('Vault');
		await desk.create({ title: 'Two' });
		emulator.admin.editVault('Vault', { name: 'Renamed' });
		emulator.admin.outage(true);
		emulator.behaviour.spuriousForbiddenEvery = 1;
		emulator.behaviour.activity.order = 'oldestFirst';
		emulator.faults.script({ kind: 'hang' });
		emulator.revokeToken(emulator.token);
		emulator.reset();
		expect(emulator.admin.items('Vault')).toEqual(before);
		expect([emulator.requests.length, emulator.faults.pending]).toEqual([0, 0]);
		expect(emulator.behaviour).toMatchObject({ spuriousForbiddenEvery: 0, activity: { order: 'newestFirst' } });
		expect((await desk.create({ title: 'Two' })).status).toBe(200);
	});
});

describe('the record of requests', () => {
	it('has every request in order, with a fresh copy of its body', async () => {
		const answered: RecordedRequest[] = [];
		const desk = await startWith([{ title: 'One' }], {}, { onAnswer: (request) => answered.push(request) });
		await desk.list('title eq "One"');
		await desk.put(desk.id(), { title: 'Two' });
		expect(desk.emulator.requests).toMatchObject([
			{ method: 'GET', route: '/v1/vaults/{vaultUuid}/items', status: 200, applied: false, replica: 0, userAgent: 'node' },
			{ method: 'PUT', status: 200, applied: true, body: { title: 'Two', category: 'LOGIN' } },
		]);
		expect(desk.emulator.requests[0]?.path).toContain('?filter=title%20eq%20%22One%22');
		expect(desk.emulator.requests[1]?.body).not.toBe(desk.emulator.requests[1]?.body);
		expect(answered).toEqual(desk.emulator.requests);
	});
});

describe('the example seed', () => {
	it('is the same at every start and holds no archived item in its lists', async () => {
		const dump = async () => {
			const emulator = await startConnectEmulator({ seed: exampleSeed(), clock: manualClock() });
			await emulator.close();
			return emulator.admin.vaults().map(({ id }) => emulator.admin.items(id));
		};
		const [first, second] = [await dump(), await dump()];
		expect(first).toEqual(second);
		expect(new Set(first.flat().map(({ category }) => category)).size).toBe(21);
	});
});
