/** Builds a new item, and new fields, in the form that Connect accepts. */

import { createHash } from 'node:crypto';

import type { FieldChange } from './fieldUpdate';
import { foldName } from './nameMatch';
import { invalidInput } from './onePasswordError';
import type {
	Field,
	FieldPurpose,
	ItemCategory,
	ItemDraft,
	ItemUrl,
	Section,
	WritableFieldType,
} from './wire';

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

export interface NewItem {
	readonly vaultId: string;
	readonly title: string;
	readonly category: ItemCategory;
	readonly fields?: readonly FieldChange[];
	readonly tags?: readonly string[];
	readonly urls?: readonly ItemUrl[];
	readonly favorite?: boolean;
}

type DraftField = Omit<Field, 'id' | 'type'> & { id?: string; type?: Field['type'] };

export function isWritableType(type: string): type is WritableFieldType {
	return (WRITABLE_FIELD_TYPES as readonly string[]).includes(type);
}

/** @throws OnePasswordError INVALID_INPUT for a category that Connect can't create or an action that needs an item. */
export function draftItem(item: NewItem): ItemDraft {
	if (!(CREATABLE_CATEGORIES as readonly string[]).includes(item.category)) {
		throw invalidInput(
			`Connect can't create items of category ${item.category}.`,
			'Create the item in the 1Password app, or choose another category.',
		);
	}
	const sections: Section[] = [];
	const fields = (item.fields ?? []).map((change) => {
		if (change.action === 'clear' || change.action === 'remove') {
			throw invalidInput(
				`The field "${change.field}" can't be emptied or removed: the item does not exist yet.`,
				"Choose 'Set Value' or 'Generate Value', or leave the entry out.",
			);
		}
		const made = makeField(change, sections, item.category);
		if (made.section && !sections.includes(made.section)) sections.push(made.section);
		return made.field;
	});
	return {
		title: item.title,
		category: item.category,
		vault: { id: item.vaultId },
		...(item.tags?.length && { tags: item.tags }),
		...(item.urls?.length && { urls: item.urls }),
		...(item.favorite && { favorite: true }),
		...(sections.length > 0 && { sections }),
		...(fields.length > 0 && { fields }),
	};
}

/**
 * @returns the field to send and the section it belongs to, which is one of `sections` where the label is known.
 */
export function makeField(
	change: FieldChange,
	sections: readonly Section[],
	category?: ItemCategory,
): { field: DraftField; section?: Section } {
	const { label, section } = placeField(change, sections);
	const purpose = section === undefined && category ? purposeOf(label, category) : undefined;
	const type = change.type ?? 'CONCEALED';
	const field: DraftField = {
		label,
		// Connect fills in id and type from the purpose; custom one-time password fields need this prefix.
		...(purpose ? { purpose } : { type, ...(type === 'OTP' && { id: `TOTP_${fingerprint(label)}` }) }),
		...(section && { section: { id: section.id ?? '' } }),
		...(change.action === 'generate'
			? { generate: true, ...(change.recipe && { recipe: change.recipe }) }
			: { value: change.value ?? '' }),
	};
	return section ? { field, section } : { field };
}

/** `section.label` names a section only where the section is known: a new label may well hold a dot. */
function placeField(
	{ field, section }: FieldChange,
	sections: readonly Section[],
): { label: string; section?: Section } {
	if (section) return { label: field, section: findSection(sections, section) ?? newSection(section) };
	const known = sections.find((candidate) => candidate.label && field.startsWith(`${candidate.label}.`));
	return known?.label ? { label: field.slice(known.label.length + 1), section: known } : { label: field };
}

function findSection(sections: readonly Section[], name: string): Section | undefined {
	return (
		sections.find((section) => section.id === name) ??
		sections.find((section) => foldName(section.label ?? '') === foldName(name))
	);
}

function newSection(label: string): Section {
	return { id: `Section_${fingerprint(label)}`, label };
}

function fingerprint(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** The built-in fields that 1Password fills in for people have a purpose; each may be used once in an item. */
function purposeOf(label: string, category: ItemCategory): FieldPurpose | undefined {
	const name = foldName(label);
	if (name === 'notesplain' || name === 'notes') return 'NOTES';
	if (name === 'password' && (category === 'LOGIN' || category === 'PASSWORD')) return 'PASSWORD';
	return name === 'username' && category === 'LOGIN' ? 'USERNAME' : undefined;
}
