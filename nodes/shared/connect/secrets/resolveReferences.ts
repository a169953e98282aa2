/**
 * Resolves any number of secret references with as few requests as they need: one for the vaults, at most one list per
 * vault, one read per item. An item given by ID needs no list.
 */

import { looksLikeId } from '../../core/names/connectId';
import { OnePasswordError } from '../../core/errors/onePasswordError';
import { parseSecretReference, type SecretReference } from '../../core/references/secretReference';
import type { FullItem } from '../../core/wire';
import type { ReadingRun } from '../run/connectRun';
import { findItemId, findVaultId } from '../lookup/lookup';
import { mapConcurrently } from '../../async/mapConcurrently';
import { readDatedItem } from './oneTimePassword';
import { outcomeOf, type Outcome } from '../../async/outcome';
import { readReference, type ResolveOptions, type ResolvedReference } from './readReference';
import { attempt, nameReference } from './referenceError';
import { READ_CONCURRENCY } from '../run/runReads';

export type { ResolveOptions, ResolvedReference } from './readReference';

type Resolution = Outcome<ResolvedReference>;

/**
 * @param references as people write them; may contain duplicates.
 * @returns one outcome for each, in the same order: its target, or why it can't be resolved.
 * @throws OnePasswordError for failures that concern all references, such as AUTH_FAILED or NETWORK.
 */
export async function resolveReferences(run: ReadingRun, references: readonly string[], options: ResolveOptions = {}): Promise<Resolution[]> {
	const located = await Promise.all(
		[...new Set(references)].map(async (text) => [text, await attempt(async () => await locate(run, text))] as const),
	);
	const groups = groupByItem(located.flatMap(([, place]) => (place.ok ? place.value : [])));
	const listed = vaultsOfSeveral(groups);
	const resolved = await mapConcurrently(groups, READ_CONCURRENCY, async (group) => {
		const expectMany = run.expectMany || listed.has(group[0].vaultId);
		return await resolveGroup({ ...run, expectMany }, group, options);
	});
	const refused = located.flatMap(([text, place]) => (place.ok ? [] : [[text, place] as const]));
	const outcomes = new Map<string, Resolution>([...refused, ...resolved.flat()]);
	return references.map((text, index) => {
		const outcome = outcomes.get(text) as Resolution;
		return outcome.ok ? outcome : { ok: false, error: nameReference(outcome.error, text, { index, place: options.places?.[index] }) };
	});
}

/** @throws OnePasswordError for a reference that can't be resolved or looked up. */
export async function resolveReference(run: ReadingRun, reference: string, options: ResolveOptions = {}): Promise<ResolvedReference> {
	const [outcome] = (await resolveReferences(run, [reference], options)) as [Resolution];
	if (outcome.ok) return outcome.value;
	throw outcome.error;
}

interface Located {
	readonly text: string;
	readonly reference: SecretReference;
	readonly vaultId: string;
}

/** References to one item. */
type Group = readonly [Located, ...Located[]];

async function locate(run: ReadingRun, text: string): Promise<Located> {
	const reference = parseSecretReference(text);
	return { text, reference, vaultId: await findVaultId(run, { by: 'either', text: reference.vault }) };
}

function groupByItem(located: readonly Located[]): Group[] {
	const groups = new Map<string, [Located, ...Located[]]>();
	for (const one of located) {
		const key = `${one.vaultId}/${one.reference.item}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [one]);
		else group.push(one);
	}
	return [...groups.values()];
}

/** @returns the vaults for which one list is cheaper than a lookup per name. */
function vaultsOfSeveral(groups: readonly Group[]): ReadonlySet<string> {
	const seen = new Set<string>();
	const several = new Set<string>();
	for (const [{ vaultId }] of groups) (seen.has(vaultId) ? several : seen).add(vaultId);
	return several;
}

async function resolveGroup(run: ReadingRun, group: Group, options: ResolveOptions): Promise<Array<readonly [string, Resolution]>> {
	const [{ vaultId, reference }] = group;
	const item = await attempt(async () => await readItem(run, vaultId, reference.item));
	return await Promise.all(
		group.map(async (one): Promise<readonly [string, Resolution]> => {
			if (!item.ok) return [one.text, item];
			return [one.text, await attempt(async () => await readReference(run, item.value, one.reference, options))];
		}),
	);
}

/** A title may look like an ID, but an item with that ID takes precedence. */
async function readItem(run: ReadingRun, vaultId: string, item: string): Promise<FullItem> {
	if (looksLikeId(item)) {
		const direct = await outcomeOf(readDatedItem(run, vaultId, item));
		if (direct.ok) return requireActive(direct.value);
		if (direct.error.code !== 'ITEM_NOT_FOUND') throw direct.error;
	}
	const itemId = await findItemId(run, vaultId, { by: 'name', text: item });
	return requireActive(await readDatedItem(run, vaultId, itemId));
}

function requireActive(item: FullItem): FullItem {
	if (item.state === undefined) return item;
	throw new OnePasswordError({
		code: 'ITEM_NOT_FOUND',
		message: `The item ${item.id} is not active: it is ${item.state.toLowerCase()}.`,
		advice: 'Restore the item in the 1Password app, or use another one.',
	});
}
