/**
 * Decides which fields are secret. A field counts as secret unless its type is known to be harmless, or if its value looks
 * like a secret.
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

/** Built-in fields that 1Password's own templates conceal. Another client may have stored them with a different type. */
const SECRET_IDS: ReadonlySet<string> = new Set([
	'admin_console_password',
	'ccnum',
	'credential',
	'cvv',
	'disk_password',
	// Not every server sets the purpose of the notes.
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

/** IDs that are secret in one category and harmless in others, such as the number of a passport. */
const SECRET_IDS_OF: ReadonlyMap<string, readonly string[]> = new Map([['SOCIAL_SECURITY_NUMBER', ['number']]]);

/**
 * Notes are secret too: they are the body of a secure note, and people keep recovery codes in them.
 * @param category of the item. Default: IDs that are secret in only one category do not count.
 */
export function isConcealed(field: Field, category = ''): boolean {
	const { id, value } = field;
	const purpose = field.purpose?.toUpperCase();
	if (purpose === 'PASSWORD' || purpose === 'NOTES') return true;
	if (SECRET_IDS.has(id) || SECRET_IDS_OF.get(category)?.includes(id)) return true;
	return !VISIBLE_TYPES.has(typeOf(field)) || holdsSecret(value ?? '');
}
