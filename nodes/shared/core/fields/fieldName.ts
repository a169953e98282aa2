/** What a field, and the section it is in, are called in texts that people read. */

import type { Field, FullItem, Section } from '../wire';

/** @returns the section of a field or file, with its label where the item has it. */
export function sectionOf(item: Pick<FullItem, 'sections'>, { section }: { readonly section?: Section }): Section | undefined {
	// Not every server leaves out what is not there.
	if (!section) return undefined;
	return item.sections?.find(({ id }) => id === section.id) ?? section;
}

export function sectionLabel(item: FullItem, field: Field): string | undefined {
	return sectionOf(item, field)?.label || undefined;
}

/** @returns what an error calls a field: its label, with the section, and its id. */
export function describeField(item: FullItem, field: Field): string {
	const section = sectionLabel(item, field);
	const label = field.label || field.id;
	return `"${section === undefined ? label : `${section}.${label}`}" (${field.id || 'no ID'})`;
}

/** Some servers put fields that have no section into one that has no name. */
export function isLoose(item: FullItem, member: { readonly section?: Section }): boolean {
	const section = sectionOf(item, member);
	return section === undefined || (!section.label && (!section.id || section.id === 'add more'));
}
