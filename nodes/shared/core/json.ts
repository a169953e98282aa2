/** Reads JSON of unknown shape: responses, logs, stored data. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** @returns whether it is an object; an array is not. */
export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @returns the object, or an empty one for anything else. */
export function toObject(value: unknown): JsonObject {
	return isObject(value) ? value : {};
}
