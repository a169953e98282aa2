import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { SecretCache, type Perishable } from '../../../../nodes/shared/connect/secrets/secretCache';

/** A cache on a clock that stands still, and loads that count. */
function openCache(): {
	cache: SecretCache<object>;
	clock: { now: number };
	loads: string[];
	get: (key: string, keepMs?: number) => Promise<object>;
} {
	const clock = { now: 1_000_000 };
	const cache = new SecretCache<object>(() => clock.now);
	const loads: string[] = [];
	const get = async (key: string, keepMs = 60_000): Promise<object> =>
		await cache.get(key, async () => {
			loads.push(key);
			return await Promise.resolve({ value: { load: loads.length }, keepMs });
		});
	return { cache, clock, loads, get };
}

/** A load that ends when it is told to. */
function slowLoad(): { load: () => Promise<Perishable<object>>; end: (keepMs: number) => void; fail: (error: Error) => void } {
	let end: (keepMs: number) => void = () => undefined;
	let fail: (error: Error) => void = () => undefined;
	const answer = new Promise<Perishable<object>>((resolve, reject) => {
		end = (keepMs) => resolve({ value: {}, keepMs });
		fail = reject;
	});
	return { load: async () => await answer, end: (keepMs) => end(keepMs), fail: (error) => fail(error) };
}

describe('the secret cache', () => {
	it('reads once within the time, and again when it is over', async () => {
		const { get, clock, loads } = openCache();
		const first = await get('a');
		clock.now += 59_999;
		expect(await get('a')).toBe(first);
		clock.now += 1;
		expect(await get('a')).not.toBe(first);
		expect(loads).toEqual(['a', 'a']);
	});

	it('keeps nothing with a time of 0', async () => {
		const { get, loads } = openCache();
		await get('a', 0);
		await get('a', 0);
		expect(loads).toHaveLength(2);
	});

	it('drops expired values on any request', async () => {
		const { cache, clock, get } = openCache();
		await get('a', 0);
		expect(inspect(cache, { depth: 9 })).not.toContain('load: 1');
		await get('b');
		expect(inspect(cache, { depth: 9 })).toContain('load: 2');
		clock.now += 60_000;
		await get('c');
		expect(inspect(cache, { depth: 9 })).not.toContain('load: 2');
	});

	it('counts the time from the request, not from the response', async () => {
		const { cache, clock, loads, get } = openCache();
		const { load, end } = slowLoad();
		const slow = cache.get('a', load);
		clock.now += 900;
		end(1_000);
		await slow;
		clock.now += 100;
		await get('a');
		expect(loads).toEqual(['a']);
	});

	it.each([60_000, 0])('shares one read among concurrent callers (kept for %d ms)', async (keepMs) => {
		const { get, loads } = openCache();
		const values = await Promise.all(Array.from({ length: 50 }, async () => await get('a', keepMs)));
		expect([new Set(values).size, loads.length]).toEqual([1, 1]);
	});

	it('shares a failure with waiting callers, and keeps none', async () => {
		const { cache, get, loads } = openCache();
		const { load, fail } = slowLoad();
		const both = Promise.allSettled([cache.get('a', load), get('a')]);
		fail(new Error('down'));
		expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
		expect(loads).toEqual([]);
		await get('a');
		expect(loads).toEqual(['a']);
	});

	it('distinguishes keys', async () => {
		const { get } = openCache();
		expect(await get('a')).not.toBe(await get('b'));
	});

	it('drops the value that failed, but not one read since', async () => {
		const { cache, get, loads } = openCache();
		const failed = await get('a');
		cache.drop('a', failed);
		const fresh = await get('a');
		// A hundred requests that used the same secret fail one after the other.
		for (let request = 0; request < 100; request++) cache.drop('a', failed);
		expect(await get('a')).toBe(fresh);
		expect(loads).toHaveLength(2);
	});

	it('does not drop a read in progress', async () => {
		const { cache, clock, get, loads } = openCache();
		const failed = await get('a', 10);
		clock.now += 10;
		const { load, end } = slowLoad();
		const fresh = cache.get('a', load);
		cache.drop('a', failed);
		const waiting = get('a');
		end(60_000);
		expect(await waiting).toBe(await fresh);
		expect(loads).toHaveLength(1);
	});

	it('a late read does not replace a newer one', async () => {
		const { cache, clock, get, loads } = openCache();
		const first = await get('a', 10);
		clock.now += 10;
		const { load, end } = slowLoad();
		const late = cache.get('a', load);
		end(0);
		expect(await late).not.toBe(first);
		const newest = await get('a');
		expect(await get('a')).toBe(newest);
		expect(loads).toHaveLength(2);
	});

	it('holds a thousand entries, and drops the oldest', async () => {
		const { get, loads } = openCache();
		for (let index = 0; index <= 1_000; index++) await get(`key ${index}`);
		expect(loads).toHaveLength(1_001);
		await get('key 1');
		expect(loads).toHaveLength(1_001);
		await get('key 0');
		expect(loads).toHaveLength(1_002);
	});
});

it('does not keep a secret longer if the clock is set back', async () => {
	const { get, clock, loads } = openCache();
	await get('a');
	clock.now -= 3_600_000;
	await get('a');
	expect(loads).toEqual(['a', 'a']);
});
