/** The section of an item that contains its rotation, and the labels of its fields. */

import { foldName } from '../names/nameMatch';
import type { Field, WritableFieldType } from '../wire';

export const ROTATION_SECTION = 'Rotation';

/**
 * The fields in the order in which they are created. The first one marks the start of a set. Items rarely have fields with
 * these names otherwise; a lookup by label alone would then find two.
 */
export const ROTATION_FIELDS = {
	rotationId: { label: 'rotation ID', type: 'STRING' },
	state: { label: 'rotation state', type: 'STRING' },
	field: { label: 'rotated field', type: 'STRING' },
	pending: { label: 'pending value', type: 'CONCEALED' },
	previous: { label: 'previous value', type: 'CONCEALED' },
	/** Was live and has been rolled back. */
	withdrawn: { label: 'withdrawn value', type: 'CONCEALED' },
	/** What the other fields contained along with the previous or the withdrawn value. */
	others: { label: 'kept other fields', type: 'CONCEALED' },
	started: { label: 'rotation started', type: 'STRING' },
	finished: { label: 'rotation finished', type: 'STRING' },
	graceUntil: { label: 'grace until', type: 'STRING' },
	stagedVersion: { label: 'staged at version', type: 'STRING' },
	check: { label: 'value check', type: 'CONCEALED' },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly type: WritableFieldType }>>;

export type RotationPart = keyof typeof ROTATION_FIELDS;

export const ROTATION_PARTS = Object.keys(ROTATION_FIELDS) as RotationPart[];

/** @param label of a section. */
export function isRotationSection(label = ''): boolean {
	return foldName(label) === foldName(ROTATION_SECTION);
}

/** @returns which part of a rotation a field of that section contains, if any. */
export function partOf({ label = '' }: Field): RotationPart | undefined {
	return ROTATION_PARTS.find((part) => foldName(ROTATION_FIELDS[part].label) === foldName(label.trim()));
}
