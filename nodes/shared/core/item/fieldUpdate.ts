/**
 * Computes the patch operations that change one field of an item, and how a later read shows that they took effect. Values
 * appear only in the operations.
 */

import { toWireValue } from '../time/dates';
import { findAgain, isSameField } from '../fields/fieldIdentity';
import { sectionLabel } from '../fields/fieldName';
import { matchField, requireField } from '../fields/fieldSelector';
import { hasArrived, isSameValue, isWritableType, typeOf } from '../fields/fieldTypes';
import type { Change, FieldChange } from './change';
import { makeField, refuseConcealedValue } from './newField';
import { invalidInput } from '../errors/onePasswordError';
import { fieldPath } from './patchPath';
import type { Field, FullItem, GeneratorRecipe, PatchOperation } from '../wire';

/** @returns whether `item` shows the change; `before` is the item it was computed from. */
export type FieldExpectation = (item: FullItem, before: FullItem) => boolean;

export interface FieldPlan {
	readonly operations: readonly PatchOperation[];
	readonly change: Change;
	readonly expectation: FieldExpectation;
}

/**
 * @returns the plan, or `undefined` if the field is already as requested.
 * @throws OnePasswordError FIELD_NOT_FOUND, AMBIGUOUS or INVALID_INPUT; AMBIGUOUS also if another field has the same ID.
 */
export function planFieldChange(item: FullItem, change: FieldChange, addMissing: boolean): FieldPlan | undefined {
	refuseConcealedValue(change);
	if (addMissing && !change.found && matchField(item, change).kind === 'none') {
		// A missing field is already empty and removed.
		const adds = change.action === 'set' || change.action === 'generate';
		return adds ? planAddition(item, change) : undefined;
	}
	const field = change.found ?? requireField(item, change);
	if (change.onlyIfEmpty && field.value) return undefined;
	if (change.action === 'remove') return planRemoval(item, field);
	refuseUnwritable(field);
	return change.action === 'generate'
		? planGeneration(item, field, change.recipe)
		: planValue(item, field, change.action === 'set' ? (change.value ?? '') : '');
}

function planValue(item: FullItem, field: Field, value: string): FieldPlan | undefined {
	const current = field.value ?? '';
	const type = typeOf(field);
	if (isSameValue(type, current, value)) return undefined;
	const path = `${fieldPath(item, field)}/value`;
	const sent = toWireValue(type, value, field.label || field.id);
	const op = current === '' ? 'add' : 'replace';
	return {
		operations: [sent === '' ? { op: 'remove', path } : { op, path, value: sent }],
		change: describe(item, field, 'changed'),
		expectation: (later) => hasArrived(type, findAgain(later, field)?.value ?? '', value),
	};
}

/** The whole field is replaced, as documented: a value would take precedence over `generate`. */
function planGeneration(item: FullItem, field: Field, recipe: GeneratorRecipe | undefined): FieldPlan {
	const { value: _value, totp: _totp, entropy: _entropy, passwordDetails: _details, ...kept } = field;
	return {
		operations: [
			{
				op: 'replace',
				path: fieldPath(item, field),
				value: { ...kept, generate: true, ...(recipe && { recipe }) },
			},
		],
		change: describe(item, field, 'changed'),
		expectation: (later, before) => {
			const generated = findAgain(later, field)?.value;
			return Boolean(generated) && generated !== findAgain(before, field)?.value;
		},
	};
}

function planRemoval(item: FullItem, field: Field): FieldPlan {
	return {
		operations: [{ op: 'remove', path: fieldPath(item, field) }],
		change: describe(item, field, 'removed'),
		expectation: (later) => !later.fields?.some((left) => isSameField(left, field)),
	};
}

/**
 * A new section is sent inside the field. `add` to `/sections` is undocumented and, read as plain JSON Patch, would replace
 * all of the item's sections.
 */
function planAddition(item: FullItem, change: FieldChange): FieldPlan {
	const made = makeField(change, item.sections ?? [], { fields: item.fields });
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
			const { value = '' } = match.found;
			return change.action === 'generate' ? value !== '' : hasArrived(typeOf(match.found), value, change.value ?? '');
		},
	};
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
	const type = typeOf(field);
	if (isWritableType(type)) return;
	throw invalidInput(
		`The field "${field.label || field.id}" is of type ${type}, which Connect can't write without loss.`,
		'Change this field in the 1Password app.',
	);
}
