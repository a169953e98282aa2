/** Builds a field that an item doesn't have yet, in the form that Connect accepts. */

import { createHash } from 'node:crypto';

import { builtInId } from '../fields/builtInFields';
import { CONCEALED_VALUE } from '../disclosure/concealment';
import { toWireValue } from '../time/dates';
import type { FieldChange } from './change';
import { foldName } from '../names/nameMatch';
import { invalidInput } from '../errors/onePasswordError';
import type { Field, FieldPurpose, ItemCategory, Section } from '../wire';

export interface NewFieldPlace {
	readonly fields?: readonly Field[];
	readonly category?: ItemCategory;
}

export type DraftField = Omit<Field, 'id' | 'type'> & { id?: string; type?: Field['type'] };

/**
 * @param sections the item's sections; any other label or ID creates a new one.
 * @param place the item that gets the field: its fields, whose IDs are taken, and its category if the item is new and will
 * have built-in fields.
 * @returns the field to send and its section.
 * @throws OnePasswordError INVALID_INPUT for the placeholder of a concealed value.
 */
export function makeField(
	change: FieldChange,
	sections: readonly Section[],
	{ fields = [], category }: NewFieldPlace = {},
): { field: DraftField; section?: Section } {
	refuseConcealedValue(change);
	const { label, section } = placeField(change, sections);
	const purpose = section === undefined && category ? purposeOf(label, category) : undefined;
	const type = change.type ?? 'CONCEALED';
	const builtIn = section === undefined && category ? builtInId(category, label) : undefined;
	const id = type === 'OTP' ? newOtpId([section?.id ?? '', label], fields) : builtIn;
	const field: DraftField = {
		label,
		// Connect fills in ID and type from the purpose. Custom one-time password fields need their prefix.
		...(purpose ? { purpose } : { type, ...(id !== undefined && { id }) }),
		...(section && { section: { id: section.id ?? '' } }),
		...(change.action === 'generate'
			? { generate: true, ...(change.recipe && { recipe: change.recipe }) }
			: { value: toWireValue(purpose ? '' : type, change.value ?? '', label) }),
	};
	return section ? { field, section } : { field };
}

/** @throws OnePasswordError INVALID_INPUT if the value is the placeholder of a concealed one. */
export function refuseConcealedValue({ field, value }: FieldChange): void {
	if (value?.includes(CONCEALED_VALUE)) {
		throw invalidInput(
			`The new value of "${field}" is the placeholder of a concealed value, not a secret.`,
			"Set 'Reveal Secret Values' in the node that read the value.",
		);
	}
}

/** `section.label` refers to a section only if that section exists, because a new label can contain a dot. */
function placeField({ field, section }: FieldChange, sections: readonly Section[]): { label: string; section?: Section } {
	if (section) return { label: field, section: findSection(sections, section) ?? newSection(section, sections) };
	const [known] = sections
		.filter(({ label }) => label && field.startsWith(`${label}.`) && field.length > label.length + 1)
		.sort((a, b) => (b.label ?? '').length - (a.label ?? '').length);
	return known?.label ? { label: field.slice(known.label.length + 1), section: known } : { label: field };
}

function findSection(sections: readonly Section[], name: string): Section | undefined {
	return sections.find((section) => section.id === name) ?? sections.find((section) => foldName(section.label ?? '') === foldName(name));
}

/** A field added earlier may have been renamed since, and its ID must not be used twice. */
function newOtpId(parts: readonly string[], fields: readonly Field[]): string {
	for (let count = 0; ; count++) {
		const id = `TOTP_${fingerprint(count === 0 ? parts : [...parts, String(count)])}`;
		if (!fields.some((field) => field.id === id)) return id;
	}
}

/** A section that was renamed keeps its ID, which a new section must not use. */
function newSection(label: string, sections: readonly Section[]): Section {
	for (let count = 0; ; count++) {
		const id = `Section_${fingerprint(count === 0 ? [label] : [label, String(count)])}`;
		if (!sections.some((section) => section.id === id)) return { id, label };
	}
}

function fingerprint(parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** The built-in fields that 1Password autofills have a purpose. Each purpose can be used once per item. */
function purposeOf(label: string, category: ItemCategory): FieldPurpose | undefined {
	const name = foldName(label);
	if (name === 'notesplain' || name === 'notes') return 'NOTES';
	if (name === 'password' && (category === 'LOGIN' || category === 'PASSWORD')) return 'PASSWORD';
	return name === 'username' && category === 'LOGIN' ? 'USERNAME' : undefined;
}
