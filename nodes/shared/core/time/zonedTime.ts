/** Times as people enter them. */

import { invalidInput } from '../errors/onePasswordError';

const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/;

/**
 * @param value text, a date, or the result of an expression such as `{{ $now }}`; text without a zone is in `timeZone`.
 * @returns milliseconds since the epoch.
 * @throws OnePasswordError INVALID_INPUT.
 */
export function parseTime(value: unknown, displayName: string, timeZone: string): number {
	const isObject = typeof value === 'object' && value !== null;
	const text = typeof value === 'string' ? value.trim() : '';
	const ms = isObject || typeof value === 'number' ? Number(value) : parseText(text, timeZone);
	if (Number.isFinite(ms)) return ms;
	throw invalidInput(`'${displayName}' is not a valid time.`, 'Enter a time such as 2026-01-31T18:00:00Z.');
}

/** @throws OnePasswordError INVALID_INPUT for anything except a name from the IANA time zone database. */
export function requireTimeZone(name: string): string {
	try {
		new Intl.DateTimeFormat('en-US', { timeZone: name });
		return name;
	} catch {
		throw invalidInput(`Unknown time zone "${name}".`, "Use a name such as 'Europe/Zurich'.");
	}
}

function parseText(text: string, timeZone: string): number {
	if (!isOfCalendar(text)) return Number.NaN;
	if (!WITHOUT_ZONE.test(text)) return Date.parse(text);
	const asUtc = Date.parse(`${text.replace(' ', 'T')}${text.length > 10 ? '' : 'T00:00'}Z`);
	if (Number.isNaN(asUtc)) return asUtc;
	// The second result counts if the zone changes its clocks in between.
	return asUtc - offsetAt(asUtc - offsetAt(asUtc, timeZone), timeZone);
}

/** JavaScript reads February 30 as March 2. */
function isOfCalendar(text: string): boolean {
	const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(text) ?? [];
	if (day === undefined) return true;
	return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() === Number(day);
}

/** @returns the zone's offset from UTC in milliseconds. */
function offsetAt(ms: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: 'numeric',
		day: 'numeric',
		hour: 'numeric',
		minute: 'numeric',
		second: 'numeric',
	}).formatToParts(ms);
	const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((one) => one.type === type)?.value);
	const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
	return shown - Math.floor(ms / 1000) * 1000;
}
