import { describe, expect, it } from '@jest/globals';

import { outcomeOf } from '../../../nodes/shared/async/outcome';
import { invalidInput } from '../../../nodes/shared/core/errors/onePasswordError';

describe('the outcome of a request', () => {
	it('is its value', async () => {
		expect(await outcomeOf(Promise.resolve(7))).toEqual({ ok: true, value: 7 });
	});

	it("is the package's error", async () => {
		const error = invalidInput('No.', 'Do not.');
		expect(await outcomeOf(Promise.reject(error))).toEqual({ ok: false, error });
	});

	it('is nothing for a defect, which is thrown', async () => {
		await expect(outcomeOf(Promise.reject(new TypeError('defect')))).rejects.toThrow(TypeError);
	});
});
