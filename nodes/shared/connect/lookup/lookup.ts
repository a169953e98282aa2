/**
 * Resolves what a person entered to the ID that Connect needs. Names are looked up with as few requests as possible. A name
 * that matches several things is refused, and all matches are listed.
 */

import { looksLikeId } from '../../core/names/connectId';
import { equalsFilter } from '../../core/names/filter';
import { only, type Match } from '../../core/names/nameMatch';
import { OnePasswordError, invalidInput } from '../../core/errors/onePasswordError';
import type { Item, Vault } from '../../core/wire';
import { ambiguousItem, ambiguousVault } from './ambiguity';
import type { ReadingRun } from '../run/connectRun';
import type { RunReads } from '../run/runReads';

/** `either` is a part of a secret reference: an ID if something has this ID, otherwise a name. */
export interface Selector {
	readonly by: 'id' | 'name' | 'either';
	readonly text: string;
}

/** @throws OnePasswordError VAULT_NOT_FOUND, AMBIGUOUS or INVALID_INPUT. */
export async function findVaultId({ reads }: ReadingRun, selector: Selector): Promise<string> {
	if (selector.by === 'id') return requireId(selector.text, 'vault');
	const vaults = await reads.vaults();
	const match = matchSelector(reads, vaults, selector, nameOfVault);
	if (match.kind === 'one') return match.found.id;
	if (match.kind === 'many') throw ambiguousVault(selector.text, match.found);
	throw new OnePasswordError({
		code: 'VAULT_NOT_FOUND',
		message: `The access token can't access a vault named "${selector.text}".`,
		advice:
			vaults.length === 0
				? "It can't access any vaults: issue a token that can read the vault."
				: `It can access: ${vaults.map((vault) => `"${vault.name}" (${vault.id})`).join(', ')}.`,
		route: 'GET /v1/vaults',
	});
}

/** @throws OnePasswordError ITEM_NOT_FOUND, AMBIGUOUS or INVALID_INPUT. */
export async function findItemId(run: ReadingRun, vaultId: string, selector: Selector): Promise<string> {
	if (selector.by === 'id') return requireId(selector.text, 'item');
	const found = await findItem(run, vaultId, selector);
	if (found !== undefined) return found.id;
	throw new OnePasswordError({
		code: 'ITEM_NOT_FOUND',
		message: `The vault ${vaultId} has no active item named "${selector.text}".`,
		advice: 'Check the name, or choose the item from the list. A new item can take a moment to reach Connect.',
		route: 'GET /v1/vaults/{vaultId}/items',
	});
}

/**
 * @returns the active item with this name, or `undefined` if there is none.
 * @throws OnePasswordError AMBIGUOUS.
 */
export async function findItem(run: ReadingRun, vaultId: string, selector: Selector): Promise<Item | undefined> {
	const match = await matchItem(run, vaultId, selector);
	if (match.kind === 'many') throw ambiguousItem(selector.text, match.found);
	return match.kind === 'one' ? match.found : undefined;
}

/**
 * Looks again right before an item is created, because another run may have created one since this run's list was read.
 * @throws OnePasswordError AMBIGUOUS.
 */
export async function findNewcomer({ client, expectMany }: ReadingRun, vaultId: string, title: string): Promise<Item | undefined> {
	// A run with one input has only just looked.
	if (!expectMany) return undefined;
	const rows = await client.items(vaultId, equalsFilter('title', title));
	const match = only(rows.filter((row) => isActive(row) && row.title === title));
	if (match.kind === 'many') throw ambiguousItem(title, match.found);
	return match.kind === 'one' ? match.found : undefined;
}

async function matchItem({ reads, expectMany }: ReadingRun, vaultId: string, selector: Selector): Promise<Match<Item>> {
	const filter = expectMany ? undefined : equalsFilter('title', selector.text);
	if (filter !== undefined && !(selector.by === 'either' && looksLikeId(selector.text))) {
		const filtered = only((await reads.items(vaultId, filter)).filter((row) => isActive(row) && row.title === selector.text));
		if (filtered.kind !== 'none') return filtered;
	}
	return matchSelector(reads, await reads.items(vaultId), selector, nameOfItem);
}

export function isActive(row: Item): boolean {
	return row.state === undefined;
}

/** An archived item can't be found by name, only by ID. */
function nameOfItem(row: Item): string | undefined {
	return isActive(row) ? row.title : undefined;
}

function nameOfVault(vault: Vault): string {
	return vault.name;
}

function matchSelector<T extends { readonly id: string }>(
	reads: RunReads,
	rows: readonly T[],
	{ by, text }: Selector,
	nameOf: (row: T) => string | undefined,
): Match<T> {
	const index = reads.nameIndex(rows, nameOf);
	const byId = by === 'either' ? index.withId(text) : undefined;
	if (byId?.kind === 'one') return byId;
	const byName = index.withName(text);
	return byName.kind === 'none' ? index.withId(text) : byName;
}

function requireId(text: string, what: 'vault' | 'item'): string {
	if (looksLikeId(text)) return text;
	throw invalidInput(
		`The ${what} ID "${text}" is not a valid ID. IDs have 26 lower-case letters and digits.`,
		`Choose 'By Name' if it is the ${what}'s name.`,
	);
}
