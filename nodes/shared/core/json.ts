/** Looks at JSON whose form nobody vouches for: answers, logs, what is stored. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** @returns whether it is an object; a list is none. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the object; an empty one in place of anything else. */
export function toObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}
