import type { FullItem, PatchOperation } from '../../../../nodes/shared/core/wire';
import { applyPatch } from '../../../support/applyPatch';

/** @returns the item after a write, with the version and the sections that a server gives it. */
export function applyStep(item: FullItem, { operations }: { readonly operations: readonly PatchOperation[] }): FullItem {
	const patched = applyPatch(item, operations);
	const sections = (patched.fields ?? []).flatMap(({ section }) => section ?? []);
	return { ...patched, sections, version: (item.version ?? 0) + 1 };
}
