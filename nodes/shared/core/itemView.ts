/** The short form of an item that workflows work with: what it is, and its fields as `{ label: value }`. */

import { sectionLabel } from './fieldSelector';
import type { Field, FullItem, Item } from './wire';

export interface ItemSummary {
	readonly id: string;
	readonly title: string;
	readonly vaultId: string;
	readonly category: string;
	readonly version: number;
	readonly tags: readonly string[];
	readonly urls: readonly string[];
	readonly state?: string;
	readonly createdAt?: string;
	readonly updatedAt?: string;
}

export interface SimplifiedItem extends ItemSummary {
	readonly fields: Readonly<Record<string, string>>;
	readonly files: ReadonlyArray<{ readonly id: string; readonly name: string; readonly size: number }>;
}

export function summariseItem(item: Item): ItemSummary {
	return {
		id: item.id,
		title: item.title ?? '',
		vaultId: item.vault.id,
		category: item.category,
		version: item.version ?? 0,
		tags: [...(item.tags ?? [])],
		urls: (item.urls ?? []).map((url) => url.href),
		...(item.state && { state: item.state }),
		...(item.createdAt && { createdAt: item.createdAt }),
		...(item.updatedAt && { updatedAt: item.updatedAt }),
	};
}

export function simplifyItem(item: FullItem): SimplifiedItem {
	return {
		...summariseItem(item),
		fields: fieldsByLabel(item),
		files: (item.files ?? []).map(({ id, name, size }) => ({ id, name, size })),
	};
}

/**
 * A label that is used once is its own key. Fields that share a label are told apart by their section
 * (`section.label`), and where that is not enough by their id (`label (id)`): no field is ever lost to another.
 * A one-time password field shows its current code, not the seed.
 */
export function fieldsByLabel(item: FullItem): Record<string, string> {
	const fields = item.fields ?? [];
	const byLabel = Object.fromEntries(fields.map((field) => [labelOf(field), shownValue(field)]));
	if (Object.keys(byLabel).length === fields.length) return byLabel;
	const namings: ReadonlyArray<(field: Field) => string> = [
		labelOf,
		(field) => qualifiedLabel(item, field),
		(field) => `${labelOf(field)} (${field.id})`,
	];
	const keys = new Map<Field, string>();
	let unnamed = fields;
	for (const naming of namings) {
		const uses = countUses([...keys.values(), ...unnamed.map(naming)]);
		for (const field of unnamed) {
			if (uses.get(naming(field)) === 1) keys.set(field, naming(field));
		}
		unnamed = unnamed.filter((field) => !keys.has(field));
	}
	const taken = new Set(keys.values());
	for (const field of unnamed) keys.set(field, claimKey(`${labelOf(field)} (${field.id})`, taken));
	return Object.fromEntries(fields.map((field) => [keys.get(field) ?? field.id, shownValue(field)]));
}

/** Two fields of one id are no valid item, and still none of them may be lost. */
function claimKey(key: string, taken: Set<string>): string {
	let free = key;
	for (let number = 2; taken.has(free); number++) free = `${key} ${number}`;
	taken.add(free);
	return free;
}

function labelOf(field: Field): string {
	return field.label || field.id;
}

function qualifiedLabel(item: FullItem, field: Field): string {
	const section = sectionLabel(item, field);
	return section === undefined ? labelOf(field) : `${section}.${labelOf(field)}`;
}

function shownValue(field: Field): string {
	return (field.type === 'OTP' ? field.totp : undefined) ?? field.value ?? '';
}

function countUses(names: readonly string[]): Map<string, number> {
	const uses = new Map<string, number>();
	for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
	return uses;
}
