/** Says which fields of an item changed, from their fingerprints. */

import { ATTRIBUTES, type Attribute, type FieldPrint, type ItemPrint } from './fieldFingerprint';

export interface FieldDifference {
	readonly id: string;
	readonly label: string;
	/** Label of the section; empty where the field is in none. */
	readonly section: string;
	readonly kind: 'added' | 'changed' | 'removed';
}

export interface PrintDiff {
	readonly changedFields: readonly FieldDifference[];
	readonly changedAttributes: readonly Attribute[];
}

/** @param before `undefined` for an item that is new: then every field is added. */
export function diffPrints(before: ItemPrint | undefined, after: ItemPrint): PrintDiff {
	const former = new Map((before?.fields ?? []).map((field) => [field[0], field]));
	const current = new Set(after.fields.map(([id]) => id));
	return {
		changedFields: [
			...after.fields.flatMap((field): FieldDifference[] => {
				const known = former.get(field[0]);
				if (known === undefined) return [describe(field, 'added')];
				return known[3] === field[3] ? [] : [describe(field, 'changed')];
			}),
			...[...former.values()]
				.filter(([id]) => !current.has(id))
				.map((field) => describe(field, 'removed')),
		],
		changedAttributes: before
			? ATTRIBUTES.filter((_name, index) => before.attributes[index] !== after.attributes[index])
			: [],
	};
}

function describe([id, label, section]: FieldPrint, kind: FieldDifference['kind']): FieldDifference {
	return { id, label, section, kind };
}
