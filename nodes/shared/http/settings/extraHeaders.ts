/**
 * Headers that a gateway in front of a server requires, such as those of an access service. Their values are secret:
 * no error shows one, nor a name, which may be a value in the wrong place.
 */

import { isObject } from '../../core/json';
import { invalidInput, type OnePasswordError } from '../../core/errors/onePasswordError';

/** What the client itself decides on, or HTTP does. */
const RESERVED: ReadonlySet<string> = new Set([
	'accept',
	'accept-encoding',
	'authorization',
	'connection',
	'content-encoding',
	'content-length',
	'content-type',
	'expect',
	'host',
	'keep-alive',
	'te',
	'trailer',
	'transfer-encoding',
	'upgrade',
	'user-agent',
]);

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;

/** Text that a header can carry, without white space around it. */
const VALUE = /^[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/;

/** In a value: the next header, where a one-line box has turned the line end into a space. */
const NEXT_HEADER = /\s[A-Za-z][\w-]*-[\w-]+:\s/;

/**
 * @param text a JSON object of names and values, or one `Name: value` a line; empty = none.
 * @throws OnePasswordError INVALID_INPUT
 */
export function readExtraHeaders(text: string): Readonly<Record<string, string>> {
	const pairs = pairsOf(text.trim());
	const names = new Set<string>();
	for (const [index, [name, value]] of pairs.entries()) {
		const place = `Header ${index + 1} in 'Extra Headers' of the credential`;
		const lower = name.toLowerCase();
		if (!NAME.test(name)) throw invalidInput(`${place} has no valid name.`, FORMS);
		if (RESERVED.has(lower)) throw refuseReserved(place, lower);
		if (names.has(lower)) throw invalidInput(`${place} has the same name as one before it.`, 'Keep one of them.');
		if (typeof value !== 'string' || !VALUE.test(value) || NEXT_HEADER.test(value)) {
			throw invalidInput(`${place} has a value that is empty, or that a header cannot carry.`, FORMS);
		}
		names.add(lower);
	}
	return Object.fromEntries(pairs) as Record<string, string>;
}

const FORMS = 'Write a JSON object such as {"CF-Access-Client-Id": "…"}, or one "Name: value" per line.';

function refuseReserved(place: string, name: string): OnePasswordError {
	return invalidInput(
		`${place} is "${name}", which the credential sets itself.`,
		'Remove it: extra headers come in addition to those of the client.',
	);
}

function pairsOf(text: string): Array<[string, unknown]> {
	if (!text.startsWith('{')) return linesOf(text).map(splitLine);
	try {
		const headers: unknown = JSON.parse(text);
		if (isObject(headers)) return Object.entries(headers);
	} catch {
		// The parser's own error quotes the text.
	}
	throw invalidInput("'Extra Headers' of the credential is not valid JSON.", FORMS);
}

function linesOf(text: string): string[] {
	return text
		.split(/\r?\n|\\n/)
		.map((line) => line.trim())
		.filter((line) => line !== '');
}

function splitLine(line: string): [string, string] {
	const at = line.indexOf(':');
	return at < 0 ? ['', ''] : [line.slice(0, at), line.slice(at + 1).trim()];
}
