/** When a one-time password changes. The codes come from the server. */

const DEFAULT_PERIOD_SECONDS = 30;

/** @param seed the value of the field: an `otpauth://` URI, or a bare seed. @returns the lifetime of a code in seconds. */
export function codePeriod(seed = ''): number {
	const period = /^otpauth:.*[?&]period=(\d{1,4})(?:&|$)/i.exec(seed.trim())?.[1];
	return Number(period) || DEFAULT_PERIOD_SECONDS;
}

/** @param now milliseconds since the epoch. @returns a number that increases by one whenever the code changes. */
export function codeNumber(now: number, periodSeconds: number): number {
	return Math.floor(now / 1000 / periodSeconds);
}

/** @param now milliseconds since the epoch. @returns milliseconds until the code changes. */
export function codeTimeLeft(now: number, periodSeconds: number): number {
	return (codeNumber(now, periodSeconds) + 1) * periodSeconds * 1000 - now;
}
