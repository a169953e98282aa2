import { afterEach, describe, expect, it } from '@jest/globals';

import { manualClock } from '../../../emulators/connect';
import type { Desk } from './support';
import { closeAll, startWith } from './support';

afterEach(closeAll);

const ITEM = '/v1/vaults/{vaultUuid}/items/{itemUuid}';
const desk = async (): Promise<Desk> => await startWith([{ title: 'One' }]);

describe('faults', () => {
	it('answer with a status, message and Retry-After without acting', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'status', status: 429, message: 'slow down', retryAfter: 2 });
		const answer = await one.put(one.id(), { title: 'New' });
		expect(answer.body).toEqual({ status: 429, message: 'slow down' });
		expect(answer.headers.get('retry-after')).toBe('2');
		expect(one.emulator.requests[0]).toMatchObject({ status: 429, applied: false });
		expect((await one.get(one.id())).body.title).toBe('One');
	});

	it('answer with a body, type and headers of their own', async () => {
		const one = await desk();
		const headers = { 'x-proxy': 'yes' };
		one.emulator.faults.script({ kind: 'status', status: 502, body: 'Bad Gateway', contentType: 'text/plain', headers });
		const answer = await one.call<string>('GET', '/v1/vaults');
		expect(answer.text).toBe('Bad Gateway');
		expect([answer.headers.get('content-type'), answer.headers.get('x-proxy')]).toEqual(['text/plain', 'yes']);
	});

	it('hit only what they match, after the skipped ones, as often as told', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'status', status: 503, match: { method: 'get', route: ITEM }, skip: 2, times: 2 });
		const statuses = [];
		for (let turn = 0; turn < 5; turn++) {
			expect((await one.call('GET', '/v1/vaults')).status).toBe(200);
			statuses.push((await one.get(one.id())).status);
		}
		expect(statuses).toEqual([200, 200, 503, 503, 200]);
		expect(one.emulator.faults.pending).toBe(0);
	});

	it('are used in the order of the script and match raw paths', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'status', status: 500, match: { path: /filter=/g } }, { kind: 'status', status: 503 });
		const filtered = `${one.itemsPath}?filter=title%20eq%20%22One%22`;
		expect((await one.call('GET', one.itemsPath)).status).toBe(503);
		expect((await one.call('GET', filtered)).status).toBe(500);
		one.emulator.faults.script({ kind: 'hang' });
		expect(one.emulator.faults.pending).toBe(1);
		one.emulator.faults.clear();
		expect((await one.call('GET', filtered)).status).toBe(200);
	});

	it.each([true, false])('break the connection before the headers, with the write applied: %s', async (act) => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'resetBeforeHeaders', act });
		await expect(one.put(one.id(), { title: 'New' })).rejects.toThrow('fetch failed');
		expect(one.emulator.requests[0]).toMatchObject({ status: 0, applied: act });
		expect((await one.get(one.id())).body.title).toBe(act ? 'New' : 'One');
	});

	it('cut the answer in the middle of its body after the write', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'cutMidBody' });
		await expect(one.put(one.id(), { title: 'New' })).rejects.toThrow();
		expect(one.emulator.requests[0]).toMatchObject({ status: 200, applied: true });
		expect((await one.get(one.id())).body.version).toBe(2);
	});

	it('cut an answer without body before its headers', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'cutMidBody' });
		await expect(one.delete(one.id())).rejects.toThrow('fetch failed');
		expect(one.emulator.requests[0]).toMatchObject({ status: 0, applied: true });
	});

	it('break off the JSON under a good status', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'malformedJson' });
		await expect(one.put(one.id(), { title: 'New' })).rejects.toThrow(SyntaxError);
		expect(one.emulator.requests[0]).toMatchObject({ status: 200, applied: true });
	});

	it('show a page of a proxy', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'html' }, { kind: 'html', status: 502 });
		const page = await one.call<string>('GET', '/v1/vaults');
		expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
		expect((await one.call<string>('GET', '/v1/vaults')).text).toContain('502 Bad Gateway');
	});

	it('send the client elsewhere', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'redirect', location: 'https://sso.example.com/' });
		const answer = await one.call<string>('GET', '/v1/vaults');
		expect([answer.status, answer.headers.get('location')]).toEqual([302, 'https://sso.example.com/']);
	});

	it('delay by the clock of the emulator', async () => {
		const clock = manualClock({ sleepAdvances: false });
		const one = await startWith([], {}, { clock });
		one.emulator.faults.script({ kind: 'delay', delayMs: 60_000 });
		const answer = one.call('GET', '/v1/vaults');
		while (clock.sleepers === 0) await new Promise(setImmediate);
		clock.advance(60_000);
		expect((await answer).status).toBe(200);
	});

	it('hang until the client gives up or the server is closed', async () => {
		const one = await desk();
		one.emulator.faults.script({ kind: 'hang' });
		const answer = one.put(one.id(), { title: 'New' });
		const broken = expect(answer).rejects.toThrow('fetch failed');
		while (one.emulator.faults.pending > 0) await new Promise(setImmediate);
		await one.emulator.close();
		await broken;
		expect(one.emulator.requests[0]).toMatchObject({ status: 0, applied: false });
	});
});
