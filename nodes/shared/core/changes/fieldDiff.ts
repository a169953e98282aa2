/** Says which fields of an item changed, from their fingerprints. */

import { ATTRIBUTES, type Attribute, type FieldFingerprint, type ItemFingerprint } from './fieldFingerprint';

export interface FieldDifference {
	readonly id: string;
	readonly label: string;
	/** Label of the section; empty where the field is in none, or in one without a label. */
	readonly section: string;
	/** Only where other fields of the item have the same id. */
	readonly sectionId?: string;
	readonly kind: 'added' | 'changed' | 'removed';
}

export interface FingerprintDiff {
	readonly changedFields: readonly FieldDifference[];
	readonly changedAttributes: readonly Attribute[];
}

/** @param before `undefined` for an item that is new: then every field is added. */
export function diffFingerprints(before: ItemFingerprint | undefined, after: ItemFingerprint): FingerprintDiff {
	const former = pairFields(before?.fields ?? [], after.fields);
	const left = new Set(former.values());
	return {
		changedFields: [
			...after.fields.flatMap((field): FieldDifference[] => {
				const known = former.get(field);
				if (known === undefined) return [describe(field, 'added')];
				return known[3] === field[3] ? [] : [describe(field, 'changed')];
			}),
			...(before?.fields ?? []).filter((field) => !left.has(field)).map((field) => describe(field, 'removed')),
		],
		changedAttributes: before ? ATTRIBUTES.filter((_name, index) => before.attributes[index] !== after.attributes[index]) : [],
	};
}

type Pairs = Map<FieldFingerprint, FieldFingerprint>;

/**
 * A field is its id and its section. One whose id is unique stays the same field in another section; of several that share id and
 * section, those that did not change belong together.
 * @returns by each field the one that it was before.
 */
function pairFields(before: readonly FieldFingerprint[], after: readonly FieldFingerprint[]): Pairs {
	const pairs: Pairs = new Map();
	const former = groupById(before);
	for (const [id, fields] of groupById(after)) pairGroup(pairs, former.get(id) ?? [], fields);
	return pairs;
}

function groupById(fingerprints: readonly FieldFingerprint[]): Map<string, FieldFingerprint[]> {
	const groups = new Map<string, FieldFingerprint[]>();
	for (const fingerprint of fingerprints) {
		const group = groups.get(idOf(fingerprint));
		if (group === undefined) groups.set(idOf(fingerprint), [fingerprint]);
		else group.push(fingerprint);
	}
	return groups;
}

function pairGroup(pairs: Pairs, before: readonly FieldFingerprint[], after: readonly FieldFingerprint[]): void {
	const isUnique = before.length === 1 && after.length === 1;
	const left = new Set(before);
	const tests: ReadonlyArray<(a: FieldFingerprint, b: FieldFingerprint) => boolean> = [
		(a, b) => isSameSection(a, b) && a[3] === b[3],
		(a, b) => isUnique || isSameSection(a, b),
	];
	for (const belongs of tests) {
		for (const field of after) {
			const known = pairs.has(field) ? undefined : [...left].find((one) => belongs(one, field));
			if (known === undefined) continue;
			pairs.set(field, known);
			left.delete(known);
		}
	}
}

/** Fields without an id are told apart by their labels. */
function idOf([id, label]: FieldFingerprint): string {
	return id === '' ? `label ${label}` : `id ${id}`;
}

/** What an earlier release has stored knows the section by its label only. */
function isSameSection(a: FieldFingerprint, b: FieldFingerprint): boolean {
	return a[4] === undefined || b[4] === undefined ? a[2] === b[2] : a[4] === b[4];
}

function describe([id, label, section, , sectionId]: FieldFingerprint, kind: FieldDifference['kind']): FieldDifference {
	return { id, label, section, ...(sectionId !== undefined && { sectionId }), kind };
}
