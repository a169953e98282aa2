import type { Field, ItemFile, FullItem, Item } from '../../../nodes/shared/core/wire';
import type { Behaviour } from './behaviour';
import { additionalInformation } from './items/additionalInformation';
import { oneTimePassword } from './items/totp';
import type { ConnectState } from './state';
import type { ItemRecord, StoredField, StoredFile } from './store/records';
import type { View } from './store/view';

/** How whoever asks sees an item: when, under which knobs, in which state of the vault. */
export interface Presentation {
	readonly nowMs: number;
	readonly behaviour: Behaviour;
	readonly view: View;
}

export function presentationOf(state: ConnectState, view: View = state.store.truth()): Presentation {
	return { nowMs: state.clock.now(), behaviour: state.behaviour, view };
}

/** Members without content are left out, as Go does it. */
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

/** Members that no API description knows. */
function extraMembers(item: ItemRecord, { view }: Presentation): object {
	const name = view.vault(item.vaultId)?.name;
	const information = additionalInformation(item);
	return { vault: { id: item.vaultId, ...(name && { name }) }, ...(information && { additionalInformation: information }) };
}

const rowTexts = new WeakMap<ItemRecord, string>();

/** The JSON of a list. Records never change, so that each row is written once; whole vaults are listed again and again. */
export function itemRowsJson(items: readonly ItemRecord[], how: Presentation): string {
	const { extraMembers: extras, memberNames } = how.behaviour;
	const isPlain = extras !== 'itemsAndRows' && memberNames === 'camelCase';
	const rows = items.map((item) => {
		if (!isPlain) return JSON.stringify(spell({ ...itemRow(item), ...(extras === 'itemsAndRows' && extraMembers(item, how)) }, how));
		const known = rowTexts.get(item);
		if (known !== undefined) return known;
		const text = JSON.stringify(itemRow(item));
		rowTexts.set(item, text);
		return text;
	});
	return `[${rows.join(',')}]`;
}

/** As the server sends it, with the names set by the knobs. */
export function itemJson(item: ItemRecord, how: Presentation): object {
	return spell(fullItem(item, how), how);
}

export function fullItem(item: ItemRecord, how: Presentation): FullItem {
	return {
		...itemRow(item),
		...(how.behaviour.extraMembers !== 'none' && extraMembers(item, how)),
		...(item.sections.length > 0 && { sections: item.sections }),
		fields: item.fields.map((field) => presentField(field, how)),
		...(item.files.length > 0 && { files: item.files.map((file) => presentFile(item, file, how)) }),
		...item.unknownMembers,
	};
}

export function presentFile(item: ItemRecord, file: StoredFile, { behaviour }: Presentation): ItemFile {
	const path = `v1/vaults/${item.vaultId}/items/${item.id}/files/${file.id}/content`;
	// Never with the base path: a server doesn't know about the proxy in front of it.
	const contentPath = behaviour.contentPathSlash ? `/${path}` : path;
	const isWrong = behaviour.fileMembers === '1.5.5';
	return {
		id: isWrong ? [...file.id].reverse().join('') : file.id,
		name: isWrong ? '' : file.name,
		size: file.content.length,
		...(behaviour.fileMembers === '1.5.4' ? { contentPath } : { content_path: contentPath }),
		...(file.section && { section: file.section }),
	};
}

const OMITTED_WHEN_EMPTY: ReadonlySet<string> = new Set(['id', 'label', 'purpose', 'section', 'type', 'value']);

function presentField(field: StoredField, { nowMs, behaviour }: Presentation): Field {
	const totp = field.type === 'OTP' && field.value ? oneTimePassword(field.value, nowMs) : undefined;
	const shown = Object.entries(field).filter(([member, value]) => value || !OMITTED_WHEN_EMPTY.has(member));
	const whole = { ...(Object.fromEntries(shown) as StoredField), ...(totp !== undefined && { totp }) };
	return behaviour.passwordDetails === 'full' ? whole : withHistoryOnly(whole);
}

function withHistoryOnly({ entropy: _entropy, passwordDetails, ...field }: StoredField): Field {
	const history = passwordDetails?.history;
	return { ...(field as StoredField), ...(history && { passwordDetails: { history } }) };
}

function spell(item: object, { behaviour }: Presentation): object {
	return behaviour.memberNames === 'camelCase' ? item : (toSnakeCase(item) as object);
}

function toSnakeCase(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(toSnakeCase);
	if (typeof value !== 'object' || value === null) return value;
	const members = Object.entries(value).map(([name, member]) => [
		name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
		toSnakeCase(member),
	]);
	return Object.fromEntries(members) as object;
}
