import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { CREATABLE_CATEGORIES, WRITABLE_FIELD_TYPES, hasArrived, isSameValue, isWritableType } from '../../../../nodes/shared/core/fields/fieldTypes';

/** 2026-01-01T12:01:00Z, as the apps store a day. */
const NEW_YEAR = '1767268860';

describe('what Connect can write', () => {
	it('are eight field types, by their exact names', () => {
		expect([WRITABLE_FIELD_TYPES.length, WRITABLE_FIELD_TYPES.every(isWritableType)]).toEqual([8, true]);
		expect(['SSHKEY', 'TOTP', 'PHONE', 'string', '', '__proto__'].some(isWritableType)).toBe(false);
	});

	it('are 19 of the 22 categories', () => {
		expect(new Set(CREATABLE_CATEGORIES).size).toBe(19);
		expect(CREATABLE_CATEGORIES).not.toEqual(expect.arrayContaining(['CUSTOM']));
		expect(CREATABLE_CATEGORIES).not.toEqual(expect.arrayContaining(['DOCUMENT']));
		expect(CREATABLE_CATEGORIES).not.toEqual(expect.arrayContaining(['SSH_KEY']));
	});
});

describe('two forms of a value', () => {
	it.each<[string, string, string, boolean]>([
		['STRING', 'a', 'a', true],
		['STRING', 'a', 'a ', false],
		['STRING', '203012', '2030/12', false],
		['STRING', NEW_YEAR, '2026-01-01', false],
		['MONTH_YEAR', '203012', '2030/12', true],
		['MONTH_YEAR', '203012', '203012', true],
		['MONTH_YEAR', '203012', '2030-12', true],
		['MONTH_YEAR', '203012', '2030-12-31', true],
		['MONTH_YEAR', '203012', '2030/11', false],
		['MONTH_YEAR', '', '2030/12', false],
		['DATE', NEW_YEAR, '2026-01-01', true],
		['DATE', NEW_YEAR, NEW_YEAR, true],
		['DATE', NEW_YEAR, '2026-01-01T23:30:00.000-05:00', true],
		['DATE', NEW_YEAR, '2026-01-02', false],
		['DATE', NEW_YEAR, '1767268861', false],
		['DATE', '1767225600', '2026-01-01', true],
		['DATE', '1767311999', '2026-01-01', true],
		['DATE', '1767312000', '2026-01-01', false],
		['DATE', '-86400', '1969-12-31', true],
		['DATE', '', '2026-01-01', false],
		['DATE', NEW_YEAR, '', false],
		['DATE', 'soon', '2026-01-01', false],
	])('of type %s, %j and %j, mean the same: %s', (type, stored, wanted, same) => {
		expect(isSameValue(type, stored, wanted)).toBe(same);
	});

	it.each<[string, string, boolean]>([
		['1767225600', '2026-01-01', true],
		['1767311999', '2026-01-01', true],
		['1767312000', '2026-01-01', false],
		['1767225600', NEW_YEAR, true],
		['1767312000', NEW_YEAR, false],
		['', NEW_YEAR, false],
		['', '2026-01-01', false],
		['soon', '2026-01-01', false],
		['soon', NEW_YEAR, false],
		['', '', true],
	])('of a date: %j has arrived as %j if both are the same day in UTC: %s', (stored, sent, arrived) => {
		expect(hasArrived('DATE', stored, sent)).toBe(arrived);
	});

	// A stored number beyond the range of Date makes toISOString throw a RangeError.
	it('are compared without an error for any stored value', () => {
		const stored = fc.oneof(fc.string(), fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }).map(String));
		const wanted = fc.oneof(fc.string(), fc.constantFrom('2026-01-01', '2026-99-99', '2030/12'));
		fc.assert(
			fc.property(fc.constantFrom('DATE', 'MONTH_YEAR', 'STRING'), stored, wanted, (type, a, b) => {
				expect(typeof isSameValue(type, a, b)).toBe('boolean');
				expect(typeof hasArrived(type, a, b)).toBe('boolean');
				expect([isSameValue(type, a, a), hasArrived(type, a, a)]).toEqual([true, true]);
				if (isSameValue(type, a, b)) expect(hasArrived(type, a, b)).toBe(true);
			}),
			{ seed: 16, numRuns: 500 },
		);
	});
});
