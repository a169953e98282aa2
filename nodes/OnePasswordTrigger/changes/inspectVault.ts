/** Lists a vault whose contents have moved and finds out what happened to its items. */

import { isActive } from '../../shared/connect/lookup/lookup';
import { versionsAdvanced, type ItemChange } from '../../shared/core/changes/itemChange';
import { unpackItems, type KnownItem } from '../../shared/core/changes/knownItems';
import { diffListing, uniqueById } from '../../shared/core/changes/versionDiff';
import type { Item, Vault } from '../../shared/core/wire';
import { confirmMissing, type Proof } from './confirmMissing';
import type { VaultState } from '../state/pollState';
import { countDown, type Countdown } from '../state/rechecks';
import { asExisting, beginAt, beginningOf, type Beginning } from '../state/recovery';
import type { Watch } from '../watch/watch';

export interface VaultListing {
	readonly vault: Vault;
	readonly before?: VaultState;
	/** Items to watch in it; absent = all. */
	readonly chosen?: ReadonlySet<string>;
	/** Where the state was lost: from when on its items count as changed, milliseconds since the epoch. */
	readonly recoverFrom?: number;
}

export interface Inspection {
	readonly task: VaultListing;
	readonly rows: readonly Item[];
	/** As before the changes, with what was found out about missing items. */
	readonly known: Map<string, KnownItem>;
	readonly changes: readonly ItemChange[];
	readonly beginning: Beginning;
	/** Whether something could not be found out, so that the next poll must list the vault again. */
	readonly unsure: boolean;
	/** How many more polls are to list it; 0 = everything is accounted for. */
	readonly recheckPolls: number;
	/** Since when there are so many, milliseconds since the epoch. */
	readonly recheckSince: number;
	/** The `contentVersion` up to which every change is known. */
	readonly content: number;
	/** The highest `contentVersion` that was seen. */
	readonly newest: number;
}

/** Any difference means that the vault has to be listed. */
export function vaultRevision({ contentVersion, items, updatedAt }: Vault): string {
	return `${contentVersion ?? ''}/${items ?? ''}/${updatedAt ?? ''}`;
}

export async function inspectVault(watch: Watch, task: VaultListing): Promise<Inspection> {
	const { vault, before, chosen } = task;
	const listed = uniqueById(await watch.run.reads.items(vault.id));
	const rows = chosen ? listed.filter(({ id }) => chosen.has(id)) : listed;
	const remembered = before && unpackItems(before.items);
	const known = new Map([...(remembered ?? [])].filter(([id]) => chosen === undefined || chosen.has(id)));
	// A chosen item that is not known yet has only just been chosen.
	const isNewHere = remembered === undefined || chosen !== undefined || before?.partial === true;
	const beginning = isNewHere ? beginAt(vault, watch.startedAt, before ?? task) : beginningOf(before);
	const diff = diffListing(vault.id, known, rows);
	for (const item of diff.noted) known.set(item.id, item);
	const contentVersion = vault.contentVersion ?? 0;
	const content = before?.content ?? 0;
	const seen = Math.max(content, before?.newest ?? 0);
	const newest = Math.max(contentVersion, seen);
	const isComplete = vault.items === undefined || listed.filter(isActive).length === vault.items;
	const advanced = remembered === undefined || chosen !== undefined ? 0 : contentVersion - content;
	const countdown = countDown(before, watch.startedAt);
	const proof = proofOf({
		isBehind: contentVersion < newest || diff.isOutdated,
		isComplete,
		isAccounted: advanced <= countSteps(diff.changes) + diff.missing.length,
		countdown,
	});
	const missing = await confirmMissing(watch, { vaultId: vault.id, missing: diff.missing, proof });
	for (const item of missing.items) known.set(item.id, item);
	// A server that lags behind still shows what was deleted since.
	const listedChanges = diff.changes.filter(({ kind }) => kind !== 'restored' || proof !== 'none');
	const found = [...listedChanges, ...missing.changes];
	const explained = countSteps(found);
	// What has happened since the rechecks began needs a second look as well.
	const recheckPolls = advanced <= explained && isComplete ? 0 : Math.max(countdown.left, contentVersion > seen ? 1 : 0);
	return {
		task,
		rows,
		known,
		beginning,
		changes: found.map((change) => asExisting(change, beginning, contentVersion)),
		unsure: missing.unsure || recheckPolls > 0 || listedChanges.length < diff.changes.length,
		recheckPolls,
		recheckSince: countdown.at,
		content: Math.max(content, recheckPolls > 0 ? Math.min(contentVersion, content + explained) : contentVersion),
		newest,
	};
}

function countSteps(changes: readonly ItemChange[]): number {
	return changes.reduce((sum, change) => sum + Math.max(1, versionsAdvanced(change)), 0);
}

interface Evidence {
	/** Whether the server shows an older state than was seen before. */
	readonly isBehind: boolean;
	/** Whether the list holds as many items as the server says there are. */
	readonly isComplete: boolean;
	/** Whether it shows as many changes as the server says there were. */
	readonly isAccounted: boolean;
	readonly countdown: Countdown;
}

/** Servers that count otherwise than they list must not keep deletions back for ever: the last of the doubtful lists counts. */
function proofOf({ isBehind, isComplete, isAccounted, countdown }: Evidence): Proof {
	if (isBehind || !(isComplete || countdown.left === 0)) return 'none';
	if (isComplete && isAccounted) return 'all';
	return countdown.hasStepped ? 'again' : 'none';
}
