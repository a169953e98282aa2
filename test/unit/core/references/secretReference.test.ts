import { Secrets } from '@1password/sdk';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { OnePasswordError } from '../../../../nodes/shared/core/errors/onePasswordError';
import {
	REFERENCE_ATTRIBUTES,
	formatSecretReference,
	parseReferencePath,
	parseSecretReference,
	type SecretReference,
} from '../../../../nodes/shared/core/references/secretReference';

const INVALID = expect.objectContaining({ code: 'INVALID_INPUT' }) as unknown as OnePasswordError;

/** Whatever a reference can name. */
const name = fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((text) => !/[/?\u0000-\u001f\u007f]/.test(text));

const reference: fc.Arbitrary<SecretReference> = fc
	.record({
		vault: name,
		item: name,
		section: fc.option(name, { nil: undefined }),
		field: name,
		query: fc.option(fc.constantFrom(...REFERENCE_ATTRIBUTES, 'openssh' as const), { nil: undefined }),
	})
	.map(({ section, query, ...parts }) => ({
		...parts,
		...(section !== undefined && { section }),
		...(query === 'openssh' ? { sshFormat: query } : query !== undefined && { attribute: query }),
	}));

describe('a secret reference', () => {
	it.each<[string, SecretReference]>([
		['op://v/i/f', { vault: 'v', item: 'i', field: 'f' }],
		['op://v/i/s/f', { vault: 'v', item: 'i', section: 's', field: 'f' }],
		['op://My Vault/R&D/clé', { vault: 'My Vault', item: 'R&D', field: 'clé' }],
		['op://v/i/ f ', { vault: 'v', item: 'i', field: ' f ' }],
		['op://v/i/%2F', { vault: 'v', item: 'i', field: '%2F' }],
		['op://v/i/f?attribute=type', { vault: 'v', item: 'i', field: 'f', attribute: 'type' }],
		['op://v/i/f?attr=size', { vault: 'v', item: 'i', field: 'f', attribute: 'size' }],
		['op://v/i/s/f?attribute=totp', { vault: 'v', item: 'i', section: 's', field: 'f', attribute: 'otp' }],
		['op://v/i/f?ssh-format=openssh', { vault: 'v', item: 'i', field: 'f', sshFormat: 'openssh' }],
	])('%j is parsed', (text, parts) => {
		expect(parseSecretReference(text)).toEqual(parts);
	});

	it.each<[string, RegExp]>([
		['op:/v/i/f', /does not start/],
		['\nop://v/i/f', /does not start/],
		['op://', /empty part/],
		['op://v/i', /fewer than three/],
		['op://v/i?attribute=type', /fewer than three/],
		['op://v/i/s/f/x', /more than four/],
		['op://v/i/s/', /empty part/],
		['op://v/i/f\r\nop://v/i/g', /line break/],
		['op://v/i/f?', /unknown query/],
		['op://v/i/f?Attribute=type', /unknown query/],
		['op://v/i/f?attribute', /unknown attribute/],
		['op://v/i/f?attribute=', /unknown attribute/],
		['op://v/i/f?attribute=type?', /unknown attribute/],
		['op://v/i/f?attribute=constructor', /unknown attribute/],
		['op://v/i/f?ssh-format=OpenSSH', /unknown "ssh-format"/],
	])('%j is refused: %s', (text, says) => {
		expect(() => parseSecretReference(text)).toThrow(INVALID);
		expect(() => parseSecretReference(text)).toThrow(says);
	});

	it('is the same after writing and reading', () => {
		fc.assert(
			fc.property(reference, (wanted) => {
				expect(parseSecretReference(formatSecretReference(wanted))).toEqual(wanted);
			}),
			{ seed: 7, numRuns: 2_000 },
		);
	});

	it('is not written if it could not be read again', () => {
		for (const part of ['', 'a/b', 'a?b', 'a\nb']) {
			expect(() => formatSecretReference({ vault: 'v', item: part, field: 'f' })).toThrow(INVALID);
			expect(() => formatSecretReference({ vault: 'v', item: 'i', section: part, field: 'f' })).toThrow(INVALID);
		}
	});

	it("is accepted wherever 1Password's SDK accepts it, with the same parts, except for empty ones", () => {
		const part = fc.string({ maxLength: 5, unit: fc.constantFrom(...'aZ09 _.-') });
		const odd = fc.string({ maxLength: 5, unit: fc.constantFrom(...'a/?=&%é#@ ') });
		const query = fc.constantFrom('', '?attribute=otp', '?attribute=totp', '?ssh-format=openssh', '?attr=otp', '?attribute=type', '?');
		const text = fc
			.tuple(fc.array(fc.oneof({ weight: 9, arbitrary: part }, odd), { minLength: 2, maxLength: 5 }), query)
			.map(([parts, rest]) => `op://${parts.join('/')}${rest}`);
		let taken = 0;
		fc.assert(
			fc.property(text, (candidate) => {
				if (!isTakenBySdk(candidate)) return;
				const [path = ''] = candidate.slice('op://'.length).split('?');
				const parts = path.split('/');
				if (parts.includes('')) return void expect(() => parseSecretReference(candidate)).toThrow(INVALID);
				taken++;
				const { vault, item, section, field } = parseSecretReference(candidate);
				expect([vault, item, ...(section === undefined ? [] : [section]), field]).toEqual(parts);
			}),
			{ seed: 11, numRuns: 3_000 },
		);
		expect(taken).toBeGreaterThan(300);
	});
});

function isTakenBySdk(text: string): boolean {
	try {
		Secrets.validateSecretReference(text);
		return true;
	} catch {
		return false;
	}
}

describe('the path of a secret reference', () => {
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
	])('%j is parsed', (text, parts) => {
		expect(parseReferencePath(text)).toEqual(parts);
	});

	it.each([
		'',
		'op:/v/i',
		'OP://v/i',
		'v/i/f',
		'http://v/i',
		'op://',
		'op:///i',
		'op://v/',
		'op://v//f',
		'op://v/i/',
		'op://v/i/f/',
		'op://v/i/s/f/x',
		'op://?x',
		'op://v/?x',
	])('%j is refused', (text) => {
		expect(() => parseReferencePath(text)).toThrow(INVALID);
	});

	it('returns its parts with any names', () => {
		const part = fc.string({ minLength: 1, maxLength: 10, unit: 'binary' }).filter((text) => !/[/?]/.test(text) && text.trim() === text);
		fc.assert(
			fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
				const { vault, item, rest } = parseReferencePath(`op://${parts.join('/')}`);
				expect([vault, ...(item === undefined ? [] : [item]), ...rest]).toEqual(parts);
			}),
			{ seed: 14, numRuns: 500 },
		);
	});

	it('is not repeated in the error, because it may be a secret pasted into the wrong field', () => {
		for (const parse of [parseReferencePath, parseSecretReference]) {
			expect(() => parse('hunter2-hunter2')).toThrow(/^(?!.*hunter2)/);
			expect(() => parse('op://v//hunter2')).toThrow(/^(?!.*hunter2)/);
		}
	});
});
