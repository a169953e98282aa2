/** The times that stand in the section of a rotation: written in one form, and read in those that mean one moment only. */

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** RFC 3339, UTC, to the second. */
export function formatTime(ms: number): string {
	return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Reads RFC 3339 and the like of ISO 8601, as a person may write it; without a zone it is UTC, a day alone its beginning.
 * `Date.parse` alone would take 01.12.2026 for a day in January.
 * @returns milliseconds since the epoch, or `undefined` for anything else, also for a day that no month has.
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
