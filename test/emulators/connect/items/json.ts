import { failure } from '../failure';

export type JsonObject = Readonly<Record<string, unknown>>;

// The texts for malformed bodies are not published; these name the member so that a failing test explains itself.
function malformed(member: string, kind: string): Error {
	return failure.badRequest(`Invalid request body: ${member} must be ${kind}`);
}

/** @throws ConnectFailure 400 */
export function objectAt(value: unknown, member: string): JsonObject {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(member, 'an object');
	return value as JsonObject;
}

/** Null counts as absent, as in Go. @throws ConnectFailure 400 */
export function arrayAt(value: unknown, member: string): readonly unknown[] {
	if (value === undefined || value === null) return [];
	if (!Array.isArray(value)) throw malformed(member, 'an array');
	return value as readonly unknown[];
}

/** @throws ConnectFailure 400 */
export function stringAt(value: unknown, member: string): string | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') throw malformed(member, 'a string');
	return value;
}

/** @throws ConnectFailure 400 */
export function booleanAt(value: unknown, member: string): boolean | undefined {
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'boolean') throw malformed(member, 'a boolean');
	return value;
}
