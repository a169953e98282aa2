/** The changes that a rotation step makes to single fields, and the format of what it stores in them. */

import { fieldsOfOneId, requireUniqueId } from '../../fields/fieldIdentity';
import { preferOwn } from '../../fields/fieldMatch';
import { describeField } from '../../fields/fieldName';
import { matchField, requireField } from '../../fields/fieldSelector';
import type { FieldChange } from '../../item/change';
import { only, type Match } from '../../names/nameMatch';
import { OnePasswordError } from '../../errors/onePasswordError';
import { ROTATION_FIELDS, ROTATION_SECTION, type RotationPart } from '../../fields/rotationSection';
import type { Rotation } from './rotationState';
import type { Field, FullItem } from '../../wire';

/** How the rotation refers to a field of the item: label and ID, `section.label (id)`. */
export function nameField(item: FullItem, field: Field): string {
	return describeField(item, field).replace(/^"|"(?= \([^()]*\)$)/g, '');
}

/**
 * By the ID in parentheses, or by whatever a person may have written instead. A field of the same name with another ID is a
 * different field.
 */
export function findNamedField(item: FullItem, name: string): Field | undefined {
	const match = matchNamedField(item, name);
	return match.kind === 'one' ? match.found : undefined;
}

function matchNamedField(item: FullItem, name: string): Match<Field> {
	const [, id = ''] = /\(([^()]+)\)$/.exec(name) ?? [];
	const named = (item.fields ?? []).filter((field) => nameField(item, field) === name);
	const ofThisId = only(id === '' ? [] : fieldsOfOneId(item, { id }));
	const [match] = [preferOwn(item, named), ofThisId].filter(({ kind }) => kind !== 'none');
	return match ?? matchField(item, { field: name });
}

export function findRotatedField(item: FullItem, { values }: Rotation): Field | undefined {
	return findNamedField(item, values.field);
}

/** @throws OnePasswordError FIELD_NOT_FOUND or AMBIGUOUS. */
export function requireRotatedField(item: FullItem, rotation: Rotation): Field {
	const { rotationId, field } = rotation.values;
	const found = findRotatedField(item, rotation);
	if (found !== undefined) return found;
	const match = matchNamedField(item, field);
	if (match.kind === 'many') {
		for (const one of match.found) requireUniqueId(item, one);
		return requireField(item, { field });
	}
	throw new OnePasswordError({
		code: 'FIELD_NOT_FOUND',
		message: `The field ${field}, which the rotation "${rotationId}" changes, is no longer in the item.`,
		advice: "Restore it from the item's history in the 1Password app. Without it, a pending rotation can only be rolled back.",
	});
}

export function removeAll({ fields }: Rotation): FieldChange[] {
	return Object.values(fields).map((field) => ({ field: field.id, found: field, action: 'remove' }));
}

/** Removing the field, not just its value, makes the server refuse any step that still assumes it is pending. */
export function remove({ fields }: Rotation, part: RotationPart): FieldChange[] {
	const field = fields[part];
	return field === undefined ? [] : [{ field: field.id, found: field, action: 'remove' }];
}

export function set({ fields }: Rotation, part: RotationPart, value: string): FieldChange[] {
	const field = fields[part];
	if (field !== undefined) return setField(field, value);
	if (value === '') return [];
	const { label, type } = ROTATION_FIELDS[part];
	const section = fields.rotationId?.section?.id ?? ROTATION_SECTION;
	return [{ field: label, section, action: 'set', type, value }];
}

export function setField(found: Field, value: string): FieldChange[] {
	const target = { field: found.id, found };
	return [value === '' ? { ...target, action: 'clear' } : { ...target, action: 'set', value }];
}
