/**
 * Decides which of several named things a name refers to: an exact name wins; otherwise, one that differs only in case or
 * Unicode form. With several equally good matches, it never picks one.
 */

export type Match<T> =
	{ readonly kind: 'one'; readonly found: T } | { readonly kind: 'none' } | { readonly kind: 'many'; readonly found: readonly T[] };

/** @returns the single value found, or why there is none. */
export function only<T>(found: readonly T[]): Match<T> {
	const [first, second] = found;
	if (first === undefined) return { kind: 'none' };
	return second === undefined ? { kind: 'one', found: first } : { kind: 'many', found };
}

export function foldName(name: string): string {
	return name.normalize('NFC').toLowerCase();
}

export function matchByName<T>(candidates: readonly T[], name: string, nameOf: (candidate: T) => string | undefined): Match<T> {
	// An empty name doesn't match a thing without a name.
	if (name === '') return { kind: 'none' };
	const exact = only(candidates.filter((candidate) => nameOf(candidate) === name));
	if (exact.kind !== 'none') return exact;
	const folded = foldName(name);
	return only(candidates.filter((candidate) => foldName(nameOf(candidate) ?? '') === folded));
}
