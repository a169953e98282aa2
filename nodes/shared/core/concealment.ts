/**
 * Decides which values of an item are secret, and what stands in their place until the user asks for them. A field type
 * that is not known to be harmless counts as secret.
 */

import { matchField, requireField } from './fieldSelector';
import { typeOf } from './fieldTypes';
import type { Field, File, FullItem, ItemUrl } from './wire';

/** The text that 1Password's own tools print in place of a secret. */
export const CONCEALED_VALUE = '<concealed by 1Password>';

/** Which secret values to show: none, all, or those of the fields named by id, label or `section.label`. */
export type Reveal =
	| 'none'
	| 'all'
	| {
			readonly fields: readonly string[];
			/** Pass over a name that fits no field, or several, instead of refusing. Default false. */
			readonly lenient?: boolean;
	  };

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

/** Notes are secret too: the body of a secure note is one, and people keep recovery codes in them. */
export function isConcealed(field: Field): boolean {
	const purpose = field.purpose?.toUpperCase();
	if (purpose === 'PASSWORD' || purpose === 'NOTES') return true;
	// Not every server gives the notes their purpose.
	if (field.id === 'notesPlain') return true;
	// The seed of a one-time password is one, whatever the field is called.
	if (/^otpauth:/i.test(field.value ?? '')) return true;
	return !VISIBLE_TYPES.has(typeOf(field));
}

/** @returns whether the item shows a secret value; false for one that `concealItem` has hidden all of. */
export function showsSecret({ fields = [] }: FullItem): boolean {
	return fields.some(
		(field) =>
			isConcealed(field) &&
			[field.value, field.totp, ...(field.passwordDetails?.history ?? [])].some(
				(value) => value && value !== CONCEALED_VALUE,
			),
	);
}

/**
 * @returns a copy in which every secret value that was not asked for reads `CONCEALED_VALUE`. Former passwords go with
 * the password; an empty field stays empty, so that "hidden" and "not set" can be told apart.
 * @throws OnePasswordError FIELD_NOT_FOUND or AMBIGUOUS for a field to reveal.
 */
export function concealItem(item: FullItem, reveal: Reveal): FullItem {
	if (reveal === 'all') return item;
	const revealed = reveal === 'none' ? new Set<Field>() : revealedFields(item, reveal);
	const { urls, sections, fields, files } = item;
	return {
		...pick(item, ITEM_MEMBERS),
		vault: pick(item.vault, ['id']),
		...(urls && { urls: urls.map(describeUrl) }),
		...(sections && { sections: sections.map((section) => pick(section, ['id', 'label'])) }),
		...(fields && {
			fields: fields.map((field) => (revealed.has(field) ? field : describeField(field))),
		}),
		...(files && { files: files.map(describeFile) }),
	};
}

function revealedFields(item: FullItem, { fields, lenient }: Exclude<Reveal, string>): Set<Field> {
	return new Set(
		fields.flatMap((field) => {
			if (!lenient) return requireField(item, { field });
			const match = matchField(item, { field });
			return match.kind === 'one' ? match.found : [];
		}),
	);
}

/** Only what is known to be harmless survives: members this package does not know may hold the secret as well. */
function describeField(field: Field): Field {
	const { section, value, totp, passwordDetails } = field;
	const described: Field = {
		...pick(field, ['id', 'type', 'purpose', 'label']),
		...(section && { section: pick(section, ['id', 'label']) }),
	};
	if (!isConcealed(field)) return value === undefined ? described : { ...described, value };
	return {
		...described,
		...(value && { value: CONCEALED_VALUE }),
		...(totp && { totp: CONCEALED_VALUE }),
		...(passwordDetails?.strength && { passwordDetails: { strength: passwordDetails.strength } }),
	};
}

/** A password may stand in the address itself. */
function describeUrl(url: ItemUrl): ItemUrl {
	const { href } = url;
	return {
		...pick(url, ['label', 'primary']),
		href: href.replace(/^([a-z][\w+.-]*:\/\/[^/?#@:]*):[^/?#@]*@/i, `$1:${CONCEALED_VALUE}@`),
	};
}

function describeFile(file: File): File {
	return {
		...pick(file, ['id', 'name', 'size', 'content_path']),
		...(file.section && { section: pick(file.section, ['id', 'label']) }),
	};
}

const ITEM_MEMBERS = [
	'id',
	'title',
	'category',
	'favorite',
	'tags',
	'version',
	'state',
	'createdAt',
	'updatedAt',
	'lastEditedBy',
] as const;

function pick<T extends object, K extends keyof T>(source: T, members: readonly K[]): T {
	return Object.fromEntries(
		members.filter((member) => source[member] !== undefined).map((member) => [member, source[member]]),
	) as T;
}
