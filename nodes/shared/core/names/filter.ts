/**
 * Connect's SCIM style filters. It is not documented how to escape a quote inside a value, and Connect answers 400 to a
 * single apostrophe. Such values are never put into a filter; the caller lists and compares instead.
 */

/** Quotes, control characters, lone surrogates (they can't be percent-encoded), and a single apostrophe. */
const INEXPRESSIBLE = /["\\\u0000-\u001f\u007f]|\p{Surrogate}|^'$/u;

/** @returns the filter, not yet percent-encoded, or `undefined` if the value can't be expressed. */
export function equalsFilter(attribute: 'name' | 'title' | 'tag', value: string): string | undefined {
	return INEXPRESSIBLE.test(value) ? undefined : `${attribute} eq "${value}"`;
}
