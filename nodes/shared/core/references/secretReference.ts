/**
 * Secret references: `op://vault/item/[section/]field[?attribute=…]`. Knows the grammar, not what the parts mean.
 *
 * Each part is a name or an id and counts as it stands: white space belongs to it, a percent sign is one. 1Password's own
 * tools take only ASCII letters, digits, `-`, `_`, `.` and spaces, and want the id of whatever is called otherwise. Here
 * every name is taken that the grammar can tell: all but those with a slash, a question mark or a control character.
 */

import { invalidInput, type OnePasswordError } from '../errors/onePasswordError';

const PREFIX = 'op://';

/** Of fields and of files, in the words of 1Password's CLI. */
export const REFERENCE_ATTRIBUTES = ['type', 'value', 'id', 'purpose', 'otp', 'content', 'size', 'name'] as const;

export type ReferenceAttribute = (typeof REFERENCE_ATTRIBUTES)[number];

export interface SecretReference {
	/** Name or id, as are all parts. */
	readonly vault: string;
	readonly item: string;
	readonly section?: string;
	/** A field, or in its place a file. */
	readonly field: string;
	/** What to read of it. Default: the value of a field, the contents of a file. */
	readonly attribute?: ReferenceAttribute;
	/** The form of a private key. Default: as 1Password keeps it, which is PKCS#8. */
	readonly sshFormat?: 'openssh';
}

export interface ReferencePath {
	/** Vault and, where given, item: each a name or an id. */
	readonly vault: string;
	readonly item?: string;
	/** What follows the item: a field, or a section and a field. */
	readonly rest: readonly string[];
}

/** @returns whether the text claims to be a reference, so that it may be shown in an error. */
export function isReference(text: string): boolean {
	return text.startsWith(PREFIX);
}

/** @throws OnePasswordError INVALID_INPUT, which does not repeat the text: it may be a secret in the wrong place. */
export function parseSecretReference(text: string): SecretReference {
	if (!isReference(text)) throw refuse('does not start with "op://"');
	const [path, query] = cut(text.slice(PREFIX.length), '?');
	if (UNSPEAKABLE.test(path)) throw refuse('holds a line break or another control character');
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

/** @throws OnePasswordError INVALID_INPUT for a name that no reference can hold. */
export function formatSecretReference({ vault, item, section, field, attribute, sshFormat }: SecretReference): string {
	const parts = [vault, item, ...(section === undefined ? [] : [section]), field];
	if (parts.some((part) => part === '' || /[/?]/.test(part) || UNSPEAKABLE.test(part))) {
		throw refuse('would have a part that is empty or holds "/", "?" or a control character');
	}
	const query = sshFormat ? `?ssh-format=${sshFormat}` : attribute ? `?attribute=${attribute}` : '';
	return `${PREFIX}${parts.join('/')}${query}`;
}

/** For a place that needs only the vault, or the vault and the item. White space around it does not count. */
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

/** One parameter, as 1Password's SDK has it; keys and values as they are documented, in lower case. */
function parseQuery(query: string): Pick<SecretReference, 'attribute' | 'sshFormat'> {
	const [key, value] = cut(query, '=');
	if (key === 'ssh-format') {
		if (value === 'openssh') return { sshFormat: value };
		throw refuse('has an unknown "ssh-format"', 'The only one is ssh-format=openssh.');
	}
	if (key !== 'attribute' && key !== 'attr') {
		throw refuse('has an unknown query parameter', 'Use attribute=… or ssh-format=openssh; a name that holds "?" is given by its id.');
	}
	// The SDK's name for it.
	const attribute = value === 'totp' ? 'otp' : REFERENCE_ATTRIBUTES.find((known) => known === value);
	if (attribute !== undefined) return { attribute };
	throw refuse('has an unknown attribute', `The attributes are: ${REFERENCE_ATTRIBUTES.join(', ')}.`);
}

/** @returns what stands before the first separator, and after it where there is one. */
function cut(text: string, separator: string): [string, string?] {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

const TOO_SHORT =
	'Use the form op://vault/item/[section/]field. In a text, a bare reference ends at a space: write one with spaces as {{ op://vault/item/field }}.';

function refuse(
	problem: string,
	advice = 'Use the form op://vault/item/[section/]field; give a name that holds a slash by its id.',
): OnePasswordError {
	return invalidInput(`The secret reference ${problem}.`, advice);
}
