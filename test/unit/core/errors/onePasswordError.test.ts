import { describe, expect, it } from '@jest/globals';

import { ERROR_CODES, OnePasswordError, invalidInput } from '../../../../nodes/shared/core/errors/onePasswordError';

describe("the package's error", () => {
	it('has the codes that users depend on', () => {
		expect([...ERROR_CODES].sort()).toEqual([
			'AMBIGUOUS',
			'AUTH_FAILED',
			'FIELD_NOT_FOUND',
			'FORBIDDEN',
			'INVALID_INPUT',
			'ITEM_NOT_FOUND',
			'NETWORK',
			'PROTOCOL',
			'RATE_LIMITED',
			'REVEAL_REFUSED',
			'UNAVAILABLE',
			'VAULT_NOT_FOUND',
			'VERSION_CONFLICT',
		]);
	});

	it('contains what it was given, and nothing else', () => {
		const details = { code: 'NETWORK', message: 'It broke.', advice: 'Mend it.', route: 'GET /v1/vaults', attempts: 4 } as const;
		const error = new OnePasswordError(details);
		expect(error).toBeInstanceOf(Error);
		expect([error.message, error.code, error.advice, error.details]).toEqual(['It broke.', 'NETWORK', 'Mend it.', details]);
		expect(Object.keys(error).sort()).toEqual(['advice', 'code', 'details', 'name']);
		expect(error.cause).toBeUndefined();
	});

	it('has no route for invalid input', () => {
		expect(invalidInput('No.', 'Do not.').details).toEqual({ code: 'INVALID_INPUT', message: 'No.', advice: 'Do not.' });
	});
});
