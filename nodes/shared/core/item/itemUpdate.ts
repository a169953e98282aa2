/**
 * Computes the JSON Patch that turns an item into the one that is wanted, and the value-free list of what it changes.
 * What already is as wanted produces no operation, so a repeated update sends nothing. Fields are addressed by id and
 * lists are sent whole: an index could point elsewhere by the time the server reads it.
 */

import { planFieldChange, type FieldExpectation } from './fieldUpdate';
import type { Change, FieldChange } from './change';
import { foldName } from '../names/nameMatch';
import { invalidInput } from '../errors/onePasswordError';
import type { FullItem, ItemUrl, PatchOperation } from '../wire';

export interface ItemUpdate {
	readonly title?: string;
	readonly favorite?: boolean;
	readonly addTags?: readonly string[];
	readonly removeTags?: readonly string[];
	readonly addUrls?: readonly ItemUrl[];
	/** Addresses as they stand in the item. */
	readonly removeUrls?: readonly string[];
	readonly fields?: readonly FieldChange[];
	/** Add a field that the item does not have instead of refusing. Default false. */
	readonly addMissingFields?: boolean;
}

export interface UpdatePlan {
	readonly operations: readonly PatchOperation[];
	readonly changes: readonly Change[];
	/** What a later read of the item must show. */
	readonly expectations: readonly FieldExpectation[];
	readonly attributes: Partial<Pick<FullItem, 'title' | 'favorite' | 'tags' | 'urls'>>;
}

/** @throws OnePasswordError FIELD_NOT_FOUND, AMBIGUOUS or INVALID_INPUT; nothing has been sent by then. */
export function planUpdate(item: FullItem, update: ItemUpdate): UpdatePlan {
	const attributes = wantedAttributes(item, update);
	const targets = Object.keys(attributes) as Array<keyof typeof attributes>;
	const fieldPlans = (update.fields ?? []).flatMap((change) => planFieldChange(item, change, update.addMissingFields ?? false) ?? []);
	refuseDoubleChanges(fieldPlans.map(({ change }) => change));
	return {
		operations: [...targets.map((name) => setMember(item, name, attributes[name])), ...fieldPlans.flatMap((plan) => plan.operations)],
		changes: [...targets.map((target): Change => ({ target, kind: 'changed' })), ...fieldPlans.map((plan) => plan.change)],
		expectations: fieldPlans.map((plan) => plan.expectation),
		attributes,
	};
}

function wantedAttributes(item: FullItem, update: ItemUpdate): UpdatePlan['attributes'] {
	const tags = nextTags(item.tags ?? [], update);
	const urls = nextUrls(item.urls ?? [], update);
	return {
		...(update.title !== undefined && update.title !== item.title && { title: update.title }),
		...(update.favorite !== undefined && update.favorite !== (item.favorite ?? false) && { favorite: update.favorite }),
		...(!sameMembers(tags, item.tags ?? []) && { tags }),
		...(!sameUrls(urls, item.urls ?? []) && { urls }),
	};
}

function nextTags(tags: readonly string[], { addTags = [], removeTags = [] }: ItemUpdate): string[] {
	const kept = tags.filter((tag) => !removeTags.includes(tag));
	return [...kept, ...new Set(addTags.filter((tag) => !kept.includes(tag)))];
}

/** An address that is there already is replaced where it stands; at most one address is the primary one. */
function nextUrls(urls: readonly ItemUrl[], { addUrls = [], removeUrls = [] }: ItemUpdate): ItemUrl[] {
	const kept = urls.filter((url) => !removeUrls.includes(url.href));
	const merged = addUrls.reduce<ItemUrl[]>((list, added) => {
		const others = added.primary ? list.map(({ primary: _primary, ...url }) => url) : list;
		const known = others.findIndex((url) => url.href === added.href);
		return known < 0 ? [...others, added] : others.map((url, index) => (index === known ? { ...url, ...added } : url));
	}, kept);
	return merged;
}

function setMember(item: FullItem, name: keyof FullItem, value: unknown): PatchOperation {
	return { op: item[name] === undefined ? 'add' : 'replace', path: `/${name}`, value };
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((member) => b.includes(member));
}

/** A field that is added has no id yet; two of one name could never be told apart again. */
function refuseDoubleChanges(changes: readonly Change[]): void {
	const names = changes.map(({ id, section = '', label = '' }) => (id === undefined ? `${foldName(section)}.${foldName(label)}` : `id ${id}`));
	const twice = changes.find((_change, index) => names.indexOf(names[index] ?? '') !== index);
	if (twice !== undefined) {
		throw invalidInput(`Two entries of 'Fields' change the same field (${twice.label ?? twice.id}).`, 'Keep one entry for each field.');
	}
}

/** @returns whether the item shows everything the plan wanted. `before` is the item the plan was made from. */
export function isApplied(item: FullItem, plan: UpdatePlan, before: FullItem): boolean {
	const { title, favorite, tags, urls } = plan.attributes;
	return (
		(title === undefined || item.title === title) &&
		(favorite === undefined || (item.favorite ?? false) === favorite) &&
		(tags === undefined || sameMembers(tags, item.tags ?? [])) &&
		(urls === undefined || sameUrls(urls, item.urls ?? [])) &&
		plan.expectations.every((expectation) => expectation(item, before))
	);
}

/** In any order, as nothing says that a server keeps it; and a server may mark an only address as primary by itself. */
function sameUrls(wanted: readonly ItemUrl[], found: readonly ItemUrl[]): boolean {
	return (
		wanted.length === found.length &&
		wanted.every((url) => found.some(({ href, label, primary }) => href === url.href && label === url.label && (primary || !url.primary)))
	);
}
