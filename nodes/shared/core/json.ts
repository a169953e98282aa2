/** Looks at JSON whose form nobody vouches for: answers, logs, what is stored. */

/** What JSON can hold; a member that is `undefined` is left out. */
export type Json = string | number | boolean | null | undefined | readonly Json[] | { readonly [name: string]: Json };

export type JsonObject = Readonly<Record<string, unknown>>;

/** @returns whether it is an object; a list is none. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the object; an empty one in place of anything else. */
export function toObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}
