/** From the parameters of an input item to secret references and the names that their values get. */

import { isObject } from '../core/json';
import { invalidInput } from '../core/onePasswordError';
import { isReference } from '../core/references/secretReference';
import { oneOf, refuseReveal } from './itemParameters';
import { toText, type Parameters } from './parameters';

export interface NamedReference {
	/** As written; it may be no reference at all. */
	readonly text: string;
	/** Absent where the user gave none. */
	readonly name?: string;
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

/** @returns whether to reveal. @throws OnePasswordError REVEAL_REFUSED where an AI agent asks for it. */
export function readRevealAll(parameters: Parameters, isTool: boolean): boolean {
	const choice = oneOf(parameters.value('reveal') ?? 'none', ['none', 'all'], 'Reveal Secret Values');
	if (choice === 'all' && isTool) throw refuseReveal();
	return choice === 'all';
}

function readList(list: unknown): NamedReference[] {
	if (Array.isArray(list)) return list.map((member: unknown) => (isObject(member) ? readRow(member) : readText(member)));
	if (isObject(list)) return Object.entries(list).map(([name, reference]) => ({ ...readText(reference), name }));
	return toText(list, 'Reference List')
		.split(/\r?\n/)
		.filter((line) => line.trim() !== '')
		.map(readLine);
}

function readRow({ reference, name }: Readonly<Record<string, unknown>>): NamedReference {
	const given = toText(name, 'Name').trim();
	return { ...readText(reference), ...(given !== '' && { name: given }) };
}

/** `NAME=op://…`, as in an environment file. */
function readLine(line: string): NamedReference {
	const [, name, reference] = /^\s*([\w.-]+)\s*=\s*(op:\/\/.*)$/.exec(line) ?? [];
	return name === undefined ? readText(line) : { ...readText(reference), name };
}

/** White space and quotes around a reference come from copying it. */
function readText(value: unknown): NamedReference {
	const text = toText(value, 'Reference').trim().replace(/^"(op:\/\/.*)"$/, '$1');
	if (text !== '') return { text };
	throw invalidInput(
		'A reference is empty.',
		'Fill it in; if it is an expression, check that it finds a value for this item.',
	);
}

/** A text that is no reference may be a secret in the wrong place, and names nothing. */
function asNamed(reference: NamedReference): NamedReference {
	const { text, name } = reference;
	return name === undefined && isReference(text) ? { text, name: text } : reference;
}

function refuseRepeatedNames(references: readonly NamedReference[]): void {
	const names = references.flatMap(({ name }) => name ?? []);
	const repeated = names.find((name, index) => names.indexOf(name) < index);
	if (repeated === undefined) return;
	throw invalidInput(`Two references have the name "${repeated}".`, 'Give each of them a name of its own.');
}
