/**
 * How a template encodes a value: `?encode=url`, `json`, `shell` or `env` at the end of a reference. This parameter is not
 * part of secret references, which refuse it, so it can't change the meaning of a reference.
 */

import { CONCEALED_VALUE } from '../disclosure/concealment';
import { invalidInput, type OnePasswordError } from '../errors/onePasswordError';

export const ENCODINGS = ['url', 'json', 'shell', 'env'] as const;

export type Encoding = (typeof ENCODINGS)[number];

const PARAMETER = 'encode=';

/**
 * @param text a reference as written in a template.
 * @returns the reference without the parameter, and the requested encoding.
 * @throws OnePasswordError INVALID_INPUT for an unknown encoding, or for two.
 */
export function splitEncoding(text: string): { readonly reference: string; readonly encoding?: Encoding } {
	const at = text.indexOf('?');
	const parameters = at < 0 ? [] : text.slice(at + 1).split('&');
	const [wanted, ...more] = parameters.filter((parameter) => parameter.startsWith(PARAMETER));
	if (wanted === undefined) return { reference: text };
	const encoding = ENCODINGS.find((known) => wanted === `${PARAMETER}${known}`);
	if (encoding === undefined || more.length > 0) {
		throw invalidInput(
			`${shorten(text)}: The secret reference ${more.length > 0 ? 'has two encodings' : 'has an unknown encoding'}.`,
			`Use one of: ${ENCODINGS.map((known) => PARAMETER + known).join(', ')}.`,
		);
	}
	const rest = parameters.filter((parameter) => parameter !== wanted).join('&');
	return { reference: text.slice(0, at) + (rest && `?${rest}`), encoding };
}

/**
 * @param reference as written in the template; errors begin with it.
 * @returns the encoded value. The placeholder of a concealed value is not encoded.
 * @throws OnePasswordError INVALID_INPUT for a value that can't be encoded this way; the error doesn't contain it.
 */
export function encodeValue(value: string, encoding: Encoding, reference: string): string {
	return value === CONCEALED_VALUE ? value : ENCODERS[encoding](value, reference);
}

const ENCODERS: Readonly<Record<Encoding, (value: string, reference: string) => string>> = {
	url: encodeForUrl,
	json: (value) => JSON.stringify(value),
	shell: quoteForShell,
	env: quoteForEnv,
};

/** Percent-encodes everything except RFC 3986's unreserved characters. */
function encodeForUrl(value: string): string {
	// Goes through bytes, because a lone surrogate can't be percent-encoded.
	return encodeURIComponent(Buffer.from(value).toString()).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** A single POSIX shell word, regardless of its contents. */
function quoteForShell(value: string, reference: string): string {
	if (value.includes('\0')) throw unfit(reference, 'a shell command', "Shells can't represent a NUL character: remove it from the value.");
	return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Line endings that readers convert, and `${…}`, which python-dotenv replaces even in single quotes. */
const NEVER_IN_ENV = /[\0\r]|\$\{/;

/** Backslashes that some readers treat as an escape and others don't. */
const AMBIGUOUS_BACKSLASH = /\\(?:[\\']|$)/;

/**
 * Every reader takes a value literally in single quotes, and in double quotes if it has no quotes, `$`, backslashes or
 * backticks. A value that readers would interpret differently is refused, because a wrong secret would be hard to trace.
 */
function quoteForEnv(value: string, reference: string): string {
	if (!NEVER_IN_ENV.test(value)) {
		if (!value.includes("'") && !AMBIGUOUS_BACKSLASH.test(value)) return `'${value}'`;
		if (!/["$\\`]/.test(value)) return `"${value}"`;
	}
	throw unfit(
		reference,
		'an .env file',
		'Programs that read .env files disagree about the quotes, backslashes, or line breaks in this value: use encode=shell with a shell, or change the value.',
	);
}

function unfit(reference: string, place: string, advice: string): OnePasswordError {
	return invalidInput(`${shorten(reference)}: The value can't be written into ${place}.`, advice);
}

function shorten(reference: string): string {
	return reference.slice(0, 200);
}
