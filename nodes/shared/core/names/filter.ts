/**
 * Connect's SCIM style filters. No source says how a quote inside a value is escaped, and Connect answers 400 to a lone
 * apostrophe, so such values are not put into a filter at all: the caller lists and compares instead.
 */

/** Quotes, control characters, halves of a character pair (they can't be percent-encoded), the lone apostrophe. */
const INEXPRESSIBLE = /["\\\u0000-\u001f\u007f]|\p{Surrogate}|^'$/u;

/**
 * @returns the filter, still to be percent-encoded as a whole, or `undefined` where the value can't be expressed.
 */
export function equalsFilter(attribute: 'name' | 'title' | 'tag', value: string): string | undefined {
	return INEXPRESSIBLE.test(value) ? undefined : `${attribute} eq "${value}"`;
}
