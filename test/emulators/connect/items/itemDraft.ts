import type { Section } from '../../../../nodes/shared/core/wire';
import { failure } from '../failure';
import type { ItemContents, ItemRecord, StoredField } from '../store/records';
import { completeContents, readTags, readUrls, refuseDoubles } from './contents';
import { readField } from './fieldDraft';
import { refuseUnsupportedTypes } from './fieldTypes';
import type { JsonObject } from './json';
import { arrayAt, booleanAt, objectAt, stringAt } from './json';
import type { Rules } from './rules';
import { placeField, readSections } from './sections';
import { CATEGORIES } from './template';

const NOT_CREATABLE: ReadonlySet<string> = new Set(['CUSTOM', 'DOCUMENT']);

/** The item created by the body of a POST. @throws ConnectFailure 400, 406 */
export function readNewItem(body: unknown, vaultId: string, rules: Rules): ItemContents {
	const draft = objectAt(body, 'item');
	refuseOtherVault(draft, vaultId);
	const category = readCategory(draft);
	if (NOT_CREATABLE.has(category)) throw failure.badRequest('Invalid item category');
	return completeContents(readContents(draft, category, rules), undefined, rules);
}

/**
 * What the body of a PUT makes of the item: what it leaves out is gone, except files, which no call could bring back. A
 * version in it is ignored. @throws ConnectFailure 400, 406
 */
export function readReplacement(body: unknown, before: ItemRecord, rules: Rules): ItemContents {
	const draft = objectAt(body, 'item');
	refuseOtherVault(draft, before.vaultId);
	const id = stringAt(draft['id'], 'id');
	if (id && id !== before.id) throw failure.badRequest('Invalid item: id is that of another item');
	const category = readCategory(draft);
	if (category !== before.category) throw failure.badRequest('Invalid item category');
	return completeContents({ ...readContents(draft, category, rules), files: before.files }, before.fields, rules);
}

function refuseOtherVault(draft: JsonObject, vaultId: string): void {
	const vault = draft['vault'] === undefined ? {} : objectAt(draft['vault'], 'vault');
	if (stringAt(vault['id'], 'vault.id') !== vaultId) {
		throw failure.badRequest('Invalid item: vault.id must be that of the vault in the path');
	}
}

export function readCategory(draft: JsonObject): string {
	const category = (stringAt(draft['category'], 'category') ?? '').toUpperCase();
	if (!CATEGORIES.has(category)) throw failure.badRequest('Invalid item category');
	return category;
}

function readContents(draft: JsonObject, category: string, rules: Rules): ItemContents {
	const rawFields = arrayAt(draft['fields'], 'fields').map((field, index) => objectAt(field, `fields[${index}]`));
	const sections = readSections(draft['sections'], rules);
	refuseUnsupportedTypes(rawFields, sections);
	return {
		title: stringAt(draft['title'], 'title') ?? '',
		category,
		urls: readUrls(draft['urls']),
		favorite: booleanAt(draft['favorite'], 'favorite') ?? false,
		tags: readTags(draft['tags']),
		...readFields(rawFields, sections, category, rules),
		files: [],
		unknownMembers: {},
	};
}

function readFields(
	rawFields: readonly JsonObject[],
	given: readonly Section[],
	category: string,
	rules: Rules,
): Pick<ItemContents, 'sections' | 'fields'> {
	const fields: StoredField[] = [];
	let sections = given;
	for (const raw of rawFields) {
		const placement = placeField(raw['section'], sections, rules);
		sections = placement.sections;
		if (placement.dropped) continue;
		fields.push({ ...readField(raw, { category }, rules), ...(placement.section && { section: placement.section }) });
	}
	refuseDoubles(fields);
	return { sections, fields };
}
