/**
 * Which rows of a stretch of a log have been told already, as few short codes: one for each row, or one for a run of rows
 * where there are too many. A code that no longer fits its rows counts as unknown, so rows are repeated rather than lost.
 */

import { createHash } from 'node:crypto';

const MAX_MARKS = 500;

/** Base64 characters of a code: 48 bits. */
const CODE_LENGTH = 8;

/**
 * @param keys of the whole stretch, oldest first.
 * @returns at most 500 marks. Where that is too few, those of the oldest rows are kept, so that the next batch gets further.
 */
export function markKnown(keys: readonly string[], known: ReadonlySet<string>): string[] {
	const size = Math.max(1, Math.ceil((2 * known.size) / MAX_MARKS));
	const isSingle = known.size <= MAX_MARKS;
	const marks: string[] = [];
	let run: string[] = [];
	const close = (): void => {
		if (run.length > 0) marks.push(markOf(run));
		run = [];
	};
	for (const key of keys) {
		if (known.has(key)) run.push(key);
		if (!known.has(key) || run.length >= (isSingle ? 1 : size)) close();
	}
	close();
	return marks.slice(0, MAX_MARKS);
}

/** @returns the keys that the marks stand for. */
export function recallKnown(keys: readonly string[], marks: readonly string[]): Set<string> {
	if (marks.length === 0) return new Set();
	const places = new Map(keys.map((key, place) => [codeOf(key), place]));
	return new Set(
		marks.flatMap((mark) => {
			const place = places.get(mark.slice(0, CODE_LENGTH));
			if (place === undefined) return [];
			const count = mark.length > CODE_LENGTH ? parseInt(mark.slice(2 * CODE_LENGTH), 36) : 1;
			const run = keys.slice(place, place + count);
			return markOf(run) === mark ? run : [];
		}),
	);
}

function markOf(run: readonly string[]): string {
	const first = codeOf(run[0] ?? '');
	return run.length === 1 ? first : `${first}${codeOf(run.join('\n'))}${run.length.toString(36)}`;
}

function codeOf(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, CODE_LENGTH);
}
