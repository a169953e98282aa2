/** Reads how long a server asks to wait. */

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * @param header seconds, or an HTTP date.
 * @param now milliseconds since the epoch.
 * @returns milliseconds to wait, or `undefined` where the header is absent or malformed.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
	const text = header?.trim() ?? '';
	if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1000);
	// Date.parse alone would take "retry 5" for a day of 2001.
	const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
