/**
 * References as they are copied from shells, environment files and code: in quotes, with `export` and a name before them, a
 * comment after them. The one place that knows these forms, for every box that takes a reference or a list of them.
 */

import { isReference } from './secretReference';

export interface CopiedReference {
	/** The reference, or the trimmed text if it is not a reference. */
	readonly text: string;
	/** The name before `=` or `:`. */
	readonly name?: string;
}

export interface ListedReference extends CopiedReference {
	/** 1 for the first line. */
	readonly line: number;
}

/** @returns the reference without the surrounding text; any other text, trimmed. */
export function cleanReference(text: string): string {
	return readCopied(text).text;
}

/**
 * For a field that also takes templates. `NAME="op://…"` and the like are templates, and their quotes are intended. Only
 * text that can't be anything but a single copied reference is cleaned.
 */
export function cleanLoneReference(text: string): string {
	const trimmed = text.trim();
	if (/^export\s/.test(trimmed)) return cleanReference(trimmed);
	const inner = unwrap(trimmed);
	return isReference(inner) && !trimmed.startsWith('{') ? inner : trimmed;
}

/** @returns the entries of a list with one reference per line. Blank lines and comment lines are skipped. */
export function parseReferenceList(text: string): ListedReference[] {
	return text.split(/\r\n|\r|\n/).flatMap((content, index) => {
		const trimmed = content.trim();
		if (trimmed === '' || trimmed.startsWith('#')) return [];
		return [{ ...readCopied(withoutComment(trimmed)), line: index + 1 }];
	});
}

/** `A=…` as shells and environment files have it, `$env:A = …` (PowerShell), `- A=…` and `A: …` (YAML), `"A": …` (JSON). */
const ASSIGNED = /^(?:-\s+)?(?:(?:export|set|const|let)\s+|\$(?:env:)?)?(?:(?!op:\/\/)(["']?)([\w.-]+)\1\s*[=:]\s*)?([^]*)$/;

/** Closing quotes for each opening quote. Word processors and keyboards use the quotes of their language. */
const CLOSING: Readonly<Record<string, string>> = {
	'"': '"',
	"'": "'",
	'`': '`',
	'“': '”',
	'‘': '’',
	'”': '”',
	'’': '’',
	'„': '“”',
	'‚': '‘’',
	'«': '»',
	'‹': '›',
	'»': '«',
	'›': '‹',
	'「': '」',
	'『': '』',
	'＂': '＂',
	'＇': '＇',
};

function readCopied(text: string): CopiedReference {
	const trimmed = text.trim();
	const [, , name, value = ''] = ASSIGNED.exec(trimmed) ?? [];
	const reference = unwrap(value);
	if (!isReference(reference)) return { text: trimmed };
	return { text: reference, ...(name !== undefined && { name }) };
}

/** After the closing quote there may be a comma or semicolon from code, and a comment. */
const AFTER_QUOTE = /^\s*[,;]?\s*(#.*)?$/;

/** Quotes within a JSON text. */
const ESCAPED = /^\\(["'])([^]*)\\\1\s*[,;]?$/;

function unwrap(text: string): string {
	const [, , escaped] = ESCAPED.exec(text) ?? [];
	if (escaped !== undefined) return unwrap(escaped.trim());
	const closing = CLOSING[text.charAt(0)];
	if (closing !== undefined) {
		for (let end = 1; end < text.length; end++) {
			if (closing.includes(text.charAt(end)) && AFTER_QUOTE.test(text.slice(end + 1))) return unwrap(text.slice(1, end).trim());
		}
		return text;
	}
	return /^\{\{\s*(op:\/\/[^{}]*?)\s*\}\}$/.exec(text)?.[1] ?? text;
}

/** White space, a number sign, and white space again, because "Key #1" is a name. Nothing in quotes is a comment. */
function withoutComment(line: string): string {
	const [before] = line.split('op://', 1);
	const isQuoted = Object.keys(CLOSING).some((quote) => before?.includes(quote));
	return !isQuoted && line.includes('op://') ? line.replace(/\s+#(\s.*)?$/, '') : line;
}
