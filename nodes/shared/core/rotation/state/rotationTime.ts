/** The times in a rotation's section: written in one form, and read in any unambiguous form. */

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** RFC 3339, UTC, to the second. */
export function formatTime(ms: number): string {
	return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Reads RFC 3339 and similar ISO 8601 forms that a person may write. Without a zone it is UTC; a date alone is the start of
 * the day. `Date.parse` would read 01.12.2026 as a day in January.
 * @returns milliseconds since the epoch, or `undefined` for anything else, including nonexistent days.
 */
export function parseTime(text: string): number | undefined {
	const [match, year, month, day, clock = '00:00', zone = 'Z'] = TIME.exec(text.trim()) ?? [];
	if (match === undefined || Number(day) > daysOf(Number(year), Number(month))) return undefined;
	const ms = Date.parse(
		`${year}-${month}-${day}T${clock}${zone.toUpperCase().replace(/(\d\d):?(\d\d)?$/, (_all, hours: string, minutes = '00') => `${hours}:${minutes}`)}`,
	);
	return Number.isNaN(ms) ? undefined : ms;
}

/** @param month 1 to 12. */
function daysOf(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
