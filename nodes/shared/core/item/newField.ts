/** Builds a field that an item does not have yet, in the form that Connect accepts. */

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
 * @param sections those that the item has; a label or id that is none of theirs makes a new one.
 * @param place the item that gets the field: its fields, whose ids are taken; its category where the item is created, as it
 * comes with built-in fields then.
 * @returns the field to send and the section it belongs to.
 * @throws OnePasswordError INVALID_INPUT for the placeholder of a hidden value.
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
		// Connect fills in id and type from the purpose; one-time password fields of one's own need their prefix.
		...(purpose ? { purpose } : { type, ...(id !== undefined && { id }) }),
		...(section && { section: { id: section.id ?? '' } }),
		...(change.action === 'generate'
			? { generate: true, ...(change.recipe && { recipe: change.recipe }) }
			: { value: toWireValue(purpose ? '' : type, change.value ?? '', label) }),
	};
	return section ? { field, section } : { field };
}

/** @throws OnePasswordError INVALID_INPUT where the value is what stands in place of a hidden one. */
export function refuseConcealedValue({ field, value }: FieldChange): void {
	if (value?.includes(CONCEALED_VALUE)) {
		throw invalidInput(
			`The new value of "${field}" is the placeholder of a hidden value, not a secret.`,
			"Set 'Reveal Secret Values' in the node that read it.",
		);
	}
}

/** `section.label` names a section only where the section is known: a new label may well hold a dot. */
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

/** A field that was added before may have been given another label since: its id must not be used twice. */
function newOtpId(parts: readonly string[], fields: readonly Field[]): string {
	for (let count = 0; ; count++) {
		const id = `TOTP_${fingerprint(count === 0 ? parts : [...parts, String(count)])}`;
		if (!fields.some((field) => field.id === id)) return id;
	}
}

/** A section that was given another label since keeps its id, which must not be taken for a new one. */
function newSection(label: string, sections: readonly Section[]): Section {
	for (let count = 0; ; count++) {
		const id = `Section_${fingerprint(count === 0 ? [label] : [label, String(count)])}`;
		if (!sections.some((section) => section.id === id)) return { id, label };
	}
}

function fingerprint(parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** The built-in fields that 1Password fills in for people have a purpose; each may be used once in an item. */
function purposeOf(label: string, category: ItemCategory): FieldPurpose | undefined {
	const name = foldName(label);
	if (name === 'notesplain' || name === 'notes') return 'NOTES';
	if (name === 'password' && (category === 'LOGIN' || category === 'PASSWORD')) return 'PASSWORD';
	return name === 'username' && category === 'LOGIN' ? 'USERNAME' : undefined;
}
