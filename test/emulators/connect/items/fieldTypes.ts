import type { Section } from '../../../../nodes/shared/core/wire';
import { failure } from '../failure';
import type { JsonObject } from './json';
import { objectAt, stringAt } from './json';

const WRITABLE: ReadonlySet<string> = new Set(['STRING', 'EMAIL', 'CONCEALED', 'URL', 'OTP', 'DATE', 'MONTH_YEAR', 'MENU', 'SSHKEY']);

/** Upper case, whatever case it was sent in. */
export function typeOf(field: JsonObject): string {
	return (stringAt(field['type'], 'type') || 'STRING').toUpperCase();
}

/** @throws ConnectFailure 400 in the words of the real validator, naming each field by its section's place */
export function refuseUnsupportedTypes(fields: readonly JsonObject[], sections: readonly Section[]): void {
	const errors: string[] = [];
	const counts = new Map<number, number>();
	for (const field of fields) {
		const place = sectionIndex(field, sections);
		const index = counts.get(place) ?? 0;
		counts.set(place, index + 1);
		if (field['purpose'] || WRITABLE.has(typeOf(field))) continue;
		const what = `details.sections[${place}].fields[${index}]`;
		errors.push(`${errors.length + 1}. ${what} has unsupported field type: ${typeOf(field).toLowerCase()}`);
	}
	if (errors.length === 0) return;
	const found = `[ItemValidator] has found ${errors.length} errors, 0 warnings: \nErrors:{${errors.join('\n')}}`;
	throw failure.badRequest(`Validation: (validateVaultItem failed to Validate), Couldn't validate the item: "${found}"`);
}

function sectionIndex(field: JsonObject, sections: readonly Section[]): number {
	const section = field['section'];
	if (section === undefined || section === null) return 0;
	const id = objectAt(section, 'section')['id'];
	return Math.max(
		0,
		sections.findIndex((known) => known.id === id),
	);
}
