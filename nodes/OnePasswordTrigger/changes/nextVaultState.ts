/** From what was found out about a vault, and what of it is emitted, to what the next poll starts from. */

import type { ItemFingerprint } from '../../shared/core/changes/fieldFingerprint';
import { packItems, type KnownItem } from '../../shared/core/changes/knownItems';
import { markItem } from '../../shared/core/changes/titleMark';
import { knownAfter, type Sighting } from '../../shared/core/changes/versionDiff';
import type { Item } from '../../shared/core/wire';
import type { ItemChange } from '../../shared/core/changes/itemChange';
import { vaultRevision, type Inspection } from './inspectVault';
import type { VaultState } from '../state/pollState';
import { readMissingFingerprints } from './readDetails';
import { storedBeginning } from '../state/recovery';
import type { Watch } from '../watch/watch';

/** Deleted items that are remembered beside the latest, so that a server that lags behind does not seem to create them again. */
const MAX_DELETED = 500;

export interface Settlement {
	/** Changes that are emitted, or that nobody wants. */
	readonly done: readonly ItemChange[];
	/** Whether others are left to the next poll. */
	readonly isLeft: boolean;
	readonly fingerprints: Readonly<Record<string, ItemFingerprint>>;
}

export async function nextVaultState(watch: Watch, inspection: Inspection, settlement: Settlement): Promise<VaultState> {
	const { task, rows, known, beginning, recheckPolls, recheckSince, content, newest } = inspection;
	refreshSightings(watch, known, rows);
	for (const change of settlement.done) {
		const after = knownAfter(change, sight(watch, known, change));
		// The last one stands last: the items that were deleted first are forgotten first.
		known.delete(after.id);
		known.set(after.id, after);
	}
	// A server that lags behind shows them still.
	if ((task.vault.contentVersion ?? 0) >= newest) forgetDeleted(known, settlement.done);
	const { fingerprints: prints, complete } = await readMissingFingerprints(watch, inspection, settlement.fingerprints);
	const isSettled = !inspection.unsure && !settlement.isLeft && complete;
	return {
		seen: isSettled ? vaultRevision(task.vault) : '',
		content,
		...(newest > content && { newest }),
		listedAt: watch.startedAt,
		items: packItems(known),
		...(recheckPolls > 0 && { doubts: recheckPolls, doubtAt: recheckSince }),
		...((recheckPolls > 0 || settlement.isLeft) && storedBeginning(beginning)),
		...(task.chosen && { partial: true as const }),
		...(watch.key && { prints }),
	};
}

function sight(watch: Watch, known: ReadonlyMap<string, KnownItem>, { itemId, row }: ItemChange): Sighting {
	const before = known.get(itemId);
	return row ? sightRow(watch, row) : { watched: before?.watched ?? false, mark: before?.mark ?? 0 };
}

function sightRow({ matches, settings }: Watch, row: Item): Sighting {
	return { watched: matches(row), mark: settings.events.has('moved') ? markItem(row) : 0 };
}

/** Filters may have changed since an item was last seen. */
function refreshSightings(watch: Watch, known: Map<string, KnownItem>, rows: readonly Item[]): void {
	for (const row of rows) {
		const before = known.get(row.id);
		if (before === undefined || before.version !== row.version) continue;
		const watched = watch.matches(row);
		const hasMark = before.mark > 0 || !watch.settings.events.has('moved');
		if (watched !== before.watched || !hasMark) known.set(row.id, { ...before, ...sightRow(watch, row) });
	}
}

function forgetDeleted(known: Map<string, KnownItem>, done: readonly ItemChange[]): void {
	const latest = done.filter(({ kind }) => kind === 'deleted').length;
	const deleted = [...known.values()].filter(({ presence }) => presence === 'deleted');
	for (const { id } of deleted.slice(0, Math.max(0, deleted.length - Math.max(MAX_DELETED, latest)))) known.delete(id);
}
