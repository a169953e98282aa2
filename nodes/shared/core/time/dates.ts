/**
 * Dates as people write them, and as Connect stores them: seconds since 1970, and months as `YYYYMM`.
 *
 * Connect reads a plain date in its own time zone, so the same text can mean a different day on another server. 1Password's
 * own clients therefore send seconds: one minute past noon UTC, which falls on the same day from UTC-12 to UTC+11.
 */

import { invalidInput } from '../errors/onePasswordError';

const NOON_SECONDS = (12 * 60 + 1) * 60;

/** A day, alone or before an ISO 8601 time. The day is taken as written, in the zone of the text. */
const DAY = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?(?:\[[\w/+-]+\])?)?$/i;

/** Digits only, such as 20270131. Seconds at midnight or noon never look like this: they end in 00 or 60. */
const COMPACT_DAY = /^(\d{4})(\d{2})(\d{2})$/;

const MONTH = /^(\d{4})[-/]?(\d{2})$/;

/** A year, a month, or a nonexistent day: as seconds they would be days in 1970. */
const LOOKS_LIKE_DATE = /^(?:19|20|21)(?:\d{2}|(?:\d{2}){1,2}(?!00|60)\d{2})$/;

/** With ten digits, seconds reach the year 2286. Milliseconds have more. */
const SECONDS = /^-?\d{1,10}$/;

/** With twelve digits, seconds reach the year 9999, so that distant dates read from Connect can be written back. */
const FAR_SECONDS = /^-?\d{11,12}$/;

const DAY_SECONDS = 24 * 3600;

const FIRST_YEAR = 1000;

/** @returns whether fields of this type contain a date or a month. */
export function isDateType(type: string): boolean {
	return type === 'DATE' || type === 'MONTH_YEAR';
}

/**
 * @param value as entered for the field.
 * @returns what to send for a field of this type: dates in Connect's own form, any other value unchanged.
 * @throws OnePasswordError INVALID_INPUT for anything that is not a date; the error names the field, not the value.
 */
export function toWireValue(type: string, value: string, fieldName: string): string {
	if (!isDateType(type) || value === '') return value;
	const sent = type === 'DATE' ? toSeconds(value) : readMonth(value);
	if (sent !== undefined) return sent;
	throw invalidInput(
		`The value for the field "${fieldName}" is not a ${type === 'DATE' ? 'date' : 'month'} that Connect can store.`,
		type === 'DATE'
			? 'Use YYYY-MM-DD, a date and time in ISO 8601, {{ $now }}, or Unix time in seconds (not milliseconds).'
			: 'Use YYYY-MM, YYYY/MM, YYYYMM, a date in ISO 8601, or {{ $now }}.',
	);
}

/** @returns the UTC day of the seconds, as `YYYY-MM-DD`; `undefined` if it is not seconds. */
export function dayOfSeconds(seconds: string): string | undefined {
	if (!/^-?\d+$/.test(seconds)) return undefined;
	const date = new Date(Number(seconds) * 1000);
	return Number.isNaN(date.getTime()) ? undefined : date.toISOString().split('T')[0];
}

/** @returns the day, as `YYYY-MM-DD`; `undefined` for seconds and for anything that is not a day. */
export function readDay(value: string): string | undefined {
	const text = value.trim();
	const [, year = '', month = '', day = ''] = DAY.exec(text) ?? COMPACT_DAY.exec(text) ?? [];
	const written = `${year}-${month}-${day}`;
	const date = new Date(`${written}T00:00:00Z`);
	// JavaScript turns February 30 into a day in March.
	const exists = Number(year) >= FIRST_YEAR && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(written);
	return exists ? written : undefined;
}

/** @returns the month, as `YYYYMM`; `undefined` if it is neither a month nor a day. */
export function readMonth(value: string): string | undefined {
	const [, year = '', month = ''] = MONTH.exec(value.trim()) ?? [];
	const exists = Number(year) >= FIRST_YEAR && Number(month) >= 1 && Number(month) <= 12;
	return exists ? `${year}${month}` : readDay(value)?.replace('-', '').slice(0, 6);
}

function toSeconds(value: string): string | undefined {
	const day = readDay(value);
	if (day !== undefined) return String(Date.parse(`${day}T00:00:00Z`) / 1000 + NOON_SECONDS);
	const text = value.trim();
	if (SECONDS.test(text)) return LOOKS_LIKE_DATE.test(text) ? undefined : text;
	// No whole second in milliseconds falls on one minute past noon.
	return FAR_SECONDS.test(text) && (Number(text) - NOON_SECONDS) % DAY_SECONDS === 0 ? text : undefined;
}
