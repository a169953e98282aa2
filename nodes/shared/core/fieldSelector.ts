/**
 * Finds the one field of an item that a person means by an id, a label, or `section.label`. Refuses to guess: two
 * fields that fit equally well are an error that names both.
 */

import { foldName, matchByName, only, type Match } from './nameMatch';
import { OnePasswordError, type Candidate } from './onePasswordError';
import type { Field, FullItem, Section } from './wire';

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
	const labels = (item.fields ?? []).map((field) => describeField(item, field));
	throw new OnePasswordError({
		code: 'FIELD_NOT_FOUND',
		message: `The item has no field ${name}.`,
		advice: labels.length > 0 ? `Its fields are: ${labels.join(', ')}.` : 'It has no fields at all.',
	});
}

function matchInside(fields: readonly Field[], name: string): Match<Field> {
	const byId = only(fields.filter((field) => field.id === name));
	return byId.kind === 'one' ? byId : matchByName(fields, name, (field) => field.label);
}

/** Labels and section names may hold dots themselves, so every dot is tried as the border between the two. */
function matchQualified(item: FullItem, path: string): Match<Field> {
	const found = new Set<Field>();
	for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
		const section = path.slice(0, dot);
		const inside = (item.fields ?? []).filter((field) => isInSection(item, field, section));
		const match = matchInside(inside, path.slice(dot + 1));
		if (match.kind === 'one') found.add(match.found);
		if (match.kind === 'many') match.found.forEach((field) => found.add(field));
	}
	return only([...found]);
}

function isInSection(item: FullItem, field: Field, wanted: string): boolean {
	const section = sectionOf(item, field);
	if (section === undefined) return wanted === '';
	return section.id === wanted || foldName(section.label ?? '') === foldName(wanted);
}

function sectionOf(item: FullItem, field: Field): Section | undefined {
	if (field.section === undefined) return undefined;
	const id = field.section.id;
	return item.sections?.find((section) => section.id === id) ?? field.section;
}

function describeSelector({ field, section }: FieldSelector): string {
	return section === undefined ? `"${field}"` : `"${field}" in section "${section}"`;
}

function describeField(item: FullItem, field: Field): string {
	const section = sectionLabel(item, field);
	const label = field.label || field.id;
	return `"${section === undefined ? label : `${section}.${label}`}" (${field.id})`;
}

function toCandidate(item: FullItem, field: Field): Candidate {
	const section = sectionLabel(item, field);
	return section === undefined ? { id: field.id } : { id: field.id, section };
}
