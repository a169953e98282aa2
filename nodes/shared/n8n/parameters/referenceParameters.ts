/** From the parameters of an input item to secret references and the names that their values get. */

import { isObject } from '../../core/json';
import { invalidInput } from '../../core/errors/onePasswordError';
import { cleanReference, parseReferenceList } from '../../core/references/copiedReference';
import { isReference } from '../../core/references/secretReference';
import { oneOf, refuseReveal } from './itemParameters';
import { toText, type Parameters } from './parameters';

export interface NamedReference {
	/** As written; it may be no reference at all. */
	readonly text: string;
	/** Absent where the user gave none. */
	readonly name?: string;
	/** In a list with one reference per line: 1 for the first. */
	readonly line?: number;
}

/** @throws OnePasswordError INVALID_INPUT where there is none, one is empty, or two have one name. */
export function readReferences(parameters: Parameters): NamedReference[] {
	const how = oneOf(parameters.value('specifyReferences') ?? 'fields', ['fields', 'list'], 'Specify References');
	const isList = how === 'list';
	const references = isList ? readList(parameters.value('referenceList')) : parameters.rows('references').map(readRow);
	if (references.length === 0) {
		throw invalidInput('There is no reference.', 'Add one, such as op://Production/Payments API/credential.');
	}
	refuseRepeatedNames(references);
	// The entries of a list have no names but themselves, so that a further one changes nothing for the others.
	return isList ? references.map(asNamed) : references;
}

/** @returns how errors call the references: by their lines, where they have some. */
export function placesOf(references: readonly NamedReference[]): Array<string | undefined> {
	return references.map(({ line }) => (line === undefined ? undefined : `Line ${line}`));
}

/** @returns whether to reveal. @throws OnePasswordError REVEAL_REFUSED where an AI agent asks for it. */
export function readRevealAll(parameters: Parameters, isTool: boolean): boolean {
	const choice = oneOf(parameters.value('reveal') ?? 'none', ['none', 'all'], 'Reveal Secret Values');
	if (choice === 'all' && isTool) throw refuseReveal();
	return choice === 'all';
}

function readList(list: unknown): NamedReference[] {
	if (Array.isArray(list)) return list.map((member: unknown) => (isObject(member) ? readRow(member) : readText(member)));
	if (isObject(list)) return Object.entries(list).map(([name, reference]) => ({ ...readText(reference), name }));
	return parseReferenceList(toText(list, 'Reference List'));
}

function readRow({ reference, name }: Readonly<Record<string, unknown>>): NamedReference {
	const given = toText(name, 'Name').trim();
	return { ...readText(reference), ...(given !== '' && { name: given }) };
}

function readText(value: unknown): NamedReference {
	const text = cleanReference(toText(value, 'Reference'));
	if (text !== '') return { text };
	throw invalidInput('A reference is empty.', 'Fill it in; if it is an expression, check that it finds a value for this item.');
}

/** A text that is no reference may be a secret in the wrong place, and names nothing. */
function asNamed(reference: NamedReference): NamedReference {
	const { text, name } = reference;
	return name === undefined && isReference(text) ? { ...reference, name: text } : reference;
}

function refuseRepeatedNames(references: readonly NamedReference[]): void {
	const names = references.flatMap(({ name }) => name ?? []);
	const repeated = names.find((name, index) => names.indexOf(name) < index);
	if (repeated === undefined) return;
	const lines = references.flatMap(({ name, line }) => (name === repeated && line !== undefined ? [line] : []));
	const where = lines.length > 0 ? ` (lines ${lines.join(' and ')})` : '';
	throw invalidInput(`Two references have the name "${repeated}"${where}.`, 'Give each of them a name of its own.');
}
