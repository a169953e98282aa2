/** What Connect can write: field types, categories, lengths; and when two forms of a value mean the same. */

import type { Field, FieldType, ItemCategory, WritableFieldType } from './wire';

export const WRITABLE_FIELD_TYPES = [
	'CONCEALED',
	'DATE',
	'EMAIL',
	'MENU',
	'MONTH_YEAR',
	'OTP',
	'STRING',
	'URL',
] as const satisfies readonly WritableFieldType[];

/** Characters of a value that Connect generates. */
export const GENERATED_LENGTH = { minimum: 1, maximum: 64, default: 32 } as const;

/** Categories that Connect creates: all but CUSTOM and DOCUMENT, which it refuses, and SSH_KEY, whose key it would lose. */
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

/** @returns the type of a field; one that comes without a type is text, as the schema of the API says. */
export function typeOf({ type }: Pick<Field, 'type'>): FieldType {
	return type ?? 'STRING';
}

export function isWritableType(type: string): type is WritableFieldType {
	return (WRITABLE_FIELD_TYPES as readonly string[]).includes(type);
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** No time zone is further from UTC. */
const WIDEST_ZONE_SECONDS = 14 * 3600;

/**
 * @param stored as the server returns it: dates in seconds, months as `YYYYMM`.
 * @param wanted as people write it too: `YYYY-MM-DD`, `YYYY/MM`.
 * @returns whether both mean the same. A day counts by its date in UTC.
 */
export function isSameValue(type: string, stored: string, wanted: string): boolean {
	if (stored === wanted) return true;
	if (type === 'MONTH_YEAR') return stored === wanted.replace('/', '');
	if (type !== 'DATE' || !DAY.test(wanted) || !/^-?\d+$/.test(stored)) return false;
	const date = new Date(Number(stored) * 1000);
	return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(wanted);
}

/**
 * Like `isSameValue`, to tell whether a value that was just sent has arrived: servers read a day in their own time zone,
 * so it may come back as one that starts up to 14 hours away.
 */
export function hasArrived(type: string, stored: string, sent: string): boolean {
	if (isSameValue(type, stored, sent)) return true;
	if (type !== 'DATE' || !DAY.test(sent) || stored === '') return false;
	return Math.abs(Number(stored) - Date.parse(sent) / 1000) <= WIDEST_ZONE_SECONDS;
}
