/** Whether an answer has the shape that the API promises; members that nothing here needs may be missing or null. */

import { isObject } from '../../core/json';
import type { Field, FullItem, Item, ServerHealth, Vault } from '../../core/wire';

export function hasId<T extends { id: string }>(value: unknown): value is T {
	return isObject(value) && typeof value.id === 'string';
}

export function isVault(value: unknown): value is Vault {
	if (!hasId(value)) return false;
	const { name, contentVersion, items } = value as Partial<Record<keyof Vault, unknown>>;
	return isText(name) && isCount(contentVersion) && isCount(items);
}

export function isItem<T extends Item>(value: unknown): value is T {
	if (!hasId(value) || !hasId((value as Partial<Item>).vault)) return false;
	const { title, version, state, tags, urls, sections, fields, files } = value as Partial<Record<keyof FullItem, unknown>>;
	return (
		isText(title) &&
		isCount(version) &&
		isText(state) &&
		isAbsentOrListOf(tags, (tag) => typeof tag === 'string') &&
		[urls, sections, files].every((list) => isAbsentOrListOf(list, isObject)) &&
		isAbsentOrListOf(fields, isField)
	);
}

/** One without an id is readable all the same. */
function isField(value: unknown): boolean {
	if (!isObject(value)) return false;
	const { type, purpose, label, value: held, totp, section } = value as Partial<Record<keyof Field, unknown>>;
	return [type, purpose, label, held, totp].every(isText) && isObject(section ?? {});
}

export function isItemOf(itemId: string): (value: unknown) => value is FullItem {
	return (value): value is FullItem => isItem<FullItem>(value) && value.id === itemId;
}

export function isListOf<T>(isMember: (value: unknown) => value is T): (value: unknown) => value is T[] {
	return (value): value is T[] => Array.isArray(value) && value.every(isMember);
}

function isAbsentOrListOf(value: unknown, isMember: (member: unknown) => boolean): boolean {
	return value === undefined || value === null || (Array.isArray(value) && value.every(isMember));
}

function isText(value: unknown): boolean {
	return value === undefined || value === null || typeof value === 'string';
}

/** What is far beyond any count can't be kept to the digit. */
const MAX_COUNT = 2 ** 48;

function isCount(value: unknown): boolean {
	return value === undefined || value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COUNT);
}

export function isHealth(value: unknown): value is ServerHealth {
	return isObject(value) && typeof value.name === 'string' && typeof value.version === 'string';
}
