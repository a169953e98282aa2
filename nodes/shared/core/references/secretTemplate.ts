/**
 * Templates in the syntax of 1Password's `op inject`. A template is parsed once. Values inserted later are data and never
 * parsed, whatever they contain.
 *
 * `{{ op://… }}` can contain spaces; a bare `op://…` ends at the first character that `op` doesn't allow there. `{{ "…" }}`
 * yields the text between the quotes. `$var` and `${var}` stay as they are: n8n has expressions for them.
 */

import { invalidInput } from '../errors/onePasswordError';
import type { Json } from '../json';
import { encodeValue, splitEncoding } from './secretEncoding';

export interface Template<Result> {
	/** In order of appearance, without their encodings; may contain duplicates. */
	readonly references: readonly string[];
	/**
	 * @param values one for each reference.
	 * @throws OnePasswordError INVALID_INPUT for a value that its encoding can't represent.
	 */
	readonly render: (values: readonly string[]) => Result;
}

type Segment = { readonly kind: 'text' | 'reference'; readonly text: string };

export function parseTextTemplate(template: string): Template<string> {
	const references: string[] = [];
	const render = prepareText(template, references);
	return { references, render };
}

/**
 * @param template any JSON value. References are found in strings; property names stay unchanged.
 * @throws OnePasswordError INVALID_INPUT if it is nested too deeply.
 */
export function parseJsonTemplate(template: unknown): Template<Json> {
	const references: string[] = [];
	const render = prepareJson(template as Json, references, 0);
	return { references, render };
}

type Render<Result> = (values: readonly string[]) => Result;

function prepareText(template: string, references: string[]): Render<string> {
	const parts = segmentsOf(template).map(({ kind, text }): Render<string> => {
		if (kind === 'text') return () => text;
		return prepareReference(text, references);
	});
	return (values) => parts.map((render) => render(values)).join('');
}

function prepareReference(text: string, references: string[]): Render<string> {
	const { reference, encoding } = splitEncoding(text);
	const index = references.push(reference) - 1;
	return (values) => {
		const value = values[index] ?? '';
		return encoding === undefined ? value : encodeValue(value, encoding, text);
	};
}

/** Levels. Much deeper nesting makes n8n itself fail with a stack overflow. */
const MAX_DEPTH = 500;

function prepareJson(value: Json, references: string[], depth: number): Render<Json> {
	if (depth > MAX_DEPTH) {
		throw invalidInput(`The template is nested more than ${MAX_DEPTH} levels deep.`, 'Reduce the nesting of the template.');
	}
	if (typeof value === 'string') return prepareText(value, references);
	if (typeof value !== 'object' || value === null) return () => value;
	if (Array.isArray(value)) {
		const members = value.map((member: Json) => prepareJson(member, references, depth + 1));
		return (values) => members.map((render) => render(values));
	}
	const members = Object.entries(value).map(([name, member]) => [name, prepareJson(member, references, depth + 1)] as const);
	return (values) => Object.fromEntries(members.map(([name, render]) => [name, render(values)]));
}

/** Where a reference or an escape can begin. */
const BEGINNING = /\{\{|op:\/\//g;

/**
 * Matches runs of characters: one at a time, a text of several megabytes would overflow the regular expression engine's
 * stack.
 */
const ENCLOSED = /\{\{[ \t]*(op:\/\/[^{}\r\n]*(?:(?:\{(?!\{)|\}(?!\}))[^{}\r\n]*)*)\}\}/y;
const QUOTED = /\{\{[ \t]*"([^"\\]*(?:(?:\\"|\\(?!"))[^"\\]*)*)"[ \t]*\}\}/y;
const BARE = /op:\/\/[\w./-]*(?:\?[\w.?=/-]*)?/y;

/** If letters come directly before it, it is another scheme or escaped. */
const NO_BEGINNING = /[A-Za-z0-9+\\.-]/;

function segmentsOf(template: string): Segment[] {
	const segments: Segment[] = [];
	let done = 0;
	BEGINNING.lastIndex = 0;
	for (let found = BEGINNING.exec(template); found !== null; found = BEGINNING.exec(template)) {
		const match = matchAt(template, found.index);
		if (match === undefined) {
			// With three braces, the last two can be the opening ones.
			BEGINNING.lastIndex = found.index + 1;
			continue;
		}
		segments.push({ kind: 'text', text: template.slice(done, found.index) }, match.segment);
		done = match.end;
		BEGINNING.lastIndex = done;
	}
	segments.push({ kind: 'text', text: template.slice(done) });
	return segments.filter(({ kind, text }) => kind === 'reference' || text !== '');
}

function matchAt(template: string, at: number): { segment: Segment; end: number } | undefined {
	if (template.startsWith('op://', at)) {
		if (NO_BEGINNING.test(template.charAt(at - 1))) return undefined;
		return taken(BARE, template, at, ([reference]) => ({ kind: 'reference', text: reference }));
	}
	return (
		taken(ENCLOSED, template, at, ([, reference = '']) => ({ kind: 'reference', text: reference.trim() })) ??
		taken(QUOTED, template, at, ([, quoted = '']) => ({ kind: 'text', text: quoted.replaceAll('\\"', '"') }))
	);
}

function taken(
	pattern: RegExp,
	template: string,
	at: number,
	toSegment: (match: RegExpExecArray) => Segment,
): { segment: Segment; end: number } | undefined {
	pattern.lastIndex = at;
	const match = pattern.exec(template);
	return match === null ? undefined : { segment: toSegment(match), end: pattern.lastIndex };
}
