/** What the vaults and items that the user chose by name or id are; once found, they keep being watched under another name. */

import { findItemId, findVaultId } from '../../shared/connect/lookup/lookup';
import { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import type { Vault } from '../../shared/core/wire';
import type { ItemEntry } from '../watch/readScope';
import type { Watch } from '../watch/watch';

export async function resolveVault({ run }: Watch, visible: ReadonlySet<string>, known: string | undefined, text: string): Promise<string> {
	return known !== undefined && visible.has(known) ? known : await findVaultId(run, { by: 'either', text });
}

export async function resolveEntry({ run }: Watch, known: string | undefined, entry: ItemEntry): Promise<string> {
	if (known !== undefined) return known;
	const vaultId = await findVaultId(run, { by: 'either', text: entry.vault.text });
	return `${vaultId}/${await findItemId(run, vaultId, entry.item)}`;
}

export function missingVaults(itemsOf: ReadonlyMap<string, unknown>, vaults: readonly Vault[]): OnePasswordError[] {
	const visible = new Set(vaults.map(({ id }) => id));
	return [...itemsOf.keys()].filter((id) => !visible.has(id)).map(unseenVault);
}

function unseenVault(vaultId: string): OnePasswordError {
	return new OnePasswordError({
		code: 'VAULT_NOT_FOUND',
		message: `The access token can no longer see the vault ${vaultId}, which contains a watched item.`,
		advice: 'Issue a token that may read the vault, or take its items out of the trigger.',
		route: 'GET /v1/vaults',
	});
}
