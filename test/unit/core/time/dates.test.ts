import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { dayOfSeconds, readMonth, toWireValue } from '../../../../nodes/shared/core/time/dates';

/** 2027-01-31T12:01:00Z, as 1Password's own clients store the day. */
const LAST_OF_JANUARY = '1801396860';

describe('a date', () => {
	it.each([
		'2027-01-31',
		' 2027-01-31 ',
		'20270131',
		'2027-01-31T00:00',
		'2027-01-31T23:59:59Z',
		'2027-01-31t23:59:59z',
		'2027-01-31 08:15:00',
		'2027-01-31T08:15:00.123+01:00',
		'2027-01-31T08:15:00,5-0930',
		'2027-01-31T08:15:00+14',
		'2027-01-31T08:15:00.000+01:00[Europe/Berlin]',
		LAST_OF_JANUARY,
	])('%j is sent as one minute past noon in UTC', (value) => {
		expect(toWireValue('DATE', value, 'expires')).toBe(LAST_OF_JANUARY);
	});

	it.each([
		'31.01.2027',
		'01/31/2027',
		'31/01/2027',
		'January 31, 2027',
		'2027-01',
		'202701',
		'2027',
		'2027-02-29',
		'2027-13-01',
		'2027-1-3',
		'20270230',
		'2027-01-31T',
		'2027-01-31T08',
		'2027-01-31 tomorrow',
		'2027-01-31T25:00',
		'2027-01-31T24:00:00Z',
		'2027-01-31T08:60',
		'0027-01-31',
		'1801396860000',
		'1801396860123',
		'-1801396860000',
		'631195260000',
		'1801396860.5',
		'1e9',
		'0x6B5F4A3C',
		'soon',
		'NaN',
		'Invalid DateTime',
	])('%j is refused with the field and the accepted forms', (value) => {
		const attempt = (): string => toWireValue('DATE', value, 'expires');
		expect(attempt).toThrow(
			expect.objectContaining({
				code: 'INVALID_INPUT',
				message: expect.stringContaining('"expires"'),
				advice: expect.stringMatching(/YYYY-MM-DD.*ISO 8601.*\$now.*seconds/),
			}) as unknown as Error,
		);
		expect(attempt).not.toThrow(value);
	});

	it.each(['1801396861', '0', '-86400', '43260', '19310460', '253402257660'])('%s seconds are sent unchanged', (value) => {
		expect(toWireValue('DATE', value, 'x')).toBe(value);
	});

	it('is read back as the same day, for any day', () => {
		const days = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true });
		fc.assert(
			fc.property(days, (date) => {
				const day = date.toISOString().slice(0, 10);
				const sent = toWireValue('DATE', day, 'x');
				expect(dayOfSeconds(sent)).toBe(day);
				// What was read from Connect is taken back unchanged.
				expect(toWireValue('DATE', sent, 'x')).toBe(sent);
				expect(toWireValue('DATE', day.replaceAll('-', ''), 'x')).toBe(sent);
			}),
			{ seed: 5, numRuns: 1000 },
		);
	});

	it('is never read from milliseconds', () => {
		const times = fc.date({ min: new Date('1970-04-27'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true });
		fc.assert(
			fc.property(times, (date) => {
				const ms = String(Math.floor(date.getTime() / 1000) * 1000);
				// Ten digits are seconds: as milliseconds they would be a day of early 1970.
				if (ms.length > 10) expect(() => toWireValue('DATE', ms, 'x')).toThrow('not a date');
			}),
			{ seed: 6, numRuns: 1000 },
		);
	});
});

describe('a month', () => {
	it.each(['2027-01', '2027/01', '202701', ' 2027-01 ', '2027-01-31', '20270131', '2027-01-31T08:15:00.000+01:00'])(
		'%j is sent as YYYYMM',
		(value) => {
			expect(toWireValue('MONTH_YEAR', value, 'expires')).toBe('202701');
		},
	);

	it.each(['2027', '2027-13', '2027-00', '01/2027', '1/27', 'January 2027', '1801396860', '1801396860000', '0027-01'])(
		'%j is refused with the field and the accepted forms',
		(value) => {
			expect(() => toWireValue('MONTH_YEAR', value, 'expires')).toThrow(
				expect.objectContaining({
					message: expect.stringMatching(/"expires" is not a month/),
					advice: expect.stringMatching(/YYYY-MM.*\$now/),
				}) as unknown as Error,
			);
			expect(readMonth(value)).toBeUndefined();
		},
	);
});

it.each(['STRING', 'CONCEALED', 'URL', 'MENU'])('a value of type %s is sent unchanged', (type) => {
	expect(toWireValue(type, '31.01.2027', 'x')).toBe('31.01.2027');
	expect(toWireValue(type, '', 'x')).toBe('');
});
