/** Which secret references an operation works with, and the names that their values get. */

import { isObject } from '../../core/json';
import { invalidInput } from '../../core/errors/onePasswordError';
import { cleanReference, parseReferenceList } from '../../core/references/copiedReference';
import { isReference } from '../../core/references/secretReference';
import { choiceParameter } from '../parameters/choices';
import { rowsParameter } from '../parameters/collections';
import { toText } from '../parameters/conversions';
import { membersOf } from '../parameters/nodeParameters';
import type { ParameterValues } from '../parameters/parameter';
import { textParameter } from '../parameters/texts';

const EXAMPLE = 'op://Production/Payments API/credential';

export interface NamedReference {
	/** As written; it may be no reference at all. */
	readonly text: string;
	/** Absent where the user gave none. */
	readonly name?: string;
	/** In a list with one reference per line: 1 for the first. */
	readonly line?: number;
}

const specifyReferences = choiceParameter({
	displayName: 'Specify References',
	name: 'specifyReferences',
	default: 'fields',
	options: [
		{ name: 'Using a List', value: 'list', description: 'One text or expression with all references' },
		{ name: 'Using Fields Below', value: 'fields', description: 'One row for each reference' },
	],
});

const reference = textParameter({
	displayName: 'Reference',
	name: 'reference',
	placeholder: `e.g. ${EXAMPLE}`,
	description: 'Secret reference of a field or a file, by names or IDs',
});

const referenceName = textParameter({
	displayName: 'Name',
	name: 'name',
	placeholder: 'e.g. apiKey',
	description: 'What the output calls it. Default: the name of the field, or the whole reference where two fields share a name.',
});

const referenceRows = rowsParameter({
	displayName: 'References',
	name: 'references',
	typeOptions: { multipleValueButtonText: 'Add Reference' },
	placeholder: 'Add Reference',
	default: { values: [{ reference: '', name: '' }] },
	description: 'The secrets to look up',
	displayOptions: { show: { specifyReferences: ['fields'] } },
	row: 'Reference',
	members: [reference, referenceName],
	readRow,
});

const referenceList = textParameter({
	displayName: 'Reference List',
	name: 'referenceList',
	typeOptions: { rows: 4 },
	placeholder: `e.g. API_KEY=${EXAMPLE}`,
	description:
		'One reference a line, each with a name and = before it if you like. An expression may also yield an array of references, or an object of references by name.',
	displayOptions: { show: { specifyReferences: ['list'] } },
});

export const referencesProperties = [specifyReferences.property, referenceRows.property, referenceList.property];

/** @throws OnePasswordError INVALID_INPUT where there is none, one is empty, or two have one name. */
export function readReferences(parameters: ParameterValues): NamedReference[] {
	const isList = specifyReferences.read(parameters) === 'list';
	const references = isList ? readList(parameters) : referenceRows.read(parameters);
	if (references.length === 0) {
		throw invalidInput('No secret reference was given.', 'Add one, such as op://Production/Payments API/credential.');
	}
	refuseRepeatedNames(references);
	// The entries of a list have no names but themselves, so that a further one changes nothing for the others.
	return isList ? references.map(asNamed) : references;
}

/** @returns how errors call the references: by their lines, where they have some. */
export function placesOf(references: readonly NamedReference[]): Array<string | undefined> {
	return references.map(({ line }) => (line === undefined ? undefined : `Line ${line}`));
}

function readList(parameters: ParameterValues): NamedReference[] {
	const list = parameters.value(referenceList.property.name);
	if (Array.isArray(list)) return list.map((member: unknown) => (isObject(member) ? readRow(membersOf(member)) : readText(member)));
	if (isObject(list)) return Object.entries(list).map(([name, text]) => ({ ...readText(text), name }));
	return parseReferenceList(referenceList.read(parameters));
}

function readRow(row: ParameterValues): NamedReference {
	const given = referenceName.read(row).trim();
	return { ...readText(row.value(reference.property.name)), ...(given !== '' && { name: given }) };
}

function readText(value: unknown): NamedReference {
	const text = cleanReference(toText(value, reference.property.displayName));
	if (text !== '') return { text };
	throw invalidInput('A reference is empty.', 'Fill it in; if it is an expression, check that it finds a value for this item.');
}

/** A text that is no reference may be a secret in the wrong place, and names nothing. */
function asNamed(named: NamedReference): NamedReference {
	const { text, name } = named;
	return name === undefined && isReference(text) ? { ...named, name: text } : named;
}

function refuseRepeatedNames(references: readonly NamedReference[]): void {
	const names = references.flatMap(({ name }) => name ?? []);
	const repeated = names.find((name, index) => names.indexOf(name) < index);
	if (repeated === undefined) return;
	const lines = references.flatMap(({ name, line }) => (name === repeated && line !== undefined ? [line] : []));
	const where = lines.length > 0 ? ` (lines ${lines.join(' and ')})` : '';
	throw invalidInput(`Two references have the name "${repeated}"${where}.`, 'Give each of them its own name.');
}
