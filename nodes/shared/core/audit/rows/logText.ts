/**
 * Texts of a log as every database, file and terminal takes them. Some of them are chosen by whoever sends requests: a single
 * text that a table refuses would hold up all rows after it.
 */

const MAX_TEXT_CHARACTERS = 2_000;

/** Control characters, half a surrogate pair, line separators, and what turns the direction of the text around. */
const UNFIT = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

const ALL_UNFIT = new RegExp(UNFIT, 'gu');

export function isFitText(text: string): boolean {
	return !UNFIT.test(text);
}

/** @returns at most 2000 UTF-16 units, and never half a character; U+FFFD stands for each one that is not fit for a table. */
export function toFitText(text: string): string {
	const isLong = text.length > MAX_TEXT_CHARACTERS;
	const kept = isLong ? text.slice(0, MAX_TEXT_CHARACTERS).replace(/\p{Cs}$/u, '') : text;
	return kept.replace(ALL_UNFIT, '\ufffd');
}

/** PostgreSQL's `integer` and every other one take these. */
export function toFitInteger(value: unknown): number | null {
	return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31 ? (value as number) : null;
}

/** 1Password Connect is younger: Go's zero time, and what a clock shows that was never set. */
const EARLIEST_MS = Date.UTC(2015, 0, 1);

/** Years of five digits are no times to a table. */
const LATEST_MS = Date.UTC(10_000, 0, 1) - 1;

/** @returns milliseconds since the epoch for RFC 3339 that a table takes as UTC, too. */
export function toFitTime(value: unknown): number | undefined {
	const time = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:/.test(value) ? Date.parse(value) : Number.NaN;
	return time >= EARLIEST_MS && time <= LATEST_MS ? time : undefined;
}
