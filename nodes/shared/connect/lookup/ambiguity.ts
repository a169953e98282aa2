/** The error for a name that matches several things, listing all of them. */

import { OnePasswordError, type Candidate } from '../../core/errors/onePasswordError';
import type { Item, Vault } from '../../core/wire';

export function ambiguousVault(text: string, vaults: readonly Vault[]): OnePasswordError {
	return ambiguous(
		`${vaults.length} vaults are called "${text}".`,
		vaults.map(({ id }) => ({ id })),
	);
}

export function ambiguousItem(text: string, items: readonly Item[]): OnePasswordError {
	return ambiguous(
		`${items.length} items are called "${text}".`,
		items.map(({ id, vault }) => ({ id, vaultId: vault.id })),
	);
}

function ambiguous(message: string, candidates: readonly Candidate[]): OnePasswordError {
	const list = candidates.map(({ id, vaultId }) => (vaultId ? `${id} in vault ${vaultId}` : id));
	return new OnePasswordError({
		code: 'AMBIGUOUS',
		message,
		advice: `Use the ID of the one you mean: ${list.join(', ')}.`,
		candidates,
	});
}
