/**
 * Computes the patch that stages a new value beside the live one. It always adds a new set of fields and removes the
 * previous one instead of changing it. If two rotations begin at once without seeing each other, neither overwrites the
 * other's staged value, and the order of both sets in the item shows both the same winner.
 */

import { isSameValue, typeOf } from '../fields/fieldTypes';
import { isSameField } from '../fields/fieldIdentity';
import { sectionLabel } from '../fields/fieldName';
import { requireField } from '../fields/fieldSelector';
import { planUpdate, type UpdatePlan } from '../item/itemUpdate';
import { makeField } from '../item/newField';
import { invalidInput } from '../errors/onePasswordError';
import { fieldPath } from '../item/patchPath';
import { checkOf, companionsOf } from './rotationCheck';
import { findRotatedField, nameField, requireRotatedField } from './state/rotationFields';
import { stagedIsGone } from './state/rotationEdits';
import { archived, foreignSection, inGrace, otherField, otherValue, stillPending, unclear, usedUp, wrongState } from './state/rotationRefusals';
import { stampFor } from './state/rotationStamp';
import { ROTATION_FIELDS, ROTATION_PARTS, ROTATION_SECTION, isRotationSection, type RotationPart } from '../fields/rotationSection';
import { isInGrace, readRotation, type CurrentRotation, type Rotation } from './state/rotationState';
import { formatTime } from './state/rotationTime';
import type { Field, FullItem, PatchOperation } from '../wire';

export const DEFAULT_ROTATION_TAG = 'rotation';

export interface BeginCommand {
	readonly rotationId: string;
	/** ID, label or `section.label` of the field to rotate. */
	readonly field: string;
	readonly value: string;
	/** Whether the value comes from the workflow and must not be replaced by another. */
	readonly isGiven: boolean;
	/** Marks items with a rotation, so that they can be found without reading every item; empty = no tag. */
	readonly tag: string;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/** @throws OnePasswordError VERSION_CONFLICT if another rotation is in the way. */
export function planBegin(item: FullItem, command: BeginCommand): UpdatePlan {
	const reading = readRotation(item);
	if (reading.kind === 'unclear') throw unclear(reading.problem);
	if (item.state === 'ARCHIVED') throw archived();
	const live = requireRotatable(item, command.field);
	if (reading.kind === 'none') {
		if (reading.foreign !== undefined) throw foreignSection(reading.foreign);
		return planStaging(item, live, command, reading.strays);
	}
	const { current, strays } = reading;
	if (current.values.rotationId === command.rotationId) {
		refuseOther(item, current, live, command);
		return planUpdate(item, {});
	}
	if (current.state === 'pending')
		throw stillPending(
			current,
			strays.some(({ values }) => values.rotationId === command.rotationId),
		);
	if (isInGrace(current)) throw inGrace(current, command.now);
	return planStaging(item, live, command, [current, ...strays]);
}

function planStaging(item: FullItem, live: Field, command: BeginCommand, replaced: readonly Rotation[]): UpdatePlan {
	const { rotationId, isGiven, tag } = command;
	// A crashed run may have staged a value that was never used. It is reused, so there is no second one.
	const staged = isGiven ? undefined : replaced.find((set) => set.values.rotationId === rotationId)?.values.pending;
	const value = staged || command.value;
	if (value === '') throw invalidInput('The new value is empty.', "Check the expression in 'Value'.");
	if (isSameValue(typeOf(live), live.value ?? '', value)) {
		throw invalidInput('The new value equals the live one.', 'Use a different value; otherwise there is nothing to rotate.');
	}
	const { previous, withdrawn, others = '' }: Partial<Rotation['values']> = replaced[0]?.values ?? {};
	const values: Readonly<Partial<Record<RotationPart, string>>> = {
		rotationId,
		state: 'pending',
		field: nameField(item, live),
		pending: value,
		// The values kept by the previous rotation stay until this one has something to keep.
		...{ previous, withdrawn, others },
		started: formatTime(command.now),
		stagedVersion: stampFor(item),
		check: checkOf({ rotationId, state: 'pending', live: live.value ?? '', companions: companionsOf(item, others) }),
	};
	const operations: PatchOperation[] = [
		...ROTATION_PARTS.map((part) => addField(item, part, values[part] ?? '')),
		...replaced.flatMap(({ fields }) => Object.values(fields)).map((field): PatchOperation => ({ op: 'remove', path: fieldPath(item, field) })),
	];
	const tagging = planUpdate(item, { addTags: tag === '' ? [] : [tag] });
	return {
		operations: [...tagging.operations, ...operations],
		changes: [...tagging.changes, { target: 'field', kind: 'added', label: ROTATION_FIELDS.pending.label, section: ROTATION_SECTION }],
		expectations: [(later) => holds(later, rotationId, value)],
		attributes: {},
	};
}

/** The section is sent inside each field; Connect creates it with the first one. */
function addField({ sections = [] }: FullItem, part: RotationPart, value: string): PatchOperation {
	const { label, type } = ROTATION_FIELDS[part];
	const own = sections.find(({ label }) => isRotationSection(label));
	// A section whose ID is our name was not created by a rotation.
	const others = sections.filter(({ id }) => id !== ROTATION_SECTION);
	const change = { field: label, section: own?.id ?? ROTATION_SECTION, action: 'set', type, value } as const;
	const { field, section } = makeField(change, own ? sections : others);
	return { op: 'add', path: '/fields', value: { ...field, section } };
}

function holds(item: FullItem, rotationId: string, value: string): boolean {
	const reading = readRotation(item);
	return (
		reading.kind === 'found' &&
		[reading.current, ...reading.strays].some(({ values }) => values.rotationId === rotationId && values.pending === value)
	);
}

const ROTATABLE_TYPES: readonly string[] = ['CONCEALED', 'STRING', 'URL'];

function requireRotatable(item: FullItem, name: string): Field {
	const field = requireField(item, { field: name });
	if (isRotationSection(sectionLabel(item, field))) {
		throw invalidInput('The field to rotate is part of a rotation itself.', 'Use the field that contains the live value.');
	}
	// Later, after a key has been issued, would be too late to find out.
	fieldPath(item, field);
	const type = typeOf(field);
	if (ROTATABLE_TYPES.includes(type)) return field;
	throw invalidInput(`A field of type ${type} can't be rotated.`, 'Only text, concealed, and URL fields can be rotated.');
}

/** The field and value of a rotation must not change while it is pending. */
function refuseOther(item: FullItem, current: CurrentRotation, live: Field, { rotationId, value, isGiven }: BeginCommand): void {
	const { state, values } = current;
	if (state === 'rolled back') throw wrongState(current, 'rolled back');
	const rotated = state === 'pending' ? requireRotatedField(item, current) : findRotatedField(item, current);
	if (!rotated || !isSameField(rotated, live)) throw otherField(current);
	if (state === 'pending' && values.pending === '') throw stagedIsGone(current);
	if (!isGiven) return;
	if (state === 'pending' && values.pending !== value) throw otherValue(current);
	const check = checkOf({ rotationId, state, live: value, companions: companionsOf(item, values.others) });
	if (state !== 'pending' && live.value !== value && check !== values.check) throw usedUp(current);
}
