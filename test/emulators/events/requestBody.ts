import { failure } from './failure';

export type CursorBody = { readonly cursor: string } | { readonly limit: number; readonly start: number; readonly end: number | undefined };

const HOUR_MS = 3_600_000;
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Either a cursor, or where to begin; never both. @throws EventsFailure 400 */
export function readCursorBody(body: unknown, nowMs: number): CursorBody {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) throw failure.badRequest('invalid JSON');
	const { cursor, limit = 100, start_time: start, end_time: end } = body as Record<string, unknown>;
	if (cursor !== undefined) {
		const others = Object.keys(body).filter((member) => member !== 'cursor');
		if (others.length > 0) throw failure.badRequest('a cursor can not be combined with a reset cursor');
		if (typeof cursor !== 'string' || cursor === '') throw failure.badCursor();
		return { cursor };
	}
	if (!Number.isInteger(limit) || Number(limit) < 1 || Number(limit) > 1_000) {
		throw failure.badRequest('limit must be between 1 and 1000');
	}
	const endMs = end === undefined ? undefined : toTime(end);
	return {
		limit: Number(limit),
		start: start === undefined ? (endMs ?? nowMs) - HOUR_MS : toTime(start),
		end: endMs,
	};
}

function toTime(value: unknown): number {
	if (typeof value !== 'string' || !RFC_3339.test(value)) throw failure.badRequest('invalid time');
	return Date.parse(value);
}
