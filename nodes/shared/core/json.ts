/** Reads JSON of unknown shape: responses, logs, stored data. */

/** What JSON can hold; a member that is `undefined` is left out. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

export type JsonObject = Readonly<Record<string, unknown>>;

/** @returns whether it is an object; an array is not. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the object, or an empty one for anything else. */
export function toObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}
