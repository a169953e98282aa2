import type { StoredField } from '../store/records';

export const CATEGORIES: ReadonlySet<string> = new Set([
	'API_CREDENTIAL',
	'BANK_ACCOUNT',
	'CREDIT_CARD',
	'CUSTOM',
	'DATABASE',
	'DOCUMENT',
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
	'SSH_KEY',
	'WIRELESS_ROUTER',
]);

export type BuiltInPurpose = 'USERNAME' | 'PASSWORD' | 'NOTES';

/** What a purpose makes of a field. */
export const BUILT_IN: Readonly<Record<BuiltInPurpose, { readonly id: string; readonly type: string }>> = {
	USERNAME: { id: 'username', type: 'STRING' },
	PASSWORD: { id: 'password', type: 'CONCEALED' },
	NOTES: { id: 'notesPlain', type: 'STRING' },
};

export function isBuiltInPurpose(purpose: string): purpose is BuiltInPurpose {
	return Object.hasOwn(BUILT_IN, purpose);
}

/** Only these two templates have fields for filling in. */
export function takesPurposes(category: string): boolean {
	return category === 'LOGIN' || category === 'PASSWORD';
}

/** The fields with those of the template, which an item has even when they are empty. */
export function withTemplate(category: string, fields: readonly StoredField[]): readonly StoredField[] {
	const missing = templatePurposes(category).filter(
		(purpose) => !fields.some((field) => field.purpose === purpose || field.id === BUILT_IN[purpose].id),
	);
	const empty = missing.map((purpose): StoredField => ({ ...BUILT_IN[purpose], purpose, label: BUILT_IN[purpose].id }));
	return empty.length === 0 ? fields : [...empty, ...fields];
}

function templatePurposes(category: string): readonly BuiltInPurpose[] {
	if (category === 'LOGIN') return ['USERNAME', 'PASSWORD', 'NOTES'];
	return category === 'PASSWORD' ? ['PASSWORD', 'NOTES'] : ['NOTES'];
}
