/** Turns an item into a draft of its copy, and refuses anything that Connect would lose. */

import { sectionLabel } from '../fields/fieldName';
import { describeField } from '../fields/fieldSelector';
import { CREATABLE_CATEGORIES, isWritableType, typeOf } from '../fields/fieldTypes';
import { invalidInput } from '../errors/onePasswordError';
import { isRotationSection, partOf } from '../fields/rotationSection';
import type { Field, FullItem, ItemDraft, Section } from '../wire';

export interface ItemCopy {
	readonly draft: ItemDraft;
	/** What the copy can't contain, such as a password's history; never a value. */
	readonly leftOut: readonly string[];
}

/**
 * @param vaultId of the destination vault.
 * @param title of the copy. Default: the item's title.
 * @throws OnePasswordError INVALID_INPUT if the item contains something that Connect can't create: files, SSH keys, field
 * types outside its API, or a category that it refuses.
 */
export function copyItem(original: FullItem, vaultId: string, title = original.title ?? ''): ItemCopy {
	const item = withoutRotation(original);
	refuseUncopyable(item);
	const fields = (item.fields ?? []).filter((field) => isWritableType(typeOf(field)));
	const sections = sectionsOf(item);
	const { tags, urls, favorite } = item;
	return {
		draft: {
			title,
			category: item.category,
			vault: { id: vaultId },
			...(tags?.length && { tags }),
			...(urls?.length && { urls }),
			...(favorite && { favorite }),
			...(sections.length > 0 && { sections }),
			...(fields.length > 0 && { fields: fields.map(copyField) }),
		},
		leftOut: [
			...(item === original ? [] : ['state and values of its rotation']),
			...(item.fields ?? []).flatMap((field) => missingPartsOf(item, field)),
		],
	};
}

/**
 * A rotation belongs to one item. A second one with its ID would be mistaken for the first and contain outdated secrets.
 */
function withoutRotation(item: FullItem): FullItem {
	const fields = item.fields ?? [];
	const kept = fields.filter((field) => !(isRotationSection(sectionLabel(item, field)) && partOf(field)));
	if (kept.length === fields.length) return item;
	const sections = item.sections?.filter(({ id, label }) => !isRotationSection(label) || kept.some(({ section }) => section?.id === id));
	return { ...item, fields: kept, ...(sections && { sections }) };
}

function refuseUncopyable(item: FullItem): void {
	if (!(CREATABLE_CATEGORIES as readonly string[]).includes(item.category)) {
		throw refuse(`is of category ${item.category}, which Connect cannot create`);
	}
	if (item.files?.length) throw refuse('has files, which Connect cannot upload');
	const lost = (item.fields ?? []).filter((field) => !isWritableType(typeOf(field)) && field.value);
	if (lost.length === 0) return;
	const names = lost.map((field) => `${describeField(item, field)} of type ${typeOf(field)}`);
	throw refuse(`has fields that Connect cannot write without loss: ${names.join(', ')}`);
}

function refuse(reason: string): Error {
	return invalidInput(`The item cannot be copied: it ${reason}.`, 'Copy this item in the 1Password app.');
}

/** Some servers list a section only in its fields. */
function sectionsOf({ sections = [], fields = [] }: FullItem): Section[] {
	const named = [...sections, ...fields.flatMap(({ section }) => (section?.id ? [section] : []))];
	const isFirst = ({ id }: Section, index: number): boolean => named.findIndex((one) => one.id === id) === index;
	return named.filter(isFirst).map(({ id, label }) => ({ id, label }));
}

/** The server computes codes, strengths, and histories. */
function copyField({ id, type, purpose, label, value, section }: Field): NonNullable<ItemDraft['fields']>[number] {
	return {
		...(id !== '' && { id }),
		type,
		...(purpose && { purpose }),
		...(label !== undefined && { label }),
		...(value && { value }),
		...(section && { section: { id: section.id } }),
	};
}

function missingPartsOf(item: FullItem, field: Field): string[] {
	if (!isWritableType(typeOf(field))) return [`empty field ${describeField(item, field)} of type ${typeOf(field)}`];
	return field.passwordDetails?.history?.length ? [`password history of ${describeField(item, field)}`] : [];
}
