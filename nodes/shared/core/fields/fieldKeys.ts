/** The keys of an item's fields in a node's output. No field ever overwrites another. */

import { englishLabels, englishSection, isOwnField } from './builtInFields';
import { sectionOf } from './fieldName';
import type { Field, FullItem } from '../wire';

/**
 * `label` (default): a built-in field uses the label of an English account, regardless of the account's language; any other
 * field uses its own label. `shownLabel`: every field uses its label as shown. `id`: every field uses its ID.
 */
export const FIELD_KEYS = ['label', 'shownLabel', 'id'] as const;

export type FieldKeys = (typeof FIELD_KEYS)[number];

type Naming = (field: Field) => string;

/**
 * A unique name is the key. A built-in field of the item itself keeps its name. Other fields that share a name add their
 * section (`section.name`) or, if that is not enough, their ID (`name (id)`).
 * @returns the fields in the item's order, each with its key.
 */
export function keyFields(item: FullItem, keys: FieldKeys = 'label'): Array<readonly [key: string, field: Field]> {
	const fields = item.fields ?? [];
	const { name, section } = namesOf(item, keys);
	const names = fields.map(name);
	if (new Set(names).size === names.length) return fields.map((field, index) => [names[index] ?? '', field]);
	const qualified: Naming = (field) => [section(field), name(field)].filter((part) => part !== '').join('.');
	const byField = new Map<Field, string>();
	const isOwn = (field: Field): boolean => isOwnField(item, field) && englishLabels(item, field).length > 0;
	claimUnique(byField, fields.filter(isOwn), [name]);
	claimUnique(byField, fields, [name, qualified, (field) => numbered(name(field), field)]);
	const taken = new Set(byField.values());
	return fields.map((field) => [byField.get(field) ?? claimFree(numbered(name(field), field), taken), field]);
}

function namesOf(item: FullItem, keys: FieldKeys): { readonly name: Naming; readonly section: Naming } {
	const shown: Naming = (field) => field.label || field.id || 'field';
	const id: Naming = (field) => field.id || shown(field);
	const label: Naming = (field) => englishName(item, field) ?? shown(field);
	const name = { id, label, shownLabel: shown }[keys];
	const section: Naming = (field) => {
		const own = sectionOf(item, field);
		if (own === undefined) return '';
		const english = keys === 'label' ? englishSection(own) : undefined;
		return (keys === 'id' ? own.id : undefined) ?? english ?? (own.label || '');
	};
	return { name, section };
}

/** Some labels have changed over time. No other label may count, because "Server" is also a German word. */
function englishName(item: FullItem, field: Field): string | undefined {
	const labels = englishLabels(item, field);
	return labels.find((known) => known === field.label) ?? labels[0];
}

/** Gives each field the first of its names that no other field would get. */
function claimUnique(byField: Map<Field, string>, fields: readonly Field[], namings: readonly Naming[]): void {
	let unnamed = fields.filter((field) => !byField.has(field));
	for (const naming of namings) {
		const uses = countUses([...byField.values(), ...unnamed.map(naming)]);
		for (const field of unnamed) {
			if (uses.get(naming(field)) === 1) byField.set(field, naming(field));
		}
		unnamed = unnamed.filter((field) => !byField.has(field));
	}
}

function numbered(name: string, { id }: Field): string {
	return id === '' ? name : `${name} (${id})`;
}

/** Two fields can have the same ID; even then, neither may be lost. */
function claimFree(key: string, taken: Set<string>): string {
	let free = key;
	for (let number = 2; taken.has(free); number++) free = `${key} ${number}`;
	taken.add(free);
	return free;
}

function countUses(names: readonly string[]): Map<string, number> {
	const uses = new Map<string, number>();
	for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
	return uses;
}
