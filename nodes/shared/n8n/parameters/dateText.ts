/** Dates that expressions yield as objects: JavaScript's, and Luxon's, which is what `$now` is. */

import { isObject } from '../../core/json';

/** @returns the date and time in ISO 8601; `undefined` for what is not a valid date object. */
export function textOfDate(value: unknown): string | undefined {
	if (!isObject(value)) return undefined;
	// Expressions may run in another realm, where `instanceof` fails.
	const write = [value.toISO, value.toISOString].find((method) => typeof method === 'function');
	if (write === undefined || Number.isNaN(Number(value))) return undefined;
	const text: unknown = Reflect.apply(write, value, []);
	return typeof text === 'string' ? text : undefined;
}
