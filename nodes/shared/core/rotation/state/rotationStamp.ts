/**
 * Counts the writes since a value was staged. The item's version shows how many there were, and the sets beside this one how
 * many of them came from rotations that began at the same time.
 */

import { WITHDRAWN, type Rotation } from './rotationState';
import type { FullItem } from '../../wire';

/** @returns whether the only writes since the value was staged came from the sets beside this one. */
export function isUntouched(item: FullItem, rotation: Rotation, strays: readonly Rotation[]): boolean {
	return editsOf(item, rotation, strays) === 0;
}

/** @returns the number of other writes since the value was staged; `undefined` if unknown. */
export function editsOf({ version }: FullItem, { values }: Rotation, strays: readonly Rotation[]): number | undefined {
	const edits = (version ?? NaN) - Number(values.stagedVersion || NaN) - writesOf(strays);
	return Number.isNaN(edits) ? undefined : edits;
}

/** A set counts as the write that added it and the one that withdrew it. */
function writesOf(strays: readonly Rotation[]): number {
	return strays.reduce((writes, { state }) => writes + (state === WITHDRAWN ? 2 : 1), 0);
}

/** @returns the strays after some of them are withdrawn. */
export function withdrawnFrom(strays: readonly Rotation[], withdrawn: readonly Rotation[]): Rotation[] {
	return strays.map((stray) => (withdrawn.includes(stray) ? { ...stray, state: WITHDRAWN } : stray));
}

/** @returns the stamp with which the item counts as untouched, except for `edits`, after the planned write. */
export function stampFor({ version = 0 }: FullItem, strays: readonly Rotation[] = [], edits = 0): string {
	return String(version + 1 - writesOf(strays) - edits);
}
