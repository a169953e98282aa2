/**
 * Reads the state of an item's rotation from the fields of its section "Rotation". People can read these fields in the
 * 1Password app, and may have edited them.
 */

import { sectionLabel } from '../../fields/fieldName';
import { typeOf } from '../../fields/fieldTypes';
import { foldName } from '../../names/nameMatch';
import { parseKept } from './rotationKept';
import { ROTATION_FIELDS, ROTATION_PARTS, isRotationSection, partOf, type RotationPart } from '../../fields/rotationSection';
import { parseTime } from './rotationTime';
import type { Field, FullItem } from '../../wire';

export const ROTATION_STATES = ['pending', 'finished', 'rolled back', 'ended'] as const;

export type RotationState = (typeof ROTATION_STATES)[number];

/** Of a set that another `begin` added in vain and withdrew: it never counts. */
export const WITHDRAWN = 'withdrawn';

export interface Rotation {
	/** The existing fields; a person may have removed some. */
	readonly fields: Readonly<Partial<Record<RotationPart, Field>>>;
	/** Their values; empty for a missing field. */
	readonly values: Readonly<Record<RotationPart, string>>;
	readonly state: RotationState | typeof WITHDRAWN;
}

export interface CurrentRotation extends Rotation {
	readonly state: RotationState;
}

export type RotationReading =
	| {
			readonly kind: 'none';
			readonly strays: readonly Rotation[];
			/** A field in an unrelated section of this name that has the same label as one of ours. */
			readonly foreign?: Field;
	  }
	/** What stands there makes no sense. */
	| { readonly kind: 'unclear'; readonly problem: string }
	| {
			readonly kind: 'found';
			/** The one that counts: the first in the item's order, so that every reader makes the same decision. */
			readonly current: CurrentRotation;
			/** Sets that another `begin` added without seeing the first one. */
			readonly strays: readonly Rotation[];
	  };

export function readRotation(item: FullItem): RotationReading {
	const fields = findParts(item);
	const sets = collectSets(fields);
	const rotations: Rotation[] = [];
	for (const set of sets) {
		const rotation = toRotation(set);
		if (typeof rotation === 'string') return { kind: 'unclear', problem: rotation };
		rotations.push(rotation);
	}
	const current = rotations.find(counts);
	if (current !== undefined) return { kind: 'found', current, strays: rotations.filter((rotation) => rotation !== current) };
	const foreign = sets.length === 0 ? fields[0] : undefined;
	return { kind: 'none', strays: rotations, ...(foreign && { foreign }) };
}

function counts(rotation: Rotation): rotation is CurrentRotation {
	return rotation.state !== WITHDRAWN;
}

/** @returns the fields of the section that have the labels of a rotation. */
function findParts(item: FullItem): Field[] {
	return (item.fields ?? []).filter((field) => isRotationSection(sectionLabel(item, field)) && partOf(field) !== undefined);
}

/** Each set is added by one write, so its fields are adjacent, with the rotation ID first. */
function collectSets(fields: readonly Field[]): Field[][] {
	const isFirst = (field: Field): boolean => partOf(field) === 'rotationId';
	const starts = fields.flatMap((field, index) => (isFirst(field) ? index : []));
	// An unrelated section can have the same name, but one of our values without its rotation ID must not be overlooked.
	if (starts.length === 0) return fields.some((field) => typeOf(field) === 'CONCEALED') ? [[...fields]] : [];
	return starts.map((start, index) => {
		const set = fields.slice(start, starts[index + 1]);
		// A person may have moved a field to the top. A field that the set already has belongs to another set.
		const moved = index === 0 ? fields.slice(0, start).filter((field) => !set.some((own) => partOf(own) === partOf(field))) : [];
		return [...moved, ...set];
	});
}

/** @returns the rotation, or what is wrong with it. */
function toRotation(set: readonly Field[]): Rotation | string {
	const fields: Partial<Record<RotationPart, Field>> = {};
	for (const field of set) {
		const part = partOf(field);
		if (part === undefined) continue;
		if (fields[part]) return `there are two fields "${ROTATION_FIELDS[part].label}"`;
		fields[part] = field;
	}
	const values = Object.fromEntries(ROTATION_PARTS.map((part) => [part, readValue(part, fields[part])])) as Record<RotationPart, string>;
	if (values.rotationId === '') return 'it has no rotation ID';
	const state = ([...ROTATION_STATES, WITHDRAWN] as const).find((known) => known === foldName(values.state));
	if (state === undefined) return `its "${ROTATION_FIELDS.state.label}" is not one of: ${ROTATION_STATES.join(', ')}`;
	if (parseKept(values.others) === undefined) return `the value of "${ROTATION_FIELDS.others.label}" was not written by a rotation`;
	// A grace period with an unreadable end would never be over.
	if (values.graceUntil !== '' && parseTime(values.graceUntil) === undefined) return NO_TIME;
	return { fields, values, state };
}

/** White space around text typed by a person is ignored; in a secret it may matter. */
function readValue(part: RotationPart, field: Field | undefined): string {
	const value = field?.value ?? '';
	return ROTATION_FIELDS[part].type === 'CONCEALED' ? value : value.trim();
}

/** @returns whether the previous value is still in use or not known to be revoked. */
export function isInGrace({ state, values }: Rotation): boolean {
	return state === 'finished' && values.previous !== '' && values.graceUntil !== '';
}

const NO_TIME = `the value of "${ROTATION_FIELDS.graceUntil.label}" is not a valid time: enter one such as 2026-12-31T18:00:00Z, or clear it`;

/** @returns milliseconds since the epoch, or `undefined` if the field has no unambiguous time. */
export function timeOf({ values }: Rotation, part: 'started' | 'finished' | 'graceUntil'): number | undefined {
	return parseTime(values[part]);
}
