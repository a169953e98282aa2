import type { ItemUrl } from '../../../../nodes/shared/core/wire';
import { failure } from '../failure';
import type { ItemContents, StoredField } from '../store/records';
import { arrayAt, booleanAt, objectAt, stringAt } from './json';
import { describePasswords } from './passwordDetails';
import type { Rules } from './rules';
import { BUILT_IN, isBuiltInPurpose, withTemplate } from './template';

/** The contents with all that the server adds. `previous`: the fields before this write. */
export function completeContents(contents: ItemContents, previous: readonly StoredField[] | undefined, rules: Rules): ItemContents {
	return {
		...contents,
		tags: rules.behaviour.sortTags ? [...contents.tags].sort() : contents.tags,
		fields: describePasswords(withTemplate(contents.category, contents.fields, rules.behaviour), previous),
	};
}

/**
 * An ID can occur in several sections, as in saved form fields and imports. `before`: fields that may stay as they are.
 * @throws ConnectFailure 400 when two fields have one purpose, or one id in one section
 */
export function refuseDoubles(fields: readonly StoredField[], before: readonly StoredField[] = []): void {
	const seen = new Set<string>();
	for (const { purpose } of fields) {
		if (purpose && isBuiltInPurpose(purpose)) refuseDoublePurpose(seen, BUILT_IN[purpose].id);
	}
	// Whether real servers refuse this is a guess.
	const allowed = countPlaces(before);
	for (const [place, count] of countPlaces(fields)) {
		if (count > Math.max(1, allowed.get(place) ?? 0)) throw failure.badRequest('Invalid item: two fields have the same id');
	}
}

function countPlaces(fields: readonly StoredField[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const { id, section } of fields) {
		const place = `${section?.id ?? ''}/${id}`;
		counts.set(place, (counts.get(place) ?? 0) + 1);
	}
	return counts;
}

function refuseDoublePurpose(seen: Set<string>, name: string): void {
	if (seen.has(name)) {
		throw failure.badRequest(
			`Logic: (Unable to parse Item), Validation: (too many "${name}" fields in Apply()), ` + `You can only use one "${name}" field.`,
		);
	}
	seen.add(name);
}

export function readUrls(raw: unknown): ItemUrl[] {
	return arrayAt(raw, 'urls').map((entry, index) => {
		const url = objectAt(entry, `urls[${index}]`);
		const href = stringAt(url['href'], `urls[${index}].href`);
		if (href === undefined) throw failure.badRequest(`Invalid request body: urls[${index}].href is missing`);
		const label = stringAt(url['label'], `urls[${index}].label`);
		const primary = booleanAt(url['primary'], `urls[${index}].primary`);
		return { ...(label && { label }), ...(primary && { primary }), href };
	});
}

export function readTags(raw: unknown): string[] {
	return arrayAt(raw, 'tags').map((tag, index) => stringAt(tag, `tags[${index}]`) ?? '');
}
