import { describe, expect, it } from '@jest/globals';

import { KeyedMutex } from '../../../nodes/shared/async/keyedMutex';

interface Job {
	readonly done: Promise<string>;
	readonly finish: () => void;
	readonly fail: () => void;
}

function start(locks: KeyedMutex, key: string, name: string, log: string[]): Job {
	let finish = (): void => undefined;
	let fail = (): void => undefined;
	const work = new Promise<string>((resolve, reject) => {
		finish = () => resolve(name);
		fail = () => reject(new Error(name));
	});
	const done = locks.run(key, async () => {
		log.push(name);
		return await work;
	});
	done.catch(() => undefined);
	return { done, finish, fail };
}

async function settle(): Promise<void> {
	await new Promise(setImmediate);
}

describe('the tasks of one key', () => {
	it('run one after the other, in the order they came', async () => {
		const locks = new KeyedMutex();
		const log: string[] = [];
		const jobs = ['a', 'b', 'c'].map((name) => start(locks, 'key', name, log));
		await settle();
		expect(log).toEqual(['a']);
		for (const [index, job] of jobs.entries()) {
			job.finish();
			await job.done;
			await settle();
			expect(log).toHaveLength(Math.min(index + 2, 3));
		}
		expect(log).toEqual(['a', 'b', 'c']);
	});

	it('go on after one that failed, and its caller alone hears of it', async () => {
		const locks = new KeyedMutex();
		const [first, second] = ['a', 'b'].map((name) => start(locks, 'key', name, []));
		first?.fail();
		second?.finish();
		await expect(first?.done).rejects.toThrow('a');
		await expect(second?.done).resolves.toBe('b');
	});

	it('wait for a task that came while another was running', async () => {
		const locks = new KeyedMutex();
		const log: string[] = [];
		const first = start(locks, 'key', 'a', log);
		const second = start(locks, 'key', 'b', log);
		first.finish();
		await first.done;
		const third = start(locks, 'key', 'c', log);
		await settle();
		expect(log).toEqual(['a', 'b']);
		second.finish();
		await second.done;
		await settle();
		expect(log).toEqual(['a', 'b', 'c']);
		third.finish();
	});

	it('do not wait for those of another key', async () => {
		const locks = new KeyedMutex();
		const log: string[] = [];
		start(locks, 'one', 'a', log);
		start(locks, 'other', 'b', log);
		await settle();
		expect(log).toEqual(['a', 'b']);
	});

	it('leave nothing behind', async () => {
		const locks = new KeyedMutex();
		await Promise.all(['a', 'a', 'b'].map(async (key) => await locks.run(key, async () => await Promise.resolve())));
		await Promise.allSettled([locks.run('c', async () => await Promise.reject(new Error('c')))]);
		expect(Object.values(locks).map((member) => (member as Map<string, unknown>).size)).toEqual([0]);
	});
});
