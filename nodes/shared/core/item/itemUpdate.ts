/**
 * Computes the JSON Patch that makes the requested changes to an item, and a list of these changes without values. Anything
 * already as requested produces no operation, so a repeated update sends nothing. Fields are addressed by ID and lists are
 * sent whole, because an index could point elsewhere by the time the server reads it.
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
	/** URLs of the item, as stored. */
	readonly removeUrls?: readonly string[];
	readonly fields?: readonly FieldChange[];
	/** Add a field that the item doesn't have instead of failing. Default false. */
	readonly addMissingFields?: boolean;
}

export interface UpdatePlan {
	readonly operations: readonly PatchOperation[];
	readonly changes: readonly Change[];
	/** Checks whether a later read of the item shows the change. */
	readonly expectations: readonly FieldExpectation[];
	readonly attributes: Partial<Pick<FullItem, 'title' | 'favorite' | 'tags' | 'urls'>>;
}

/** @throws OnePasswordError FIELD_NOT_FOUND, AMBIGUOUS or INVALID_INPUT, before anything is sent. */
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

/** A URL that already exists is replaced in place. At most one URL is primary. */
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

/** A new field has no ID yet, so two with the same name could never be told apart. */
function refuseDoubleChanges(changes: readonly Change[]): void {
	const names = changes.map(({ id, section = '', label = '' }) => (id === undefined ? `${foldName(section)}.${foldName(label)}` : `id ${id}`));
	const twice = changes.find((_change, index) => names.indexOf(names[index] ?? '') !== index);
	if (twice !== undefined) {
		throw invalidInput(`Two entries of 'Fields' change the same field (${twice.label ?? twice.id}).`, 'Keep one entry for each field.');
	}
}

/** @returns whether the item shows all of the plan's changes. `before` is the item the plan was made from. */
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

/** In any order, because servers are not documented to keep it. A server may also mark a single URL as primary. */
function sameUrls(wanted: readonly ItemUrl[], found: readonly ItemUrl[]): boolean {
	return (
		wanted.length === found.length &&
		wanted.every((url) => found.some(({ href, label, primary }) => href === url.href && label === url.label && (primary || !url.primary)))
	);
}
