/**
 * Brings an item as a server sent it into the one form that everything else works with. What is odd about a part of it stays
 * with that part: it must not make the whole item unreadable.
 */

import { isObject } from '../json';
import type { Field, File, FullItem, Item, ItemUrl, Section } from '../wire';

/**
 * Members that are null count as absent. A state that is empty or "ACTIVE" is that of an active item, which has none here. A field
 * or file without an id gets an empty one: it can be read by its label, and nothing can write it.
 */
export function normaliseItem<T extends Item>(answer: T): T {
	const item = withoutNulls(answer);
	const { state, urls, sections, fields, files }: Partial<FullItem> = item;
	if (state === undefined && !urls && !sections && !fields && !files) return item;
	const { state: _state, ...rest } = item as FullItem;
	const known = normaliseState(state);
	return {
		...rest,
		...(known !== undefined && { state: known }),
		...(urls && { urls: urls.map(withHref) }),
		...(sections && { sections: sections.map(normaliseSection) }),
		...(fields && { fields: fields.map(normaliseField) }),
		...(files && { files: files.map(normaliseFile) }),
	} as unknown as T;
}

/** @returns `undefined` for an active item; a known state in upper case. */
function normaliseState(state: string | undefined): Item['state'] {
	const known = state?.trim().toUpperCase() ?? '';
	return known === '' || known === 'ACTIVE' ? undefined : known;
}

function normaliseField(answer: Field): Field {
	const { type, ...field }: Field = withoutNulls(answer);
	const { section, passwordDetails } = field;
	return {
		...field,
		...(type && { type }),
		id: textOf(field.id),
		...(section && { section: normaliseSection(section) }),
		...(passwordDetails !== undefined && { passwordDetails: soundDetails(passwordDetails) }),
	};
}

/** Not documented, so it may be anything; all of it is as secret as the value. */
function soundDetails(details: unknown): Field['passwordDetails'] {
	if (!isObject(details)) return {};
	const { history, ...rest } = withoutNulls(details);
	return Array.isArray(history) ? { ...rest, history: history.filter((text): text is string => typeof text === 'string') } : rest;
}

function normaliseFile(answer: File): File {
	const file = withoutNulls(answer);
	const { section, ...rest }: File & { section?: Section | string } = file;
	return {
		...rest,
		id: textOf(file.id),
		name: textOf(file.name),
		size: Number(file.size) || 0,
		...(isObject(section) && { section: normaliseSection(section) }),
	};
}

/** An id or a label that is no text counts as absent. */
function normaliseSection(answer: Section): Section {
	const { id, label, ...section }: Section = withoutNulls(answer);
	return { ...(typeof id === 'string' && { id }), ...(typeof label === 'string' && { label }), ...section };
}

function withHref(answer: ItemUrl): ItemUrl {
	const url = withoutNulls(answer);
	return typeof url.href === 'string' ? url : { ...url, href: '' };
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

/** @returns the same object where nothing is null: whole vaults are listed, and most rows are as they should be. */
function withoutNulls<T extends object>(value: T): T {
	if (!Object.values(value).includes(null)) return value;
	return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) as T;
}
