/**
 * Finds the one field of an item that a person means by an id, a label, or `section.label`. Refuses to guess: two
 * fields that fit equally well are an error that names both.
 */

import { foldName, matchByName, only, type Match } from './nameMatch';
import { OnePasswordError, type Candidate } from './onePasswordError';
import { isRotationSection, partOf } from './rotation/rotationSection';
import type { Field, FullItem, Section } from './wire';

/** Fields that an error lists. */
export const MAX_NAMED_FIELDS = 50;

export interface FieldSelector {
	/** Id, label or `section.label`. */
	readonly field: string;
	/** Label or id of the section; where given, `field` is an id or label inside it. */
	readonly section?: string;
}

export function sectionLabel(item: FullItem, field: Field): string | undefined {
	return sectionOf(item, field)?.label || undefined;
}

export function matchField(item: FullItem, selector: FieldSelector): Match<Field> {
	const fields = item.fields ?? [];
	if (selector.section !== undefined) {
		const wanted = selector.section;
		const inside = fields.filter((field) => isInSection(item, field, wanted));
		return matchInside(inside, selector.field);
	}
	const direct = matchInside(fields, selector.field);
	return direct.kind === 'none' ? matchQualified(item, selector.field) : direct;
}

/**
 * @throws OnePasswordError FIELD_NOT_FOUND naming the labels there are, or AMBIGUOUS with the candidates.
 */
export function requireField(item: FullItem, selector: FieldSelector): Field {
	const match = matchField(item, selector);
	if (match.kind === 'one') return match.found;
	const name = describeSelector(selector);
	if (match.kind === 'many') {
		throw new OnePasswordError({
			code: 'AMBIGUOUS',
			message: `${match.found.length} fields of the item are called ${name}.`,
			advice: `Name the section as well, or use the field's id: ${match.found.map((field) => describeField(item, field)).join(', ')}.`,
			candidates: match.found.map((field) => toCandidate(item, field)),
		});
	}
	const fields = item.fields ?? [];
	const others = fields.filter((field) => !isPartOfRotation(item, field));
	const labels = others.slice(0, MAX_NAMED_FIELDS).map((field) => describeField(item, field));
	throw new OnePasswordError({
		code: 'FIELD_NOT_FOUND',
		message: `The item has no field ${name}.`,
		advice:
			others.length === 0
				? `It has no fields${fields.length === 0 ? ' at all' : ' but those of its rotation'}.`
				: `Its fields are: ${labels.join(', ')}${others.length > labels.length ? ', …' : ''}.`,
	});
}

/** Beside a dozen of them, those that a person may have meant would be hard to find. */
function isPartOfRotation(item: FullItem, field: Field): boolean {
	return isRotationSection(sectionLabel(item, field)) && partOf(field) !== undefined;
}

function matchInside(fields: readonly Field[], name: string): Match<Field> {
	const byId = only(fields.filter((field) => field.id === name));
	return byId.kind === 'one' ? byId : matchByName(fields, name, (field) => field.label);
}

/** Labels and section names may hold dots themselves, so a path is never cut: each field's own paths are compared with it. */
function matchQualified(item: FullItem, path: string): Match<Field> {
	const exact = only((item.fields ?? []).filter((field) => pathsTo(item, field).includes(path)));
	if (exact.kind !== 'none') return exact;
	const folded = foldName(path);
	return only((item.fields ?? []).filter((field) => pathsTo(item, field).map(foldName).includes(folded)));
}

function pathsTo(item: FullItem, field: Field): string[] {
	const section = sectionOf(item, field);
	return [section?.label, section?.id].flatMap((first) =>
		first ? [field.label, field.id].flatMap((last) => (last ? `${first}.${last}` : [])) : [],
	);
}

function isInSection(item: FullItem, field: Field, wanted: string): boolean {
	const section = sectionOf(item, field);
	if (section === undefined) return wanted === '';
	return section.id === wanted || foldName(section.label ?? '') === foldName(wanted);
}

/** @returns the section of a field or file, with its label where the item has it. */
export function sectionOf(item: FullItem, { section }: { readonly section?: Section }): Section | undefined {
	// Not every server leaves out what is not there.
	if (!section) return undefined;
	return item.sections?.find(({ id }) => id === section.id) ?? section;
}

function describeSelector({ field, section }: FieldSelector): string {
	return section === undefined ? `"${field}"` : `"${field}" in section "${section}"`;
}

/** @returns what an error calls a field: its label, with the section, and its id. */
export function describeField(item: FullItem, field: Field): string {
	const section = sectionLabel(item, field);
	const label = field.label || field.id;
	return `"${section === undefined ? label : `${section}.${label}`}" (${field.id})`;
}

function toCandidate(item: FullItem, field: Field): Candidate {
	const section = sectionLabel(item, field);
	return section === undefined ? { id: field.id } : { id: field.id, section };
}
