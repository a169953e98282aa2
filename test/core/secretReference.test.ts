import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { OnePasswordError } from '../../nodes/shared/core/onePasswordError';
import { parseReferencePath } from '../../nodes/shared/core/secretReference';

describe('a secret reference', () => {
	it.each([
		['op://v', { vault: 'v', rest: [] }],
		['op://v/i', { vault: 'v', item: 'i', rest: [] }],
		['op://v/i/f', { vault: 'v', item: 'i', rest: ['f'] }],
		['op://v/i/s/f', { vault: 'v', item: 'i', rest: ['s', 'f'] }],
		['  op://v/i/f\n', { vault: 'v', item: 'i', rest: ['f'] }],
		['op://My Vault/Payments API/one-time password?attribute=otp', { vault: 'My Vault', item: 'Payments API', rest: ['one-time password'] }],
		['op://v/i/f?a=b/c', { vault: 'v', item: 'i', rest: ['f'] }],
		['op://Büro/日本語/🔑', { vault: 'Büro', item: '日本語', rest: ['🔑'] }],
		['op://v.1/i_2/f-3', { vault: 'v.1', item: 'i_2', rest: ['f-3'] }],
	])('%j is taken apart', (text, parts) => {
		expect(parseReferencePath(text)).toEqual(parts);
	});

	it.each(['', 'op:/v/i', 'OP://v/i', 'v/i/f', 'http://v/i', 'op://', 'op:///i', 'op://v/', 'op://v//f', 'op://v/i/', 'op://v/i/f/', 'op://v/i/s/f/x', 'op://?x', 'op://v/?x'])(
		'%j is none',
		(text) => {
			expect(() => parseReferencePath(text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as OnePasswordError);
		},
	);

	it('has its parts back, whatever they are called', () => {
		const part = fc.string({ minLength: 1, maxLength: 10, unit: 'binary' }).filter((text) => !/[/?]/.test(text) && text.trim() === text);
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
				const { vault, item, rest } = parseReferencePath(`op://${parts.join('/')}`);
				expect([vault, ...(item === undefined ? [] : [item]), ...rest]).toEqual(parts);
			}),
			{ seed: 14, numRuns: 500 },
		);
	});

	it('is not repeated in the refusal, since it may be a secret pasted into the wrong box', () => {
		expect(() => parseReferencePath('hunter2-hunter2')).toThrow(/^(?!.*hunter2)/);
	});
});
