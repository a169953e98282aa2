import { describe, expect, it } from '@jest/globals';

import { playRotations } from './rotationWorld';

/** More of them with the environment variable SEEDS; one of them with `-t 'seed 17$'`. */
const SEEDS = Array.from({ length: Number(process.env.SEEDS ?? 60) }, (_, index) => index + 1);

describe('processes and people that change one item at once, in any order', () => {
	it.each(SEEDS)('lose no value, and leave a rotatable item: seed %d', async (seed) => {
		const { breaches, trace } = await playRotations(seed);
		if (breaches.length > 0) throw new Error(`Seed ${seed}: ${breaches.join('; ')}\n${trace.join('\n')}`);
		expect(trace.length).toBeGreaterThan(10);
	});
});
