/**
 * Templates in the syntax of 1Password's `op inject`. A template is taken apart once; what is put into it afterwards is data
 * and never read again, whatever it looks like.
 *
 * `{{ op://… }}` may hold spaces; a bare `op://…` ends at the first character that `op` does not allow in one.
 * `{{ "…" }}` stands for the text between the quotes. `$var` and `${var}` stay as they are: n8n has expressions for them.
 */

import { invalidInput } from '../errors/onePasswordError';
import type { Json } from '../json';
import { encodeValue, splitEncoding } from './secretEncoding';

export interface Template<Result> {
	/** In the order of their appearance, without their encodings; the same one may stand there several times. */
	readonly references: readonly string[];
	/**
	 * @param values one for each reference.
	 * @throws OnePasswordError INVALID_INPUT for a value that can't be written as its encoding wants it.
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
 * @param template what JSON can hold. References are looked for in texts; the names of members stay as they are.
 * @throws OnePasswordError INVALID_INPUT where it is nested too deeply.
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

/** Levels; n8n itself ends with a stack overflow somewhere beyond. */
const MAX_DEPTH = 500;

function prepareJson(value: Json, references: string[], depth: number): Render<Json> {
	if (depth > MAX_DEPTH) {
		throw invalidInput(`The template is nested more than ${MAX_DEPTH} levels deep.`, 'Use a flatter template.');
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

/** Where something may begin. */
const BEGINNING = /\{\{|op:\/\//g;

/** Characters are taken by the run: one by one, a text of some megabytes is more than the stack of the pattern matcher holds. */
const ENCLOSED = /\{\{[ \t]*(op:\/\/[^{}\r\n]*(?:(?:\{(?!\{)|\}(?!\}))[^{}\r\n]*)*)\}\}/y;
const QUOTED = /\{\{[ \t]*"([^"\\]*(?:(?:\\"|\\(?!"))[^"\\]*)*)"[ \t]*\}\}/y;
const BARE = /op:\/\/[\w./-]*(?:\?[\w.?=/-]*)?/y;

/** What is one word with the letters before it is another scheme, or escaped. */
const NO_BEGINNING = /[A-Za-z0-9+\\.-]/;

function segmentsOf(template: string): Segment[] {
	const segments: Segment[] = [];
	let done = 0;
	BEGINNING.lastIndex = 0;
	for (let found = BEGINNING.exec(template); found !== null; found = BEGINNING.exec(template)) {
		const match = matchAt(template, found.index);
		if (match === undefined) {
			// Of three braces the last two may count.
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
