/**
 * Computes the patch operations that change one field of an item, and how to tell from a later read that they took
 * effect. Values go no further than the operations.
 */

import { CONCEALED_VALUE } from './concealment';
import { sectionLabel, matchField, requireField, type FieldSelector } from './fieldSelector';
import { makeField, isWritableType } from './itemDraft';
import type { Change } from './itemUpdate';
import { invalidInput } from './onePasswordError';
import type { Field, FullItem, GeneratorRecipe, PatchOperation, WritableFieldType } from './wire';

export interface FieldChange extends FieldSelector {
	/** Give it this value, let the server generate one, empty it, or take the field out of the item. */
	readonly action: 'set' | 'generate' | 'clear' | 'remove';
	/** For `set`; text, never empty. */
	readonly value?: string;
	/** For a field that is added. Default CONCEALED. */
	readonly type?: WritableFieldType;
	/** Leave a field that has a value as it is. Default false. */
	readonly onlyIfEmpty?: boolean;
	/** For `generate`. Default: 32 letters, digits and symbols. */
	readonly recipe?: GeneratorRecipe;
}

/** @returns whether `item` shows the change; `before` is the item that it was computed from. */
export type FieldExpectation = (item: FullItem, before: FullItem) => boolean;

export interface FieldPlan {
	readonly operations: readonly PatchOperation[];
	readonly change: Change;
	readonly expectation: FieldExpectation;
}

/**
 * @returns the plan, or `undefined` where the field already is as wanted.
 * @throws OnePasswordError FIELD_NOT_FOUND, AMBIGUOUS or INVALID_INPUT.
 */
export function planFieldChange(
	item: FullItem,
	change: FieldChange,
	addMissing: boolean,
): FieldPlan | undefined {
	refuseConcealedValue(change);
	const missing = matchField(item, change).kind === 'none';
	if (missing && change.action !== 'set' && change.action !== 'generate' && addMissing) return undefined;
	if (missing && addMissing) return planAddition(item, change);
	const field = requireField(item, change);
	if (change.onlyIfEmpty && field.value) return undefined;
	if (change.action === 'remove') return planRemoval(item, field);
	refuseUnwritable(field);
	return change.action === 'generate'
		? planGeneration(item, field, change.recipe)
		: planValue(item, field, change.action === 'set' ? (change.value ?? '') : '');
}

function planValue(item: FullItem, field: Field, value: string): FieldPlan | undefined {
	const current = field.value ?? '';
	if (current === value) return undefined;
	const path = `${fieldPath(field)}/value`;
	const operation: PatchOperation =
		value === '' ? { op: 'remove', path } : { op: current === '' ? 'add' : 'replace', path, value };
	return {
		operations: [operation],
		change: describe(item, field, 'changed'),
		expectation: (later) => sameValue(field, fieldById(later, field.id)?.value ?? '', value),
	};
}

/** The whole field is replaced, as documented: a value beside `generate` would win over it. */
function planGeneration(item: FullItem, field: Field, recipe: GeneratorRecipe | undefined): FieldPlan {
	const { value: _value, totp: _totp, entropy: _entropy, passwordDetails: _details, ...kept } = field;
	return {
		operations: [
			{
				op: 'replace',
				path: fieldPath(field),
				value: { ...kept, generate: true, ...(recipe && { recipe }) },
			},
		],
		change: describe(item, field, 'changed'),
		expectation: (later, before) => {
			const generated = fieldById(later, field.id)?.value;
			return Boolean(generated) && generated !== fieldById(before, field.id)?.value;
		},
	};
}

function planRemoval(item: FullItem, field: Field): FieldPlan {
	return {
		operations: [{ op: 'remove', path: fieldPath(field) }],
		change: describe(item, field, 'removed'),
		expectation: (later) => fieldById(later, field.id) === undefined,
	};
}

/**
 * A new section travels inside the field. `add` to `/sections` is documented nowhere, and read as plain JSON Patch it
 * would replace every section the item has.
 */
function planAddition(item: FullItem, change: FieldChange): FieldPlan {
	const made = makeField(change, item.sections ?? []);
	const known = item.sections?.some((section) => section.id === made.field.section?.id) ?? false;
	const field = made.section && !known ? { ...made.field, section: made.section } : made.field;
	const label = made.field.label;
	return {
		operations: [{ op: 'add', path: '/fields', value: field }],
		change: {
			target: 'field',
			kind: 'added',
			...(label !== undefined && { label }),
			...(made.section?.label && { section: made.section.label }),
		},
		expectation: (later) => {
			const match = matchField(later, change);
			if (match.kind !== 'one') return false;
			return change.action === 'generate' ? Boolean(match.found.value) : sameValue(match.found, match.found.value ?? '', change.value ?? '');
		},
	};
}

/** Dates come back in the server's own form, so for them any value counts as the one that was sent. */
function sameValue(field: Field, found: string, wanted: string): boolean {
	if (found === wanted) return true;
	return (field.type === 'DATE' || field.type === 'MONTH_YEAR') && (found === '') === (wanted === '');
}

function fieldById(item: FullItem, id: string): Field | undefined {
	return item.fields?.find((field) => field.id === id);
}

function fieldPath(field: Field): string {
	if (/[~/]/.test(field.id)) {
		throw invalidInput(
			`The id of the field "${field.label ?? field.id}" holds a character that Connect can't address.`,
			'Change this field in the 1Password app.',
		);
	}
	return `/fields/${field.id}`;
}

function describe(item: FullItem, field: Field, kind: Change['kind']): Change {
	const section = sectionLabel(item, field);
	return {
		target: 'field',
		kind,
		id: field.id,
		label: field.label || field.id,
		...(section !== undefined && { section }),
	};
}

function refuseUnwritable(field: Field): void {
	if (isWritableType(field.type)) return;
	throw invalidInput(
		`The field "${field.label ?? field.id}" is of type ${field.type}, which Connect can't write without loss.`,
		'Change this field in the 1Password app.',
	);
}

function refuseConcealedValue({ field, value }: FieldChange): void {
	if (value?.includes(CONCEALED_VALUE)) {
		throw invalidInput(
			`The new value of "${field}" is the placeholder of a hidden value, not a secret.`,
			"Set 'Reveal Secret Values' in the node that read it.",
		);
	}
}
