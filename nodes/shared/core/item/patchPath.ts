/** Where a patch operation points. Connect addresses fields by id; how it reads escapes in an id is documented nowhere. */

import { requireUniqueId } from '../fields/fieldIdentity';
import { invalidInput } from '../errors/onePasswordError';
import type { Field, FullItem } from '../wire';

const ADVICE = 'Change this field in the 1Password app.';

/**
 * Every operation on a field that exists gets its path here, so that none can reach another field.
 * @throws OnePasswordError AMBIGUOUS for an id that several fields of the item have; INVALID_INPUT for a field without an id, or
 * one whose id would have to be escaped.
 */
export function fieldPath(item: FullItem, field: Field): string {
	const name = field.label || field.id;
	if (field.id === '') throw invalidInput(`The field "${name}" has no ID, so Connect can't change it.`, ADVICE);
	if (/^-$|[~/]/.test(field.id)) {
		throw invalidInput(`The ID of the field "${name}" contains a character that Connect can't address.`, ADVICE);
	}
	requireUniqueId(item, field);
	return `/fields/${field.id}`;
}
