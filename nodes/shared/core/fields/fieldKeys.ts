/** The names under which the fields of an item leave a node. No field is ever lost to another. */

import { englishLabels, englishSection, isOwnField } from './builtInFields';
import { sectionOf } from './fieldName';
import type { Field, FullItem } from '../wire';

/**
 * `label` (default): a built-in field of the category goes by the label that an English account shows, whatever the language of
 * the account; any other field by its own label. `shownLabel`: every field by the label as it is shown. `id`: by its id.
 */
export const FIELD_KEYS = ['label', 'shownLabel', 'id'] as const;

export type FieldKeys = (typeof FIELD_KEYS)[number];

type Naming = (field: Field) => string;

/**
 * A name that is used once is the key. A built-in field of the item itself keeps its name. Others that share one are told apart by
 * their section (`section.name`), and where that is not enough by their id (`name (id)`).
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

/** Some labels have changed over time; no other label may count, since "Server" is German as well. */
function englishName(item: FullItem, field: Field): string | undefined {
	const labels = englishLabels(item, field);
	return labels.find((known) => known === field.label) ?? labels[0];
}

/** Gives each field the first of its names that no other field would have. */
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

/** Two fields may have one id, and still none of them may be lost. */
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
