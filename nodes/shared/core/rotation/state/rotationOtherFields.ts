/**
 * The fields that go with a rotated value, such as a user name or a key id: they change in the same write as it does, so that
 * nobody ever reads one of them beside the value of the other.
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
	/** Id, label or `section.label`. */
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
		throw invalidInput(`"${name}" is the rotated field, or a part of the rotation.`, "Take it out of 'Other Fields'.");
	});
	const twice = found.find(({ field }, index) => found.findIndex((one) => isSameField(one.field, field)) !== index);
	if (twice === undefined) return found;
	throw invalidInput(`Two rows of 'Other Fields' name the same field ("${twice.field.label || twice.field.id}").`, 'Keep one of them.');
}

/** @throws OnePasswordError VERSION_CONFLICT where a finished rotation is given other values than it has set. */
export function refuseOtherValues(item: FullItem, rotation: Rotation, others: readonly OtherField[]): void {
	for (const { field, value } of requireOtherFields(item, findRotatedField(item, rotation), others)) {
		if (!hasArrived(typeOf(field), field.value ?? '', value)) throw otherCompanions(rotation, field);
	}
}

/**
 * @param kept what was kept before; of fields that somebody has removed meanwhile it stays, as it can't be put back.
 * @returns what the fields hold now, as text: with their ids, since a label may be changed by hand until a rollback.
 */
export function keepOtherFields(item: FullItem, found: readonly FoundField[], kept = ''): string {
	const gone = (parseKept(kept) ?? []).filter(([name, value]) => value !== '' && findNamedField(item, name) === undefined);
	const members = [...gone, ...found.map(({ field }) => [nameField(item, field), field.value ?? ''] as const)];
	return members.length === 0 ? '' : JSON.stringify(Object.fromEntries(members));
}

/** @returns the fields with the values that were kept of them, without those that somebody has removed meanwhile. */
export function findKeptFields(item: FullItem, kept: string): FoundField[] {
	return (parseKept(kept) ?? []).flatMap(([name, value]) => {
		const field = findNamedField(item, name);
		return field === undefined ? [] : { field, value };
	});
}
