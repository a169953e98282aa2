import type { Section } from '../../../../nodes/shared/core/wire';
import { ConnectFailure, failure } from '../failure';
import type { StoredField } from '../store/records';
import { readField } from './fieldDraft';
import { refuseUnsupportedTypes, typeOf } from './fieldTypes';
import type { JsonObject } from './json';
import { objectAt } from './json';
import type { Operation } from './patchPath';
import { refusePath } from './patchPath';
import type { Rules } from './rules';
import { placeField } from './sections';

const ATTRIBUTES: ReadonlySet<string> = new Set(['generate', 'label', 'purpose', 'recipe', 'section', 'type', 'value']);

/** A field on the bench: untouched ones go back as the very object they were. */
interface BenchField {
	readonly before?: StoredField;
	/** What the operations made of it, not checked yet. */
	readonly raw?: JsonObject;
	readonly id: string | undefined;
}

/** The fields of an item while operations are applied; checked at the end, since two operations can need each other. */
export class FieldBench {
	private fields: BenchField[];

	constructor(
		fields: readonly StoredField[],
		private readonly rules: Rules,
	) {
		this.fields = fields.map((before) => ({ before, id: before.id }));
	}

	/** Applies an operation whose path starts with /fields. @throws ConnectFailure 400, 404 */
	apply(operation: Operation): void {
		const [, id, attribute, ...deeper] = operation.parts;
		if (id === undefined) return this.append(operation);
		if (deeper.length > 0) refusePath(operation);
		this.refuseRepeated(id);
		const index = this.fields.findIndex((field) => field.id === id);
		const field = this.fields[index];
		if (!field) return this.miss(id);
		if (attribute !== undefined) this.fields[index] = changeAttribute(field, attribute, operation);
		else if (operation.op === 'remove') this.fields.splice(index, 1);
		else if (operation.op === 'replace') this.fields[index] = { ...field, raw: { ...objectAt(operation.value, 'value'), id } };
		else refusePath(operation);
	}

	private refuseRepeated(id: string): void {
		if (this.rules.behaviour.repeatedFieldId === 'firstMatch' || this.fields.filter((field) => field.id === id).length < 2) return;
		throw failure.badRequest(`The item has more than one ${id} field.`);
	}

	private miss(id: string): void {
		const status = this.rules.behaviour.unknownFieldOnPatch;
		if (status !== 'ignore') throw new ConnectFailure(status, `The item doesn't have a ${id} field.`);
	}

	/** @throws ConnectFailure 400, 406 */
	finish(category: string, given: readonly Section[]): { fields: StoredField[]; sections: readonly Section[] } {
		const written = this.fields.filter(changesType).map(({ raw }) => raw ?? {});
		refuseUnsupportedTypes(written, given);
		const fields: StoredField[] = [];
		let sections = given;
		for (const { before, raw } of this.fields) {
			if (raw === undefined) {
				if (before) fields.push(before);
				continue;
			}
			const placement = placeField(raw['section'], sections, this.rules);
			sections = placement.sections;
			if (placement.dropped) continue;
			const field = readField(raw, { category, ...(before && { keptType: before.type }) }, this.rules);
			fields.push({ ...unknownMembers(raw), ...field, ...(placement.section && { section: placement.section }) });
		}
		return { fields, sections };
	}

	// Unlike RFC 6902, which would put the value in place of all fields.
	private append(operation: Operation): void {
		if (operation.op !== 'add') refusePath(operation);
		const raw = objectAt(operation.value, 'value');
		const id = typeof raw['id'] === 'string' && raw['id'] !== '' ? raw['id'] : undefined;
		this.fields.push({ raw, id });
	}
}

function changeAttribute(field: BenchField, attribute: string, operation: Operation): BenchField {
	if (!ATTRIBUTES.has(attribute)) refusePath(operation);
	const { [attribute]: _old, ...rest } = field.raw ?? field.before ?? {};
	return { ...field, raw: operation.op === 'remove' ? rest : { ...rest, [attribute]: operation.value } };
}

function changesType({ before, raw }: BenchField): boolean {
	return raw !== undefined && (before === undefined || typeOf(raw) !== before.type);
}

const KNOWN_MEMBERS: ReadonlySet<string> = new Set([...ATTRIBUTES, 'entropy', 'id', 'passwordDetails', 'totp']);

function unknownMembers(raw: JsonObject): JsonObject {
	return Object.fromEntries(Object.entries(raw).filter(([member]) => !KNOWN_MEMBERS.has(member)));
}
