/**
 * Decides which fields are secret. A field type that is not known to be harmless counts as secret, and so does a value that
 * looks like a secret, whatever its type.
 */

import { typeOf } from './fieldTypes';
import { holdsSecret } from './secretContent';
import type { Field } from '../wire';

const VISIBLE_TYPES: ReadonlySet<string> = new Set([
	'ADDRESS',
	'CREDIT_CARD_TYPE',
	'DATE',
	'EMAIL',
	'GENDER',
	'MENU',
	'MONTH_YEAR',
	'PHONE',
	'STRING',
	'URL',
]);

/** Built-in fields that 1Password's own templates conceal. Another client may have stored them as another type. */
const SECRET_IDS: ReadonlySet<string> = new Set([
	'admin_console_password',
	'ccnum',
	'credential',
	'cvv',
	'disk_password',
	// Not every server gives the notes their purpose.
	'notesPlain',
	'password',
	'pin',
	'pop_password',
	'private_key',
	'recoveryPhrase',
	'smtp_password',
	'telephonePin',
	'wireless_password',
]);

/** Ids that are secret in one category, and harmless in others: the number of a passport, for one. */
const SECRET_IDS_OF: ReadonlyMap<string, readonly string[]> = new Map([['SOCIAL_SECURITY_NUMBER', ['number']]]);

/**
 * Notes are secret too: the body of a secure note is one, and people keep recovery codes in them.
 * @param category of the item. Default: ids that are secret in one category only do not count.
 */
export function isConcealed(field: Field, category = ''): boolean {
	const { id, value } = field;
	const purpose = field.purpose?.toUpperCase();
	if (purpose === 'PASSWORD' || purpose === 'NOTES') return true;
	if (SECRET_IDS.has(id) || SECRET_IDS_OF.get(category)?.includes(id)) return true;
	return !VISIBLE_TYPES.has(typeOf(field)) || holdsSecret(value ?? '');
}
