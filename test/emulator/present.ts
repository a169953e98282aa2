import type { Field, File, FullItem, Item } from '../../nodes/shared/core/wire';
import type { ItemRecord, StoredField, StoredFile } from './store/records';
import { oneTimePassword } from './items/totp';

export interface Presentation {
	readonly nowMs: number;
	readonly contentPathSlash: boolean;
}

/** A list row. Members without content are left out, as Go does it. */
function itemRow(item: ItemRecord): Item {
	return {
		id: item.id,
		...(item.title && { title: item.title }),
		...(item.favorite && { favorite: true }),
		...(item.tags.length > 0 && { tags: item.tags }),
		version: item.version,
		vault: { id: item.vaultId },
		category: item.category,
		...(item.state !== undefined && { state: item.state }),
		...(item.urls.length > 0 && { urls: item.urls }),
		lastEditedBy: item.lastEditedBy,
		createdAt: item.createdAt,
		updatedAt: item.updatedAt,
	};
}

const rowTexts = new WeakMap<ItemRecord, string>();

/** The JSON of a list. Records never change, so that each row is written once; whole vaults are listed again and again. */
export function itemRowsJson(items: readonly ItemRecord[]): string {
	const rows = items.map((item) => {
		const known = rowTexts.get(item);
		if (known !== undefined) return known;
		const text = JSON.stringify(itemRow(item));
		rowTexts.set(item, text);
		return text;
	});
	return `[${rows.join(',')}]`;
}

export function fullItem(item: ItemRecord, how: Presentation): FullItem {
	return {
		...itemRow(item),
		...(item.sections.length > 0 && { sections: item.sections }),
		fields: item.fields.map((field) => presentField(field, how.nowMs)),
		...(item.files.length > 0 && { files: item.files.map((file) => presentFile(item, file, how)) }),
		...item.unknownMembers,
	};
}

export function presentFile(item: ItemRecord, file: StoredFile, how: Presentation): File {
	const path = `v1/vaults/${item.vaultId}/items/${item.id}/files/${file.id}/content`;
	return {
		id: file.id,
		name: file.name,
		size: file.content.length,
		// Never with the base path: a server does not know of the proxy in front of it.
		content_path: how.contentPathSlash ? `/${path}` : path,
		...(file.section && { section: file.section }),
	};
}

const OMITTED_WHEN_EMPTY: ReadonlySet<string> = new Set(['id', 'label', 'purpose', 'section', 'type', 'value']);

function presentField(field: StoredField, nowMs: number): Field {
	const totp = field.type === 'OTP' && field.value ? oneTimePassword(field.value, nowMs) : undefined;
	const shown = Object.entries(field).filter(([member, value]) => value || !OMITTED_WHEN_EMPTY.has(member));
	return { ...(Object.fromEntries(shown) as StoredField), ...(totp !== undefined && { totp }) };
}
