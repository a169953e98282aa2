/** Reports where two items differ, without their values. */

import { englishSection } from '../fields/builtInFields';
import { sectionLabel, sectionOf } from '../fields/fieldName';
import { isSameValue, typeOf } from '../fields/fieldTypes';
import { foldName } from '../names/nameMatch';
import type { Field, FullItem, Item } from '../wire';

export type Comparison = 'same' | 'different' | 'onlyInFirst' | 'onlyInSecond';

export interface ComparedField {
	readonly label: string;
	/** Label of the section; empty if the field is not in a section. */
	readonly section: string;
	readonly status: Comparison;
}

export const COMPARED_ATTRIBUTES = ['title', 'category', 'tags', 'urls', 'favorite', 'files'] as const;

export type ComparedAttribute = (typeof COMPARED_ATTRIBUTES)[number];

export interface ItemComparison {
	readonly status: 'same' | 'different';
	/** Every field that has a value in at least one of the items. */
	readonly fields: readonly ComparedField[];
	/** The ones that differ. */
	readonly attributes: readonly ComparedAttribute[];
}

/**
 * Copies have their own field IDs, so custom fields are matched by section and label. Built-in fields, whose labels depend
 * on the account's language, are matched by ID.
 */
export function compareItems(first: FullItem, second: FullItem): ItemComparison {
	const twins = findTwins(first, second);
	const matched = new Set(twins.values());
	const fields = [
		...filledFields(first).map((field) => {
			const twin = twins.get(field);
			return describe(first, field, twin === undefined ? 'onlyInFirst' : compareValues(field, twin));
		}),
		...filledFields(second)
			.filter((field) => !matched.has(field))
			.map((field) => describe(second, field, 'onlyInSecond')),
	];
	const attributes = COMPARED_ATTRIBUTES.filter(
		(attribute) => JSON.stringify(attributeOf(first, attribute)) !== JSON.stringify(attributeOf(second, attribute)),
	);
	const isSame = attributes.length === 0 && fields.every(({ status }) => status === 'same');
	return { status: isSame ? 'same' : 'different', fields, attributes };
}

/** An empty built-in field means nothing: whether it exists depends on the client that created the item. */
function filledFields({ fields = [] }: FullItem): Field[] {
	return fields.filter(({ value }) => value);
}

type Naming = (item: FullItem, field: Field) => string;

/** Most reliable first: IDs can repeat in an item, and sections may have no label. */
const NAMINGS: readonly Naming[] = [
	(_item, field) => JSON.stringify([field.section?.id ?? '', idOf(field)]),
	(item, field) => JSON.stringify([sectionKey(item, field), idOf(field)]),
	(item, field) => JSON.stringify([sectionKey(item, field), foldName(field.label || field.id)]),
];

/** Without an ID, the label is used. */
function idOf({ id, label = '' }: Field): string {
	return id === '' ? `label ${label}` : `id ${id}`;
}

/**
 * @returns the fields of the first item that the second one also has. No field takes the counterpart of a better match.
 */
function findTwins(first: FullItem, second: FullItem): ReadonlyMap<Field, Field> {
	const twins = new Map<Field, Field>();
	const left = new Set(filledFields(second));
	for (const nameOf of NAMINGS) {
		for (const field of filledFields(first).filter((one) => !twins.has(one))) {
			const twin = [...left].find((candidate) => nameOf(second, candidate) === nameOf(first, field));
			if (twin === undefined) continue;
			twins.set(field, twin);
			left.delete(twin);
		}
	}
	return twins;
}

/** 1Password's own sections have labels in the account's language. */
function sectionKey(item: FullItem, field: Field): string {
	const section = sectionOf(item, field);
	return section === undefined ? '' : foldName(englishSection(section) ?? section.label ?? '');
}

function compareValues(a: Field, b: Field): Comparison {
	return isSameValue(typeOf(a), a.value ?? '', b.value ?? '') ? 'same' : 'different';
}

function describe(item: FullItem, field: Field, status: Comparison): ComparedField {
	return { label: field.label || field.id, section: sectionLabel(item, field) ?? '', status };
}

function attributeOf(item: FullItem, attribute: ComparedAttribute): unknown {
	switch (attribute) {
		case 'files':
			return (item.files ?? []).map(({ name, size }) => [name, size]).sort();
		case 'tags':
			return [...(item.tags ?? [])].sort();
		case 'urls':
			return (item.urls ?? []).map(({ href, label = '' }) => [href, label]);
		case 'favorite':
			return item.favorite ?? false;
		default:
			return item[attribute] ?? '';
	}
}

/** Items of two vaults that share a title. */
export interface TitlePair {
	readonly title: string;
	readonly first: readonly Item[];
	readonly second: readonly Item[];
}

/** @returns every title of both lists, in alphabetical order. Case is ignored. */
export function pairByTitle(first: readonly Item[], second: readonly Item[]): TitlePair[] {
	const [inFirst, inSecond] = [groupByTitle(first), groupByTitle(second)];
	return [...new Set([...inFirst.keys(), ...inSecond.keys()])]
		.map((key) => {
			const pair = { first: inFirst.get(key) ?? [], second: inSecond.get(key) ?? [] };
			return { title: [...pair.first, ...pair.second][0]?.title ?? '', ...pair };
		})
		.sort((a, b) => a.title.localeCompare(b.title));
}

function groupByTitle(rows: readonly Item[]): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const row of rows) {
		const key = foldName(row.title ?? '');
		groups.set(key, [...(groups.get(key) ?? []), row]);
	}
	return groups;
}
