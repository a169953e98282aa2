/** Finds things by ID or name without scanning all of them for each of a thousand inputs. */

import { foldName, only, type Match } from './nameMatch';

export class NameIndex<T extends { readonly id: string }> {
	private readonly byExactName: ReadonlyMap<string, readonly T[]>;

	/** Built on first use, because most names match exactly. */
	private byFoldedName?: ReadonlyMap<string, readonly T[]>;

	private readonly byId: ReadonlyMap<string, readonly T[]>;

	constructor(
		private readonly things: readonly T[],
		private readonly nameOf: (thing: T) => string | undefined,
	) {
		this.byExactName = group(things, nameOf);
		this.byId = group(things, ({ id }) => id);
	}

	withId(id: string): Match<T> {
		return only(this.byId.get(id) ?? []);
	}

	/** An exact name wins; otherwise, one that differs only in case or Unicode form. An empty name matches nothing. */
	withName(name: string): Match<T> {
		if (name === '') return { kind: 'none' };
		const exact = this.byExactName.get(name);
		if (exact !== undefined) return only(exact);
		this.byFoldedName ??= group(this.things, (thing) => foldName(this.nameOf(thing) ?? ''));
		return only(this.byFoldedName.get(foldName(name)) ?? []);
	}
}

function group<T>(things: readonly T[], keyOf: (thing: T) => string | undefined): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const thing of things) {
		const key = keyOf(thing) ?? '';
		const known = groups.get(key);
		if (known === undefined) groups.set(key, [thing]);
		else known.push(thing);
	}
	return groups;
}
