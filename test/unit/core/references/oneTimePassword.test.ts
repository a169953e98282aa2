import { describe, expect, it } from '@jest/globals';

import { codeNumber, codePeriod, codeTimeLeft } from '../../../../nodes/shared/core/references/oneTimePassword';

describe('the period of a one-time password', () => {
	it.each<[string | undefined, number]>([
		['otpauth://totp/x?secret=ABC&period=60', 60],
		['otpauth://totp/x?period=15&secret=ABC', 15],
		['OTPAUTH://totp/x?secret=ABC&period=90&digits=8', 90],
		['otpauth://totp/x?secret=ABC', 30],
		['otpauth://totp/x?secret=ABC&period=0', 30],
		['otpauth://totp/x?secret=ABC&period=soon', 30],
		['otpauth://totp/x?secret=ABC&noperiod=60', 30],
		['GEZDGNBV period=60', 30],
		['', 30],
		[undefined, 30],
	])('of %j is %d seconds', (seed, seconds) => {
		expect(codePeriod(seed)).toBe(seconds);
	});
});

describe('the remaining time of a code', () => {
	it.each([
		[0, 30, 0, 30_000],
		[1, 30, 0, 29_999],
		[29_999, 30, 0, 1],
		[30_000, 30, 1, 30_000],
		[1_111_111_109_000, 30, 37_037_036, 1_000],
		[90_500, 60, 1, 29_500],
	])('at %d ms, of %d seconds: code %d, %d ms', (now, period, number, left) => {
		expect([codeNumber(now, period), codeTimeLeft(now, period)]).toEqual([number, left]);
	});
});
