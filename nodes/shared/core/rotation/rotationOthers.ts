/**
 * The fields that go with a rotated value, such as a user name or a key id: they change in the same write as it does, so that
 * nobody ever reads one of them beside the value of the other.
 */

import type { FieldChange } from '../fieldUpdate';
import { requireField, sectionLabel } from '../fieldSelector';
import { foldName } from '../nameMatch';
import { invalidInput } from '../onePasswordError';
import { setField } from './rotationFields';
import { unclear } from './rotationRefusals';
import { ROTATION_SECTION, type Rotation } from './rotationState';
import type { Field, FullItem } from '../wire';

export interface OtherField {
	/** Id, label or `section.label`. */
	readonly field: string;
	readonly value: string;
}

export interface FoundField {
	readonly field: Field;
	readonly value: string;
}

/** @throws OnePasswordError FIELD_NOT_FOUND, AMBIGUOUS or INVALID_INPUT. */
export function requireOtherFields(item: FullItem, live: Field, others: readonly OtherField[]): FoundField[] {
	return others.map(({ field: name, value }) => {
		const field = requireField(item, { field: name });
		const isOurs = foldName(sectionLabel(item, field) ?? '') === foldName(ROTATION_SECTION);
		if (field.id !== live.id && !isOurs) return { field, value };
		throw invalidInput(`"${name}" is the rotated field, or a part of the rotation.`, "Take it out of 'Other Fields'.");
	});
}

/** By id: a label may be changed by hand until a rollback. */
export function keepOtherFields(found: readonly FoundField[]): string {
	if (found.length === 0) return '';
	return JSON.stringify(Object.fromEntries(found.map(({ field }) => [field.id, field.value ?? ''])));
}

/** A field that somebody has removed meanwhile is left out. */
export function restoreOtherFields(item: FullItem, { values }: Rotation): FieldChange[] {
	if (values.others === '') return [];
	return Object.entries(parse(values.others)).flatMap(([id, value]) => {
		const field = item.fields?.find((candidate) => candidate.id === id);
		return field === undefined ? [] : setField(field, String(value));
	});
}

function parse(text: string): object {
	try {
		const kept: unknown = JSON.parse(text);
		if (typeof kept === 'object' && kept !== null) return kept;
	} catch {
		// Said below.
	}
	throw unclear('what stands in "previous other fields" was not written by a rotation');
}
