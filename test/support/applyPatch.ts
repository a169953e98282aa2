/** Connect's modified JSON Patch, implemented from its description, independently of the emulator. */

import type { PatchOperation } from '../../nodes/shared/core/wire';

type Json = Record<string, unknown>;

/** @returns the patched copy. @throws Error for an undocumented or missing path. */
export function applyPatch<T extends object>(document: T, operations: readonly PatchOperation[]): T {
	const copy = structuredClone(document) as Json;
	for (const operation of operations) applyOne(copy, operation);
	return copy as T;
}

function applyOne(item: Json, { op, path, value }: PatchOperation): void {
	const [first, member = '', id, attribute, ...deeper] = path.split('/');
	if (first !== '' || member === '' || deeper.length > 0 || path.includes('~')) throw new Error(`Bad path ${path}`);
	if (member !== 'fields') {
		if (id !== undefined) throw new Error(`Bad path ${path}`);
		return change(item, member, op, value);
	}
	const fields = (item.fields ??= []) as Json[];
	if (id === undefined) {
		if (op !== 'add') throw new Error(`${op} of all fields`);
		const taken = new Set(fields.map((field) => field.id));
		const next = fields.findIndex((_field, index) => !taken.has(`added${index}`));
		fields.push({ id: `added${next < 0 ? fields.length : next}`, ...(value as Json) });
		return;
	}
	const index = fields.findIndex((field) => field.id === id);
	const field = fields[index];
	if (field === undefined) throw new Error(`No field ${id}`);
	if (attribute !== undefined) return change(field, attribute, op, value);
	if (op === 'add') throw new Error(`Field ${id} is there`);
	fields.splice(index, 1, ...(op === 'replace' ? [value as Json] : []));
}

function change(target: Json, member: string, op: PatchOperation['op'], value: unknown): void {
	if (op !== 'add' && !Object.hasOwn(target, member)) throw new Error(`${op} of the absent ${member}`);
	if (op === 'remove') delete target[member];
	else target[member] = structuredClone(value);
}
