import { afterEach, describe, expect, it } from '@jest/globals';

import type { ErrorResponse } from '../../../../nodes/shared/core/wire';
import { Desk, closeAll, start, startWith } from './support';

afterEach(closeAll);

const SLOW = { writeLatencyMs: 50 };

describe('two writes at once', () => {
	it('to one vault: the later one gets 409 and is not applied', async () => {
		const desk = await startWith([{ title: 'One' }, { title: 'Two' }], SLOW);
		const answers = await Promise.all([desk.put(desk.id(0), { title: 'A' }), desk.put(desk.id(1), { title: 'B' })]);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		const refused = answers.find(({ status }) => status === 409)?.body as unknown as ErrorResponse;
		expect(refused.message).toContain('Conflict');
		expect(desk.emulator.requests.filter(({ applied }) => applied)).toHaveLength(1);
	});

	it('to one vault: a later DELETE gets 500', async () => {
		const desk = await startWith([{ title: 'One' }, { title: 'Two' }], SLOW);
		const answers = await Promise.all([desk.delete(desk.id(0)), desk.delete(desk.id(1))]);
		expect(answers.map(({ status }) => status).sort()).toEqual([204, 500]);
		expect(desk.emulator.admin.items(desk.vaultId)).toHaveLength(1);
	});

	it('to different vaults do not meet', async () => {
		const emulator = await start({ seed: { vaults: [{ name: 'A' }, { name: 'B' }] }, behaviour: SLOW });
		const desk = new Desk(emulator);
		const [a, b] = emulator.admin.vaults();
		const create = async (id = '') => await desk.call('POST', `/v1/vaults/${id}/items`, { vault: { id }, category: 'LOGIN' });
		const answers = await Promise.all([create(a?.id), create(b?.id)]);
		expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	});

	it('wait for each other when told so', async () => {
		const desk = await startWith([{ title: 'One' }], { writeLatencyMs: 5, concurrentWrites: 'serialise' });
		const titles = ['A', 'B', 'C', 'D'];
		const answers = await Promise.all(titles.map(async (title) => await desk.put(desk.id(), { title })));
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(desk.emulator.admin.item('Vault', desk.id()).version).toBe(5);
	});

	it('one after the other do not meet', async () => {
		const desk = await startWith([{ title: 'One' }], SLOW);
		await desk.put(desk.id(), { title: 'A' });
		expect((await desk.put(desk.id(), { title: 'B' })).status).toBe(200);
	});
});
