/**
 * Finds what a secret reference means inside its item: one field, or in its place one file. An id wins over a name, an
 * exact name over one that differs in case, a field without section over one in a section, a field over a file. Two that
 * fit equally well are refused.
 */

import { MAX_NAMED_FIELDS, describeField, sectionOf } from '../fieldSelector';
import { foldName, matchByName, only, type Match } from '../nameMatch';
import { OnePasswordError } from '../onePasswordError';
import type { SecretReference } from './secretReference';
import type { Field, File, FullItem, Section } from '../wire';

export type ReferenceTarget =
	| { readonly kind: 'field'; readonly field: Field }
	| { readonly kind: 'file'; readonly file: File };

type Part = Pick<SecretReference, 'section' | 'field'>;
type Member = Field | File;

/** @throws OnePasswordError FIELD_NOT_FOUND naming what there is, or AMBIGUOUS with the candidates. */
export function findTarget(item: FullItem, part: Part): ReferenceTarget {
	const field = matchMember(item, item.fields ?? [], part, ({ label }) => label);
	if (field.kind === 'one') return { kind: 'field', field: field.found };
	if (field.kind === 'many') throw ambiguous(item, part, field.found);
	const file = matchMember(item, item.files ?? [], part, ({ name }) => name);
	if (file.kind === 'one') return { kind: 'file', file: file.found };
	if (file.kind === 'many') throw ambiguous(item, part, file.found);
	throw notFound(item, part);
}

function matchMember<T extends Member>(
	item: FullItem,
	members: readonly T[],
	{ section, field: name }: Part,
	nameOf: (member: T) => string | undefined,
): Match<T> {
	const candidates = section === undefined ? members : inSection(item, members, section);
	const byId = only(candidates.filter(({ id }) => id === name));
	if (byId.kind === 'one') return byId;
	const loose = section === undefined ? candidates.filter((member) => isLoose(item, member)) : [];
	const preferred = matchByName(loose, name, nameOf);
	return preferred.kind === 'none' ? matchByName(candidates, name, nameOf) : preferred;
}

/** Some servers put fields that have no section into one that has no name. */
function isLoose(item: FullItem, member: Member): boolean {
	const section = sectionOf(item, member);
	return section === undefined || (!section.label && (!section.id || section.id === 'add more'));
}

/** Two sections may share a label; then the members of both count. */
function inSection<T extends Member>(item: FullItem, members: readonly T[], wanted: string): readonly T[] {
	const fits: ReadonlyArray<(section: Section) => boolean> = [
		({ id }) => id === wanted,
		({ label }) => label === wanted,
		({ label }) => foldName(label ?? '') === foldName(wanted),
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
		advice: `Name the section as well, or use the id: ${found.map((member) => describeMember(item, member)).join(', ')}.`,
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
			members.length === 0
				? 'It has no fields and no files at all.'
				: `It has: ${listed.join(', ')}${members.length > listed.length ? ', …' : ''}.`,
	});
}

function describe({ section, field }: Part): string {
	return section === undefined ? `"${field}"` : `"${field}" in a section "${section}"`;
}

function describeMember(item: FullItem, member: Member): string {
	return isFile(member) ? `"${member.name}" (${member.id})` : describeField(item, member);
}

function isFile(member: Member | undefined): member is File {
	return member !== undefined && 'name' in member;
}
