import type { Section } from '../../../../nodes/shared/core/wire';
import { failure } from '../failure';
import { arrayAt, objectAt, stringAt } from './json';
import type { Rules } from './rules';

export function readSections(raw: unknown, rules: Rules): Section[] {
	return arrayAt(raw, 'sections').map((entry, index) => readSection(entry, `sections[${index}]`, rules));
}

export function readSection(raw: unknown, member: string, rules: Rules): Section {
	const section = objectAt(raw, member);
	const label = stringAt(section['label'], `${member}.label`);
	return { id: stringAt(section['id'], `${member}.id`) || rules.ids.next(), ...(label && { label }) };
}

export interface Placement {
	/** The item's sections, with the new one if the field made one. */
	readonly sections: readonly Section[];
	/** Undefined: outside of all sections. */
	readonly section?: Section;
	readonly dropped: boolean;
}

/** Where a field goes that says `raw` of its section. @throws ConnectFailure 400 */
export function placeField(raw: unknown, sections: readonly Section[], rules: Rules): Placement {
	if (raw === undefined || raw === null) return { sections, dropped: false };
	const wanted = objectAt(raw, 'section');
	const id = stringAt(wanted['id'], 'section.id');
	const label = stringAt(wanted['label'], 'section.label');
	if (!id && !label) return { sections, dropped: false };
	// A section given by its label alone is a guess.
	const known = sections.find((section) => (id ? section.id === id : section.label === label));
	if (known) return { sections, section: { id: known.id }, dropped: false };
	if (rules.behaviour.unknownSection === 'drop') return { sections, dropped: true };
	if (rules.behaviour.unknownSection === 'reject') {
		throw failure.badRequest(`The item doesn't have a ${id || label} section.`);
	}
	const made: Section = { id: id || rules.ids.next(), ...(label && { label }) };
	return { sections: [...sections, made], section: { id: made.id }, dropped: false };
}
