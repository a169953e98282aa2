/**
 * The fields that belong to a rotated value, such as a user name or a key ID. They change in the same write, so that no read
 * mixes old and new.
 */

import { isSameField } from '../../fields/fieldIdentity';
import { sectionLabel } from '../../fields/fieldName';
import { requireField } from '../../fields/fieldSelector';
import { invalidInput } from '../../errors/onePasswordError';
import { hasArrived, typeOf } from '../../fields/fieldTypes';
import { findNamedField, findRotatedField, nameField } from './rotationFields';
import { parseKept } from './rotationKept';
import { otherCompanions } from './rotationRefusals';
import { isRotationSection } from '../../fields/rotationSection';
import { type Rotation } from './rotationState';
import type { Field, FullItem } from '../../wire';

export interface OtherField {
	/** ID, label or `section.label`. */
	readonly field: string;
	readonly value: string;
}

export interface FoundField {
	readonly field: Field;
	readonly value: string;
}

/** @throws OnePasswordError FIELD_NOT_FOUND, AMBIGUOUS or INVALID_INPUT. */
export function requireOtherFields(item: FullItem, live: Field | undefined, others: readonly OtherField[]): FoundField[] {
	const found = others.map(({ field: name, value }) => {
		const field = requireField(item, { field: name });
		const isOurs = isRotationSection(sectionLabel(item, field));
		const isLive = live !== undefined && isSameField(field, live);
		if (!isLive && !isOurs) return { field, value };
		throw invalidInput(`"${name}" is the rotated field or part of the rotation.`, "Remove it from 'Other Fields'.");
	});
	const twice = found.find(({ field }, index) => found.findIndex((one) => isSameField(one.field, field)) !== index);
	if (twice === undefined) return found;
	throw invalidInput(`Two rows of 'Other Fields' name the same field ("${twice.field.label || twice.field.id}").`, 'Keep only one of them.');
}

/** @throws OnePasswordError VERSION_CONFLICT if a finished rotation is given different values from the ones it set. */
export function refuseOtherValues(item: FullItem, rotation: Rotation, others: readonly OtherField[]): void {
	for (const { field, value } of requireOtherFields(item, findRotatedField(item, rotation), others)) {
		if (!hasArrived(typeOf(field), field.value ?? '', value)) throw otherCompanions(rotation, field);
	}
}

/**
 * @param kept what was kept before; values of fields removed in the meantime stay, because they can't be restored.
 * @returns the fields' current values, as text, with their IDs, because labels may be changed by hand before a rollback.
 */
export function keepOtherFields(item: FullItem, found: readonly FoundField[], kept = ''): string {
	const gone = (parseKept(kept) ?? []).filter(([name, value]) => value !== '' && findNamedField(item, name) === undefined);
	const members = [...gone, ...found.map(({ field }) => [nameField(item, field), field.value ?? ''] as const)];
	return members.length === 0 ? '' : JSON.stringify(Object.fromEntries(members));
}

/** @returns the fields with their kept values, without fields removed in the meantime. */
export function findKeptFields(item: FullItem, kept: string): FoundField[] {
	return (parseKept(kept) ?? []).flatMap(([name, value]) => {
		const field = findNamedField(item, name);
		return field === undefined ? [] : { field, value };
	});
}
