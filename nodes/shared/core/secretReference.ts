/** The path of a secret reference: `op://vault/item/[section/]field`. Knows the grammar, not what the parts mean. */

import { invalidInput } from './onePasswordError';

const PREFIX = 'op://';

export interface ReferencePath {
	/** Vault and, where given, item: each a name or an id. */
	readonly vault: string;
	readonly item?: string;
	/** What follows the item: a field, or a section and a field. */
	readonly rest: readonly string[];
}

/** @throws OnePasswordError INVALID_INPUT where the text is not a reference or has an empty part. */
export function parseReferencePath(text: string): ReferencePath {
	const trimmed = text.trim();
	if (!trimmed.startsWith(PREFIX)) {
		throw invalidInput('The secret reference does not start with "op://".', REFERENCE_ADVICE);
	}
	const [path = ''] = trimmed.slice(PREFIX.length).split('?');
	const [vault, item, ...rest] = path.split('/');
	if (!vault || item === '' || rest.includes('')) {
		throw invalidInput('The secret reference has an empty part.', REFERENCE_ADVICE);
	}
	if (rest.length > 2) {
		throw invalidInput('The secret reference has more than four parts.', REFERENCE_ADVICE);
	}
	return item === undefined ? { vault, rest } : { vault, item, rest };
}

const REFERENCE_ADVICE =
	'Use the form op://vault/item/field; write a name that holds a slash as its id instead.';
