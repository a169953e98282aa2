/** The names of a field and its section in texts that people read. */

import type { Field, FullItem, Section } from '../wire';

/** @returns the section of a field or file, with its label if the item has one. */
export function sectionOf(item: Pick<FullItem, 'sections'>, { section }: { readonly section?: Section }): Section | undefined {
	// Some servers send empty values for missing ones.
	if (!section) return undefined;
	return item.sections?.find(({ id }) => id === section.id) ?? section;
}

export function sectionLabel(item: FullItem, field: Field): string | undefined {
	return sectionOf(item, field)?.label || undefined;
}

/** @returns the name of a field in errors: its label with the section, and its ID. */
export function describeField(item: FullItem, field: Field): string {
	const section = sectionLabel(item, field);
	const label = field.label || field.id;
	return `"${section === undefined ? label : `${section}.${label}`}" (${field.id || 'no ID'})`;
}

/** Some servers put fields without a section into one without a name. */
export function isLoose(item: FullItem, member: { readonly section?: Section }): boolean {
	const section = sectionOf(item, member);
	return section === undefined || (!section.label && (!section.id || section.id === 'add more'));
}
