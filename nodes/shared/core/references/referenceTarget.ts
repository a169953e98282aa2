/**
 * Finds what a secret reference refers to in its item: one field, or else one file. An ID wins over a name, an exact name
 * over one that differs in case, a field without a section over one in a section, a field over a file, and all of these over
 * the English name of a built-in field. Two equally good matches are refused.
 */

import { englishSection } from '../fields/builtInFields';
import { describeField, isLoose, sectionOf } from '../fields/fieldName';
import { matchBuiltIn, preferOwnOf } from '../fields/fieldMatch';
import { MAX_NAMED_FIELDS } from '../fields/fieldSelector';
import { foldName, matchByName, only, type Match } from '../names/nameMatch';
import { OnePasswordError } from '../errors/onePasswordError';
import type { SecretReference } from './secretReference';
import type { Field, ItemFile, FullItem, Section } from '../wire';

export type ReferenceTarget = { readonly kind: 'field'; readonly field: Field } | { readonly kind: 'file'; readonly file: ItemFile };

type Part = Pick<SecretReference, 'section' | 'field'>;
type Member = Field | ItemFile;

/** @throws OnePasswordError FIELD_NOT_FOUND, listing what exists, or AMBIGUOUS with the candidates. */
export function findTarget(item: FullItem, part: Part): ReferenceTarget {
	const field = preferOwnOf(
		item,
		matchMember(item, item.fields ?? [], part, ({ label }) => label),
	);
	if (field.kind === 'one') return { kind: 'field', field: field.found };
	if (field.kind === 'many') throw ambiguous(item, part, field.found);
	const file = matchMember(item, item.files ?? [], part, ({ name }) => name);
	if (file.kind === 'one') return { kind: 'file', file: file.found };
	if (file.kind === 'many') throw ambiguous(item, part, file.found);
	const builtIn = matchBuiltIn(item, candidatesFor(item, item.fields ?? [], part), part.field);
	if (builtIn.kind === 'one') return { kind: 'field', field: builtIn.found };
	if (builtIn.kind === 'many') throw ambiguous(item, part, builtIn.found);
	throw notFound(item, part);
}

function candidatesFor<T extends Member>(item: FullItem, members: readonly T[], { section }: Part): readonly T[] {
	return section === undefined ? members : inSection(item, members, section);
}

function matchMember<T extends Member>(item: FullItem, members: readonly T[], part: Part, nameOf: (member: T) => string | undefined): Match<T> {
	const name = part.field;
	const candidates = candidatesFor(item, members, part);
	const byId = only(candidates.filter(({ id }) => id === name));
	if (byId.kind === 'one') return byId;
	const loose = part.section === undefined ? candidates.filter((member) => isLoose(item, member)) : [];
	const preferred = matchByName(loose, name, nameOf);
	if (preferred.kind !== 'none') return preferred;
	return byId.kind === 'none' ? matchByName(candidates, name, nameOf) : byId;
}

/** Two sections can share a label; the fields and files of both then count. */
function inSection<T extends Member>(item: FullItem, members: readonly T[], wanted: string): readonly T[] {
	const fits: ReadonlyArray<(section: Section) => boolean> = [
		({ id }) => id === wanted,
		({ label }) => label === wanted,
		({ label }) => foldName(label ?? '') === foldName(wanted),
		(section) => foldName(englishSection(section) ?? '') === foldName(wanted),
	];
	for (const isWanted of fits) {
		const found = members.filter((member) => {
			const section = sectionOf(item, member);
			return section !== undefined && isWanted(section);
		});
		if (found.length > 0) return found;
	}
	return [];
}

function ambiguous(item: FullItem, part: Part, found: readonly Member[]): OnePasswordError {
	const candidates = found.map((member) => {
		const section = sectionOf(item, member)?.label;
		return section ? { id: member.id, section } : { id: member.id };
	});
	return new OnePasswordError({
		code: 'AMBIGUOUS',
		message: `${found.length} ${isFile(found[0]) ? 'files' : 'fields'} of the item are called ${describe(part)}.`,
		advice: `Include the section, or use the ID: ${found.map((member) => describeMember(item, member)).join(', ')}.`,
		candidates,
	});
}

function notFound(item: FullItem, part: Part): OnePasswordError {
	const members: Member[] = [...(item.fields ?? []), ...(item.files ?? [])];
	const listed = members.slice(0, MAX_NAMED_FIELDS).map((member) => describeMember(item, member));
	return new OnePasswordError({
		code: 'FIELD_NOT_FOUND',
		message: `The item has no field or file ${describe(part)}.`,
		advice:
			members.length === 0 ? 'It has no fields and no files at all.' : `It has: ${listed.join(', ')}${members.length > listed.length ? ', …' : ''}.`,
	});
}

function describe({ section, field }: Part): string {
	return section === undefined ? `"${field}"` : `"${field}" in a section "${section}"`;
}

function describeMember(item: FullItem, member: Member): string {
	return isFile(member) ? `"${member.name}" (${member.id})` : describeField(item, member);
}

function isFile(member: Member | undefined): member is ItemFile {
	return member !== undefined && 'name' in member;
}
