import { describe, expect, it } from '@jest/globals';

import { Limiter } from '../../../nodes/shared/async/limiter';

const turn = async (): Promise<void> => await new Promise(setImmediate);

describe('a limiter', () => {
	it('runs so many tasks at a time, in the order they came', async () => {
		const limiter = new Limiter(3);
		const started: number[] = [];
		let underWay = 0;
		let most = 0;
		const results = await Promise.all(
			Array.from(
				{ length: 20 },
				async (_, index) =>
					await limiter.run(async () => {
						started.push(index);
						most = Math.max(most, ++underWay);
						for (let left = 20 - index; left > 0; left--) await turn();
						underWay--;
						return index;
					}),
			),
		);
		expect(results).toEqual(started);
		expect(started).toEqual(Array.from({ length: 20 }, (_, index) => index));
		expect([most, underWay]).toEqual([3, 0]);
	});

	it('goes on after a failure', async () => {
		const limiter = new Limiter(1);
		const failing = limiter.run(async () => await Promise.reject(new Error('no')));
		const next = limiter.run(async () => await Promise.resolve('yes'));
		await expect(failing).rejects.toThrow('no');
		expect(await next).toBe('yes');
		expect(await limiter.run(async () => await Promise.resolve('again'))).toBe('again');
	});

	it('starts at once where there is room', () => {
		let isStarted = false;
		void new Limiter(1).run(async () => {
			isStarted = true;
			await turn();
		});
		expect(isStarted).toBe(true);
	});
});
