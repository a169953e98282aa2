/**
 * Decides which of several named things a name means: the exact name wins; failing that, the one whose name differs only
 * in case or Unicode form. Several equally good ones are never decided by luck.
 */

export type Match<T> =
	{ readonly kind: 'one'; readonly found: T } | { readonly kind: 'none' } | { readonly kind: 'many'; readonly found: readonly T[] };

/** @returns a single value out of those found, or what stands in the way. */
export function only<T>(found: readonly T[]): Match<T> {
	const [first, second] = found;
	if (first === undefined) return { kind: 'none' };
	return second === undefined ? { kind: 'one', found: first } : { kind: 'many', found };
}

export function foldName(name: string): string {
	return name.normalize('NFC').toLowerCase();
}

export function matchByName<T>(candidates: readonly T[], name: string, nameOf: (candidate: T) => string | undefined): Match<T> {
	// What has no name is not meant by an empty one.
	if (name === '') return { kind: 'none' };
	const exact = only(candidates.filter((candidate) => nameOf(candidate) === name));
	if (exact.kind !== 'none') return exact;
	const folded = foldName(name);
	return only(candidates.filter((candidate) => foldName(nameOf(candidate) ?? '') === folded));
}
