/**
 * Conceals the secret values of an item until the user asks for them. Titles, tags, labels and file names are names and stay
 * visible: items and fields are found by them.
 */

import { matchField, requireField } from '../fields/fieldSelector';
import { holdsSecret } from '../fields/secretContent';
import { isConcealed } from '../fields/secretField';
import type { Field, ItemFile, FullItem, ItemUrl } from '../wire';

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

export { isConcealed };

/** @returns whether the item shows a secret value; false for one that `concealItem` has hidden all of. */
export function showsSecret({ category, fields = [] }: FullItem): boolean {
	return fields.some(
		(field) =>
			isConcealed(field, category) &&
			[field.value, field.totp, ...(field.passwordDetails?.history ?? [])].some((value) => value && value !== CONCEALED_VALUE),
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
	const { category, urls, sections, fields, files } = item;
	return {
		...pick(item, ITEM_MEMBERS),
		vault: pick(item.vault, ['id']),
		...(urls && { urls: urls.map(describeUrl) }),
		...(sections && { sections: sections.map((section) => pick(section, ['id', 'label'])) }),
		...(fields && {
			fields: fields.map((field) => (revealed.has(field) ? field : describeField(field, category))),
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
function describeField(field: Field, category: string): Field {
	const { section, value, totp, passwordDetails } = field;
	const described: Field = {
		...pick(field, ['id', 'type', 'purpose', 'label']),
		...(section && { section: pick(section, ['id', 'label']) }),
	};
	if (!isConcealed(field, category)) return value === undefined ? described : { ...described, value };
	return {
		...described,
		...(value && { value: CONCEALED_VALUE }),
		...(totp && { totp: CONCEALED_VALUE }),
		...(passwordDetails?.strength && { passwordDetails: { strength: passwordDetails.strength } }),
	};
}

function describeUrl(url: ItemUrl): ItemUrl {
	return { ...pick(url, ['label', 'primary']), href: describeAddress(url.href) };
}

/** A password or a token may stand in the address itself. What comes before it stays, so that addresses can be told apart. */
function describeAddress(href: string): string {
	const address = href.replace(/^([a-z][\w+.-]*:\/\/[^/?#@:]*):[^/?#]*@/i, `$1:${CONCEALED_VALUE}@`);
	if (!holdsSecret(address)) return address;
	const [server = ''] = /^[a-z][\w+.-]*:\/\/[^/?#]*/i.exec(address) ?? [];
	return server === '' || holdsSecret(server) ? CONCEALED_VALUE : `${server}/${CONCEALED_VALUE}`;
}

function describeFile(file: ItemFile): ItemFile {
	return {
		...pick(file, ['id', 'name', 'size', 'content_path']),
		...(file.section && { section: pick(file.section, ['id', 'label']) }),
	};
}

const ITEM_MEMBERS = ['id', 'title', 'category', 'favorite', 'tags', 'version', 'state', 'createdAt', 'updatedAt', 'lastEditedBy'] as const;

function pick<T extends object, K extends keyof T>(source: T, members: readonly K[]): T {
	return Object.fromEntries(members.filter((member) => source[member] !== undefined).map((member) => [member, source[member]])) as T;
}
