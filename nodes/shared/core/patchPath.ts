/** Where a patch operation points. Connect addresses fields by id; how it reads escapes in an id is documented nowhere. */

import { invalidInput } from './onePasswordError';
import type { Field } from './wire';

/** @throws OnePasswordError INVALID_INPUT for an id that would have to be escaped. */
export function fieldPath(field: Field): string {
	if (/^-?$|[~/]/.test(field.id)) {
		throw invalidInput(
			`The id of the field "${field.label ?? field.id}" holds a character that Connect can't address.`,
			'Change this field in the 1Password app.',
		);
	}
	return `/fields/${field.id}`;
}
