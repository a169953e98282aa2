/** Which vaults a poll has to list: those in scope that differ from what was seen, or that were not listed for a while. */

import { outcomeOf } from '../../shared/async/outcome';
import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import type { Vault } from '../../shared/core/wire';
import { vaultRevision, type VaultListing } from './inspectVault';
import type { PollState, VaultState } from '../state/pollState';
import { missingVaults, resolveEntry, resolveVault } from './resolveChosen';
import type { ItemEntry } from '../watch/readScope';
import type { Watch } from '../watch/watch';

export interface Plan {
	readonly tasks: readonly VaultListing[];
	/** Ids of the visible vaults that are watched. */
	readonly watched: ReadonlySet<string>;
	readonly chosen?: Readonly<Record<string, string>>;
	/** What could not be found; the rest is watched all the same. */
	readonly failures: readonly OnePasswordError[];
}

export async function planListings(watch: Watch, state: PollState, vaults: readonly Vault[]): Promise<Plan> {
	const { scope } = watch.settings;
	if (scope.kind === 'items') return await planItems(watch, state, vaults, scope.entries);
	if (scope.kind === 'allVaults') return planVaults(watch, state, vaults, []);
	const visible = new Set(vaults.map(({ id }) => id));
	const found = await Promise.all(scope.vaults.map(async (text) => await outcomeOf(resolveVault(watch, visible, state.chosen?.[text], text))));
	// One that can't be found at present is still the one it was.
	const chosen = scope.vaults.map((text, index) => [text, found[index]?.ok ? found[index].value : state.chosen?.[text]] as const);
	const ids = new Set(chosen.map(([, id]) => id));
	return {
		...planVaults(
			watch,
			state,
			vaults.filter(({ id }) => ids.has(id)),
			found.flatMap((vault) => (vault.ok ? [] : [vault.error])),
		),
		chosen: Object.fromEntries(chosen.filter((entry): entry is [string, string] => entry[1] !== undefined)),
	};
}

function planVaults(watch: Watch, state: PollState, vaults: readonly Vault[], failures: readonly OnePasswordError[]): Plan {
	const tasks = vaults.map((vault): VaultListing => ({ vault, before: state.vaults[vault.id] })).filter((task) => mustList(watch, task));
	return { tasks: longestUnlistedFirst(tasks), watched: new Set(vaults.map(({ id }) => id)), failures };
}

/** An entry keeps the item it was found to mean, so that a renamed item stays watched. */
async function planItems(watch: Watch, state: PollState, vaults: readonly Vault[], entries: readonly ItemEntry[]): Promise<Plan> {
	const found = await Promise.all(entries.map(async (entry) => await outcomeOf(resolveEntry(watch, state.chosen?.[entry.key], entry))));
	const chosen = Object.fromEntries(found.flatMap((item, index) => (item.ok ? [[entries[index]?.key ?? '', item.value] as const] : [])));
	const itemsOf = new Map<string, Set<string>>();
	for (const path of Object.values(chosen)) {
		const [vaultId = '', itemId = ''] = path.split('/');
		itemsOf.set(vaultId, (itemsOf.get(vaultId) ?? new Set()).add(itemId));
	}
	const isNew = Object.entries(chosen).some(([key, path]) => state.chosen?.[key] !== path);
	const tasks = vaults
		.filter(({ id }) => itemsOf.has(id))
		.map((vault): VaultListing => ({ vault, before: state.vaults[vault.id], chosen: itemsOf.get(vault.id) }));
	return {
		tasks: longestUnlistedFirst(tasks.filter((task) => isNew || mustList(watch, task))),
		watched: new Set(tasks.map(({ vault }) => vault.id)),
		chosen,
		failures: [...found.flatMap((item) => (item.ok ? [] : [item.error])), ...missingVaults(itemsOf, vaults)],
	};
}

function mustList(watch: Watch, { vault, before, chosen }: VaultListing): boolean {
	if (before === undefined || before.seen !== vaultRevision(vault)) return true;
	if (before.partial !== (chosen ? true : undefined)) return true;
	return isOverdue(watch, before) || (watch.key !== undefined && before.prints === undefined);
}

/** Where time is short no vault is always the one that is passed over. */
function longestUnlistedFirst(tasks: readonly VaultListing[]): VaultListing[] {
	return [...tasks].sort((a, b) => (a.before?.listedAt ?? 0) - (b.before?.listedAt ?? 0));
}

/** A clock that was set back makes every listing overdue, rather than none. */
function isOverdue({ settings, startedAt }: Watch, { listedAt }: VaultState): boolean {
	const age = startedAt - listedAt;
	return age < 0 || age >= settings.fullListingMs;
}
