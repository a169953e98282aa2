/**
 * Identifies a field of an item. IDs can repeat within an item (saved form fields of a login, imported items), so a field is
 * identified by its ID and section. Connect's PATCH only uses the ID: a field whose ID is not unique can be read but not
 * written.
 */

import { describeField, sectionLabel } from './fieldName';
import { OnePasswordError, type Candidate } from '../errors/onePasswordError';
import type { Field, FullItem } from '../wire';

export function isSameField(a: Field, b: Field): boolean {
	const isSameSection = (a.section?.id ?? '') === (b.section?.id ?? '');
	return a.id === b.id && isSameSection && (a.id !== '' || a.label === b.label);
}

/** @returns the item's fields with this field's ID, including the field itself. */
export function fieldsOfOneId({ fields }: FullItem, { id }: Pick<Field, 'id'>): readonly Field[] {
	return (fields ?? []).filter((field) => field.id === id);
}

/**
 * @param field from another read of the item.
 * @returns the field in this read, even if it has been moved to another section; `undefined` if it is gone.
 */
export function findAgain(item: FullItem, field: Field): Field | undefined {
	const found = fieldsOfOneId(item, field);
	return found.length === 1 ? found[0] : found.find((candidate) => isSameField(candidate, field));
}

/** @throws OnePasswordError AMBIGUOUS, listing all fields with that ID. */
export function requireUniqueId(item: FullItem, field: Field): void {
	const found = fieldsOfOneId(item, field);
	if (found.length < 2) return;
	throw new OnePasswordError({
		code: 'AMBIGUOUS',
		message: `${found.length} fields of the item have the ID "${field.id}": ${found.map((one) => describeField(item, one)).join(', ')}. Connect can't tell them apart when it writes, so nothing was sent.`,
		advice: 'Change the field in the 1Password app, or remove the other one there: Connect addresses fields only by ID.',
		candidates: found.map((one) => toCandidate(item, one)),
	});
}

export function toCandidate(item: FullItem, field: Field): Candidate {
	const section = sectionLabel(item, field) ?? field.section?.id;
	return section ? { id: field.id, section } : { id: field.id };
}
