/**
 * Finds the one field of an item that matches an ID, a label, `section.label`, or the English name of a built-in field.
 * Never guesses: two equally good matches are an error that lists both.
 */

import { englishLabels, englishSection } from './builtInFields';
import { toCandidate } from './fieldIdentity';
import { matchBuiltIn, preferOwn, preferOwnOf } from './fieldMatch';
import { describeField, sectionLabel, sectionOf } from './fieldName';
import { foldName, matchByName, only, type Match } from '../names/nameMatch';
import { OnePasswordError } from '../errors/onePasswordError';
import { isRotationSection, partOf } from './rotationSection';
import type { Field, FullItem } from '../wire';

export { describeField, sectionLabel } from './fieldName';

/** Maximum number of fields listed in an error. */
export const MAX_NAMED_FIELDS = 50;

export interface FieldSelector {
	/** ID, label or `section.label`. */
	readonly field: string;
	/** Label or ID of the section; if given, `field` is an ID or label inside it. */
	readonly section?: string;
}

export function matchField(item: FullItem, selector: FieldSelector): Match<Field> {
	const fields = item.fields ?? [];
	if (selector.section !== undefined) {
		const wanted = selector.section;
		const inside = fields.filter((field) => isInSection(item, field, wanted));
		const direct = matchInside(item, inside, selector.field);
		return direct.kind === 'none' ? matchBuiltIn(item, inside, selector.field) : direct;
	}
	const direct = matchInside(item, fields, selector.field);
	if (direct.kind !== 'none') return direct;
	const others = [
		() => matchQualified(item, selector.field, pathsTo),
		() => matchBuiltIn(item, fields, selector.field),
		() => matchQualified(item, selector.field, englishPathsTo),
	];
	for (const match of others) {
		const found = match();
		if (found.kind !== 'none') return found;
	}
	return direct;
}

/** @throws OnePasswordError FIELD_NOT_FOUND, listing the existing labels, or AMBIGUOUS with the candidates. */
export function requireField(item: FullItem, selector: FieldSelector): Field {
	const match = matchField(item, selector);
	if (match.kind === 'one') return match.found;
	const name = describeSelector(selector);
	if (match.kind === 'many') {
		throw new OnePasswordError({
			code: 'AMBIGUOUS',
			message: `${match.found.length} fields of the item are called ${name}.`,
			advice: `Include the section, or use the field's ID if it is unique: ${match.found.map((field) => describeField(item, field)).join(', ')}.`,
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
				? `It has no fields${fields.length === 0 ? ' at all' : ' except those of its rotation'}.`
				: `Its fields are: ${labels.join(', ')}${others.length > labels.length ? ', …' : ''}.`,
	});
}

/** Among a dozen of them, the fields that a person may have meant would be hard to find. */
function isPartOfRotation(item: FullItem, field: Field): boolean {
	return isRotationSection(sectionLabel(item, field)) && partOf(field) !== undefined;
}

function matchInside(item: FullItem, fields: readonly Field[], name: string): Match<Field> {
	// An empty ID doesn't match a field without an ID.
	const byId = name === '' ? [] : fields.filter((field) => field.id === name);
	if (byId.length === 1) return only(byId);
	if (byId.length > 1)
		return preferOwn(
			item,
			fields.filter(({ id, label }) => id === name || label === name),
		);
	return preferOwnOf(
		item,
		matchByName(fields, name, ({ label }) => label),
	);
}

type PathsTo = (item: FullItem, field: Field) => readonly string[];

/** Labels and section names can contain dots, so a path is never split. It is compared with each field's own paths. */
function matchQualified(item: FullItem, path: string, pathsOf: PathsTo): Match<Field> {
	const fields = item.fields ?? [];
	const exact = only(fields.filter((field) => pathsOf(item, field).includes(path)));
	if (exact.kind !== 'none') return exact;
	const folded = foldName(path);
	return only(fields.filter((field) => pathsOf(item, field).map(foldName).includes(folded)));
}

function pathsTo(item: FullItem, field: Field): string[] {
	const section = sectionOf(item, field);
	return joinPaths([section?.label, section?.id], [field.label, field.id]);
}

function englishPathsTo(item: FullItem, field: Field): string[] {
	const section = sectionOf(item, field);
	const names = section && [englishSection(section), section.label, section.id];
	return joinPaths(names ?? [], [...englishLabels(item, field), field.label, field.id]);
}

function joinPaths(sections: ReadonlyArray<string | undefined>, names: ReadonlyArray<string | undefined>): string[] {
	return sections.flatMap((section) => (section ? names.flatMap((name) => (name ? `${section}.${name}` : [])) : []));
}

function isInSection(item: FullItem, field: Field, wanted: string): boolean {
	const section = sectionOf(item, field);
	if (section === undefined) return wanted === '';
	const names = [section.label ?? '', englishSection(section) ?? section.label ?? ''];
	return section.id === wanted || names.some((name) => foldName(name) === foldName(wanted));
}

function describeSelector({ field, section }: FieldSelector): string {
	return section === undefined ? `"${field}"` : `"${field}" in section "${section}"`;
}
