/**
 * Counts the writes since a value was staged: the item's version tells how many there were, and the sets that stand beside
 * this one how many of them were made by others who began at the same time.
 */

import { WITHDRAWN, type Rotation } from './rotationState';
import type { FullItem } from '../../wire';

/** @returns whether nobody wrote the item since the value was staged, but those whose set stands beside this one. */
export function isUntouched(item: FullItem, rotation: Rotation, strays: readonly Rotation[]): boolean {
	return editsOf(item, rotation, strays) === 0;
}

/** @returns how many writes of others there were since the value was staged; `undefined` where that can't be told. */
export function editsOf({ version }: FullItem, { values }: Rotation, strays: readonly Rotation[]): number | undefined {
	const edits = (version ?? NaN) - Number(values.stagedVersion || NaN) - writesOf(strays);
	return Number.isNaN(edits) ? undefined : edits;
}

/** A set stands for the write that added it, and for the one that withdrew it. */
function writesOf(strays: readonly Rotation[]): number {
	return strays.reduce((writes, { state }) => writes + (state === WITHDRAWN ? 2 : 1), 0);
}

/** @returns the strays as they stand once some of them are withdrawn. */
export function withdrawnFrom(strays: readonly Rotation[], withdrawn: readonly Rotation[]): Rotation[] {
	return strays.map((stray) => (withdrawn.includes(stray) ? { ...stray, state: WITHDRAWN } : stray));
}

/** @returns the stamp of a value by which the item counts as untouched, but for `edits`, after the write that is planned. */
export function stampFor({ version = 0 }: FullItem, strays: readonly Rotation[] = [], edits = 0): string {
	return String(version + 1 - writesOf(strays) - edits);
}
