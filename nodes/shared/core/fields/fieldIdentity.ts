/**
 * Which field of an item is meant. Ids can repeat in an item (the saved form fields of a login, imported items), so a field is
 * its id and its section. Connect's PATCH knows the id only: a field whose id is not unique can be read, not written.
 */

import { describeField, sectionLabel } from './fieldName';
import { OnePasswordError, type Candidate } from '../errors/onePasswordError';
import type { Field, FullItem } from '../wire';

export function isSameField(a: Field, b: Field): boolean {
	const isSameSection = (a.section?.id ?? '') === (b.section?.id ?? '');
	return a.id === b.id && isSameSection && (a.id !== '' || a.label === b.label);
}

/** @returns the fields of the item that have this field's id, itself among them. */
export function fieldsOfOneId({ fields }: FullItem, { id }: Pick<Field, 'id'>): readonly Field[] {
	return (fields ?? []).filter((field) => field.id === id);
}

/**
 * @param field of another read of the item.
 * @returns the field as this read shows it, also where somebody has moved it to another section; `undefined` where it is gone.
 */
export function findAgain(item: FullItem, field: Field): Field | undefined {
	const found = fieldsOfOneId(item, field);
	return found.length === 1 ? found[0] : found.find((candidate) => isSameField(candidate, field));
}

/** @throws OnePasswordError AMBIGUOUS naming all fields of that id. */
export function requireUniqueId(item: FullItem, field: Field): void {
	const found = fieldsOfOneId(item, field);
	if (found.length < 2) return;
	throw new OnePasswordError({
		code: 'AMBIGUOUS',
		message: `${found.length} fields of the item have the ID "${field.id}": ${found.map((one) => describeField(item, one)).join(', ')}. Connect can't tell them apart when it writes, so nothing was sent.`,
		advice: 'Change the field in the 1Password app, or remove the other one there: Connect addresses fields by their ID alone.',
		candidates: found.map((one) => toCandidate(item, one)),
	});
}

export function toCandidate(item: FullItem, field: Field): Candidate {
	const section = sectionLabel(item, field) ?? field.section?.id;
	return section ? { id: field.id, section } : { id: field.id };
}
