/** What Connect can write (field types, categories, lengths), and when two forms of a value mean the same. */

import { dayOfSeconds, isDateType, readDay, readMonth } from '../time/dates';
import type { CharacterSet, Field, FieldType, ItemCategory, WritableFieldType } from '../wire';

/** The one list of the types of fields to write, with their names in the editor, which offers and accepts these. */
export const FIELD_TYPE_NAMES: Readonly<Record<WritableFieldType, string>> = {
	CONCEALED: 'Concealed',
	DATE: 'Date',
	EMAIL: 'Email',
	MENU: 'Menu',
	MONTH_YEAR: 'Month and Year',
	OTP: 'One-Time Password',
	STRING: 'Text',
	URL: 'URL',
};

export const WRITABLE_FIELD_TYPES = Object.keys(FIELD_TYPE_NAMES) as readonly WritableFieldType[];

/** Length of a value that Connect generates. By default at least as many bits as 32 characters from all three sets. */
export const GENERATED_LENGTH = { minimum: 1, maximum: 64, default: 34 } as const;

/**
 * Character sets of a value that Connect generates. Connect doesn't document which symbols it uses, so the default has none:
 * some of them would need escaping in a URL, a shell command, or a file.
 */
export const GENERATED_SETS = ['LETTERS', 'DIGITS'] as const satisfies readonly CharacterSet[];

/**
 * Categories that can be created: all except CUSTOM and DOCUMENT, which Connect refuses, and SSH_KEY, whose key it would
 * lose.
 */
export const CREATABLE_CATEGORIES = [
	'API_CREDENTIAL',
	'BANK_ACCOUNT',
	'CREDIT_CARD',
	'DATABASE',
	'DRIVER_LICENSE',
	'EMAIL_ACCOUNT',
	'IDENTITY',
	'LOGIN',
	'MEDICAL_RECORD',
	'MEMBERSHIP',
	'OUTDOOR_LICENSE',
	'PASSPORT',
	'PASSWORD',
	'REWARD_PROGRAM',
	'SECURE_NOTE',
	'SERVER',
	'SOCIAL_SECURITY_NUMBER',
	'SOFTWARE_LICENSE',
	'WIRELESS_ROUTER',
] as const satisfies readonly ItemCategory[];

/** @returns the type of a field; a field without a type is text, as defined in the API's schema. */
export function typeOf({ type }: Pick<Field, 'type'>): FieldType {
	return type ?? 'STRING';
}

export function isWritableType(type: string): type is WritableFieldType {
	return (WRITABLE_FIELD_TYPES as readonly string[]).includes(type);
}

/**
 * @param stored as the server returns it: dates in seconds, months as `YYYYMM`.
 * @param wanted in any form that `toWireValue` accepts.
 * @returns whether both mean the same. Days are compared by their date in UTC, seconds exactly.
 */
export function isSameValue(type: string, stored: string, wanted: string): boolean {
	if (stored === wanted) return true;
	if (stored === '' || !isDateType(type)) return false;
	if (type === 'DATE') return dayOfSeconds(stored) !== undefined && dayOfSeconds(stored) === readDay(wanted);
	return stored === readMonth(wanted);
}

/**
 * Like `isSameValue`, but checks whether a value that was just sent has arrived: seconds only need to fall on the same day.
 */
export function hasArrived(type: string, stored: string, sent: string): boolean {
	if (isSameValue(type, stored, sent)) return true;
	return type === 'DATE' && dayOfSeconds(sent) !== undefined && dayOfSeconds(stored) === dayOfSeconds(sent);
}
