/**
 * How a template writes a value: `?encode=url`, `json`, `shell` or `env` at the end of a reference. Secret references know no
 * such parameter, and refuse it, so that no reference means anything else because of it.
 */

import { CONCEALED_VALUE } from '../disclosure/concealment';
import { invalidInput, type OnePasswordError } from '../errors/onePasswordError';

export const ENCODINGS = ['url', 'json', 'shell', 'env'] as const;

export type Encoding = (typeof ENCODINGS)[number];

const PARAMETER = 'encode=';

/**
 * @param text a reference as it stands in a template.
 * @returns the reference without the parameter, and the encoding that it asks for.
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
 * @param reference as it stands in the template; errors begin with it.
 * @returns the value as the encoding writes it. What stands in place of a hidden value stays as it is.
 * @throws OnePasswordError INVALID_INPUT for a value that can't be written so; the text does not repeat it.
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

/** Percent-encodes all but the unreserved characters of RFC 3986. */
function encodeForUrl(value: string): string {
	// By way of bytes, as half a surrogate pair can't be percent-encoded.
	return encodeURIComponent(Buffer.from(value).toString()).replace(
		/[!'()*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}

/** One word of a POSIX shell, whatever is in it. */
function quoteForShell(value: string, reference: string): string {
	if (value.includes('\0')) throw unfit(reference, 'a shell command', 'Shells have no way to write a NUL character: store the value without it.');
	return `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Line ends that readers turn into others, and `${…}`, which python-dotenv replaces even in single quotes. */
const NEVER_IN_ENV = /[\0\r]|\$\{/;

/** Backslashes that one reader takes for an escape and another one does not. */
const AMBIGUOUS_BACKSLASH = /\\(?:[\\']|$)/;

/**
 * In single quotes every reader takes a value as it stands, in double quotes one without quotes, `$`, backslashes and
 * backticks. What they would read differently is refused: nobody would find out why the secret is wrong.
 */
function quoteForEnv(value: string, reference: string): string {
	if (!NEVER_IN_ENV.test(value)) {
		if (!value.includes("'") && !AMBIGUOUS_BACKSLASH.test(value)) return `'${value}'`;
		if (!/["$\\`]/.test(value)) return `"${value}"`;
	}
	throw unfit(
		reference,
		'an .env file',
		'Programs that read such files disagree on its quotes, backslashes, or line ends: use encode=shell and a shell, or another value.',
	);
}

function unfit(reference: string, place: string, advice: string): OnePasswordError {
	return invalidInput(`${shorten(reference)}: The value can't be written into ${place}.`, advice);
}

function shorten(reference: string): string {
	return reference.slice(0, 200);
}
