/** Where a patch operation points. Connect addresses fields by id; how it treats escapes in an ID is undocumented. */

import { requireUniqueId } from '../fields/fieldIdentity';
import { invalidInput } from '../errors/onePasswordError';
import type { Field, FullItem } from '../wire';

const ADVICE = 'Change this field in the 1Password app.';

/**
 * Every operation on an existing field gets its path here, so none can reach another field.
 * @throws OnePasswordError AMBIGUOUS for an ID that several fields of the item share; INVALID_INPUT for a field without an
 * ID or with one that would need escaping.
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
