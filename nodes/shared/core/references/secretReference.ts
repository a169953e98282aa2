/**
 * Secret references: `op://vault/item/[section/]field[?attribute=…]`. Covers only the grammar, not the meaning of the parts.
 *
 * Each part is a name or an ID and is taken literally, including white space and percent signs. 1Password's own tools accept
 * only ASCII letters, digits, `-`, `_`, `.` and spaces, and need the ID for anything else. Here every unambiguous name is
 * accepted that has no slash, question mark or control character.
 */

import { invalidInput, type OnePasswordError } from '../errors/onePasswordError';

const PREFIX = 'op://';

/** Of fields and files, named as in 1Password's CLI. */
export const REFERENCE_ATTRIBUTES = ['type', 'value', 'id', 'purpose', 'otp', 'content', 'size', 'name'] as const;

export type ReferenceAttribute = (typeof REFERENCE_ATTRIBUTES)[number];

export interface SecretReference {
	/** Name or ID, like all parts. */
	readonly vault: string;
	readonly item: string;
	readonly section?: string;
	/** A field, or else a file. */
	readonly field: string;
	/** What to read. Default: the value of a field, the contents of a file. */
	readonly attribute?: ReferenceAttribute;
	/** The form of a private key. Default: as 1Password stores it, which is PKCS#8. */
	readonly sshFormat?: 'openssh';
}

export interface ReferencePath {
	/** Vault and, if given, item: each a name or an ID. */
	readonly vault: string;
	readonly item?: string;
	/** The part after the item: a field, or a section and a field. */
	readonly rest: readonly string[];
}

/** @returns whether the text looks like a reference and may therefore be shown in an error. */
export function isReference(text: string): boolean {
	return text.startsWith(PREFIX);
}

/** @throws OnePasswordError INVALID_INPUT, without the text, which may be a secret entered in the wrong place. */
export function parseSecretReference(text: string): SecretReference {
	if (!isReference(text)) throw refuse('does not start with "op://"');
	const [path, query] = cut(text.slice(PREFIX.length), '?');
	if (UNSPEAKABLE.test(path)) throw refuse('contains a line break or another control character');
	const parts = path.split('/');
	if (parts.includes('')) throw refuse('has an empty part');
	const [vault, item, third, fourth, ...more] = parts;
	if (vault === undefined || item === undefined || third === undefined) throw refuse('has fewer than three parts', TOO_SHORT);
	if (more.length > 0) throw refuse('has more than four parts');
	return {
		vault,
		item,
		...(fourth === undefined ? { field: third } : { section: third, field: fourth }),
		...(query !== undefined && parseQuery(query)),
	};
}

/** @throws OnePasswordError INVALID_INPUT for a name that can't be part of a reference. */
export function formatSecretReference({ vault, item, section, field, attribute, sshFormat }: SecretReference): string {
	const parts = [vault, item, ...(section === undefined ? [] : [section]), field];
	if (parts.some((part) => part === '' || /[/?]/.test(part) || UNSPEAKABLE.test(part))) {
		throw refuse('would have a part that is empty or contains "/", "?" or a control character');
	}
	const query = sshFormat ? `?ssh-format=${sshFormat}` : attribute ? `?attribute=${attribute}` : '';
	return `${PREFIX}${parts.join('/')}${query}`;
}

/** For a place that needs only the vault, or the vault and the item. Surrounding white space is ignored. */
export function parseReferencePath(text: string): ReferencePath {
	const trimmed = text.trim();
	if (!isReference(trimmed)) throw refuse('does not start with "op://"');
	const [path] = cut(trimmed.slice(PREFIX.length), '?');
	const [vault, item, ...rest] = path.split('/');
	if (!vault || item === '' || rest.includes('')) throw refuse('has an empty part');
	if (rest.length > 2) throw refuse('has more than four parts');
	return item === undefined ? { vault, rest } : { vault, item, rest };
}

const UNSPEAKABLE = /[\u0000-\u001f\u007f]/;

/** A single parameter, as in 1Password's SDK. Keys and values are in lower case, as documented. */
function parseQuery(query: string): Pick<SecretReference, 'attribute' | 'sshFormat'> {
	const [key, value] = cut(query, '=');
	if (key === 'ssh-format') {
		if (value === 'openssh') return { sshFormat: value };
		throw refuse('has an unknown "ssh-format"', 'Use ssh-format=openssh.');
	}
	if (key !== 'attribute' && key !== 'attr') {
		throw refuse('has an unknown query parameter', 'Use attribute=… or ssh-format=openssh. If a name contains "?", use its ID.');
	}
	// The SDK's name for it.
	const attribute = value === 'totp' ? 'otp' : REFERENCE_ATTRIBUTES.find((known) => known === value);
	if (attribute !== undefined) return { attribute };
	throw refuse('has an unknown attribute', `Supported attributes: ${REFERENCE_ATTRIBUTES.join(', ')}.`);
}

/** @returns the text before the first separator, and after it if there is one. */
function cut(text: string, separator: string): [string, string?] {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const TOO_SHORT =
	'Use the form op://vault/item/[section/]field. In a text, an unbraced reference ends at a space: write a reference with spaces as {{ op://vault/item/field }}.';

function refuse(problem: string, advice = 'Use the form op://vault/item/[section/]field; if a name contains a slash, use its ID.'): OnePasswordError {
	return invalidInput(`The secret reference ${problem}.`, advice);
}
