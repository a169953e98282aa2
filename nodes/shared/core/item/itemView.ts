/** The simplified item that workflows work with: its main properties, and its fields as `{ key: value }`. */

import { keyFields, type FieldKeys } from '../fields/fieldKeys';
import { typeOf } from '../fields/fieldTypes';
import type { Field, FullItem, Item } from '../wire';

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

export function simplifyItem(item: FullItem, keys?: FieldKeys): SimplifiedItem {
	return {
		...summariseItem(item),
		fields: fieldsByKey(item, keys),
		files: (item.files ?? []).map(({ id, name, size }) => ({ id, name, size })),
	};
}

/** A one-time password field shows its current code instead of the seed. @param keys default `label`. */
export function fieldsByKey(item: FullItem, keys?: FieldKeys): Record<string, string> {
	return Object.fromEntries(keyFields(item, keys).map(([key, field]) => [key, shownValue(field)]));
}

function shownValue(field: Field): string {
	return (typeOf(field) === 'OTP' ? field.totp : undefined) ?? field.value ?? '';
}
