import type { Section, Vault } from '../../../../nodes/shared/core/wire';
import { completeContents } from '../items/contents';
import { generateValue } from '../items/passwordGenerator';
import type { Rules } from '../items/rules';
import { placeField } from '../items/sections';
import { BUILT_IN, isBuiltInPurpose } from '../items/template';
import type { SeedField, SeedFile, SeedItem, SeedVault } from '../seed';
import type { ItemContents, ItemRecord, StoredField, StoredFile, VaultRecord } from './records';
import { isActive } from './records';
import type { PlantedVault } from './store';
import { timestamp } from './timestamp';

/** Seeds become records with ids and times. Nothing is checked: the apps can make what Connect refuses. */
export function plantVault(seed: SeedVault, editor: string, rules: Rules): PlantedVault {
	const id = seed.id ?? rules.ids.next();
	const items = (seed.items ?? []).map((item) => plantItem(item, id, editor, rules));
	const now = timestamp(rules.nowMs, rules.behaviour);
	const vault: Vault = {
		id,
		name: seed.name,
		...(seed.description && { description: seed.description }),
		attributeVersion: 1,
		contentVersion: 1 + items.length,
		items: items.filter(isActive).length,
		type: seed.type ?? 'USER_CREATED',
		createdAt: seed.createdAt ?? now,
		updatedAt: seed.updatedAt ?? now,
	};
	return { vault: vault as VaultRecord, items };
}

export function plantItem(seed: SeedItem, vaultId: string, editor: string, rules: Rules): ItemRecord {
	const now = timestamp(rules.nowMs, rules.behaviour);
	return {
		...plantContents(seed, undefined, rules),
		id: seed.id ?? rules.ids.next(),
		vaultId,
		version: seed.version ?? 1,
		...(seed.state !== undefined && { state: seed.state }),
		createdAt: seed.createdAt ?? now,
		updatedAt: seed.updatedAt ?? now,
		writtenAtMs: rules.nowMs,
		lastEditedBy: seed.lastEditedBy ?? editor,
	};
}

/** `before`: the item that these contents replace. */
export function plantContents(seed: SeedItem, before: ItemRecord | undefined, rules: Rules): ItemContents {
	const { title, category, urls, favorite, tags, sections, fields, files, ...rest } = seed;
	const { id: _id, vault: _vault, version: _version, state: _state, ...more } = rest;
	const { createdAt: _createdAt, updatedAt: _updatedAt, lastEditedBy: _lastEditedBy, ...others } = more;
	// An edit gets the item as it is shown; what the server works out is no part of its contents.
	const { additionalInformation: _information, ...unknownMembers } = others;
	const contents: ItemContents = {
		title: title ?? '',
		category: category ?? before?.category ?? 'LOGIN',
		urls: urls ?? [],
		favorite: favorite ?? false,
		tags: tags ?? [],
		...plantFields(fields ?? [], sections ?? [], rules),
		files: (files ?? []).map((file) => plantFile(file, before, rules)),
		unknownMembers,
	};
	// Sharing objects with the caller would let it reach into the store.
	return completeContents({ ...structuredClone({ ...contents, files: [] }), files: contents.files }, before?.fields, rules);
}

function plantFields(seeds: readonly SeedField[], given: readonly Section[], rules: Rules): Pick<ItemContents, 'sections' | 'fields'> {
	const creating: Rules = { ...rules, behaviour: { ...rules.behaviour, unknownSection: 'create' } };
	let sections: readonly Section[] = given.map((section) => ({ ...section, id: section.id ?? rules.ids.next() }));
	const fields = seeds.map((seed) => {
		const placement = placeField(seed.section, sections, creating);
		sections = placement.sections;
		return { ...plantField(seed, rules), ...(placement.section && { section: placement.section }) };
	});
	return { sections, fields };
}

function plantField(seed: SeedField, rules: Rules): StoredField {
	const { generate, recipe, totp: _totp, ...rest } = seed;
	const builtIn = seed.purpose && isBuiltInPurpose(seed.purpose) ? BUILT_IN[seed.purpose] : undefined;
	const type = seed.type ?? builtIn?.type ?? 'STRING';
	const id = seed.id ?? builtIn?.id ?? `${type === 'OTP' ? 'TOTP_' : ''}${rules.ids.next()}`;
	const generated = generate === true && !seed.value;
	return {
		...rest,
		id,
		type,
		...(builtIn && { label: seed.label ?? builtIn.id }),
		...(generated && { value: generateValue(recipe, rules.random), passwordDetails: { generated } }),
	};
}

function plantFile(seed: SeedFile, before: ItemRecord | undefined, rules: Rules): StoredFile {
	const old = before?.files.find(({ id }) => id === seed.id);
	const isNew = seed.content !== undefined || !old;
	return {
		id: seed.id ?? rules.ids.next(),
		name: seed.name,
		content: isNew ? Buffer.from(seed.content ?? '') : old.content,
		...(seed.section && { section: { ...seed.section } }),
		createdAtMs: isNew ? rules.nowMs : old.createdAtMs,
	};
}
