/**
 * Which rows at the newer end of a log have been told already, as one short code each: whether a row is known depends on
 * that row alone, whatever comes in beside it or is dropped.
 */

import { createHash } from 'node:crypto';

/** Base64 characters of a code: 48 bits. */
const CODE_LENGTH = 8;

/** Two minutes with 33 rows a second. Of more rows than that the newest are known. */
export const MAX_KNOWN_ROWS = 4_000;

const TEXT = new RegExp(`^([\\w-]{${CODE_LENGTH}}){0,${MAX_KNOWN_ROWS}}$`);

export class KnownRows {
	private readonly places: ReadonlyMap<string, number>;
	/** A reading asks for the same keys several times. */
	private readonly answers = new Map<string, number | undefined>();

	/** @param text of `markKnown`. */
	constructor(text: string) {
		this.places = new Map((text.match(/.{8}/g) ?? []).map((code, place) => [code, place]));
	}

	get size(): number {
		return this.places.size;
	}

	has(key: string): boolean {
		return this.placeOf(key) !== undefined;
	}

	/** @returns the place among the known rows, from 0 for the oldest one; `undefined` for a row that is not known. */
	placeOf(key: string): number | undefined {
		if (this.places.size === 0) return undefined;
		if (!this.answers.has(key)) this.answers.set(key, this.places.get(codeOf(key)));
		return this.answers.get(key);
	}
}

/** @param keys oldest first. @returns 32,000 characters at most; no key can be read from them. */
export function markKnown(keys: readonly string[]): string {
	return keys.slice(-MAX_KNOWN_ROWS).map(codeOf).join('');
}

/** @returns what both of them mark, where one stretch follows the other. */
export function joinKnown(older: string, newer: string): string {
	return `${older}${newer}`.slice(-MAX_KNOWN_ROWS * CODE_LENGTH);
}

export function isKnownText(text: unknown): text is string {
	return typeof text === 'string' && TEXT.test(text);
}

function codeOf(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, CODE_LENGTH);
}
