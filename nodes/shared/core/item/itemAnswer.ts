/**
 * Converts an item from a server's response into the form used everywhere else. One odd part must not make the whole item
 * unreadable.
 */

import { isObject } from '../json';
import type { Field, ItemFile, FullItem, Item, ItemUrl, Section } from '../wire';

/**
 * Null properties count as absent. An empty or "ACTIVE" state means an active item, which has no state here. A field or file
 * without an ID gets an empty one: it can be read by its label but not written.
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

/** Undocumented, so it can be anything; all of it is as secret as the value. */
function soundDetails(details: unknown): Field['passwordDetails'] {
	if (!isObject(details)) return {};
	const { history, ...rest } = withoutNulls(details);
	return Array.isArray(history) ? { ...rest, history: history.filter((text): text is string => typeof text === 'string') } : rest;
}

function normaliseFile(answer: ItemFile): ItemFile {
	const file = withoutNulls(answer);
	const { section, ...rest }: ItemFile & { section?: Section | string } = file;
	return {
		...rest,
		id: textOf(file.id),
		name: textOf(file.name),
		size: Number(file.size) || 0,
		...(isObject(section) && { section: normaliseSection(section) }),
	};
}

/** An ID or label that is not a string counts as absent. */
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

/** @returns the same object if nothing is null: lists cover whole vaults, and most rows are fine. */
function withoutNulls<T extends object>(value: T): T {
	if (!Object.values(value).includes(null)) return value;
	return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) as T;
}
