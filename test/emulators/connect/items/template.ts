import type { Behaviour } from '../behaviour';
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

/** Which fields of its template an item gets, and where they stand. */
export type TemplateRules = Pick<Behaviour, 'emptyBuiltIns' | 'fieldOrder'>;

/** The fields with those of the template, which an item has even when they are empty. */
export function withTemplate(category: string, fields: readonly StoredField[], { emptyBuiltIns, fieldOrder }: TemplateRules): readonly StoredField[] {
	const template = templateOf(category);
	const missing = template
		.filter(({ purpose }) => purpose !== undefined || emptyBuiltIns === 'template')
		.filter(({ id, purpose }) => !fields.some((field) => field.id === id || (purpose && field.purpose === purpose)));
	if (fieldOrder === 'asSent') return missing.length === 0 ? fields : [...missing, ...fields];
	const places = new Map(template.map(({ id }, index) => [id, index]));
	const placeOf = ({ id, section }: StoredField) => (section ? undefined : places.get(id)) ?? template.length;
	// Stable: the others keep their order.
	return [...missing, ...fields].sort((one, other) => placeOf(one) - placeOf(other));
}

function templateOf(category: string): readonly StoredField[] {
	return TEMPLATES[category] ?? [emptyOf('NOTES')];
}

function emptyOf(purpose: BuiltInPurpose): StoredField {
	return { ...BUILT_IN[purpose], purpose, label: BUILT_IN[purpose].id };
}

/** As recorded answers show them; other categories have more built-in fields as well, which nobody has recorded. */
const TEMPLATES: Readonly<Record<string, readonly StoredField[]>> = {
	LOGIN: [emptyOf('USERNAME'), emptyOf('PASSWORD'), emptyOf('NOTES')],
	PASSWORD: [emptyOf('PASSWORD'), emptyOf('NOTES')],
	API_CREDENTIAL: [
		emptyOf('NOTES'),
		{ id: 'username', type: 'STRING', label: 'username' },
		{ id: 'credential', type: 'CONCEALED', label: 'credential' },
		{ id: 'type', type: 'MENU', label: 'type' },
		{ id: 'filename', type: 'STRING', label: 'filename' },
		{ id: 'validFrom', type: 'DATE', label: 'valid from' },
		{ id: 'expires', type: 'DATE', label: 'expires' },
		{ id: 'hostname', type: 'STRING', label: 'hostname' },
	],
	CREDIT_CARD: [
		emptyOf('NOTES'),
		{ id: 'cardholder', type: 'STRING', label: 'cardholder name' },
		{ id: 'type', type: 'CREDIT_CARD_TYPE', label: 'type' },
		{ id: 'ccnum', type: 'CREDIT_CARD_NUMBER', label: 'number' },
		{ id: 'cvv', type: 'CONCEALED', label: 'verification number' },
		{ id: 'expiry', type: 'MONTH_YEAR', label: 'expiry date' },
		{ id: 'validFrom', type: 'MONTH_YEAR', label: 'valid from' },
	],
};
