/** From what was found out about a vault, and what of it is told, to what the next poll starts from. */

import type { ItemPrint } from '../../shared/core/changes/fieldFingerprint';
import { packItems, type KnownItem } from '../../shared/core/changes/knownItems';
import { markItem } from '../../shared/core/changes/titleMark';
import { knownAfter, type Sighting } from '../../shared/core/changes/versionDiff';
import type { Item } from '../../shared/core/wire';
import type { ItemChange } from '../../shared/core/changes/itemChange';
import { tupleOf, type Inspection } from './inspectVault';
import type { VaultState } from '../state/pollState';
import { readMissingPrints } from './readDetails';
import { storedBeginning } from '../state/recovery';
import type { Watch } from '../watch/watch';

/** Deleted items that are remembered beside the latest, so that a server that lags behind does not seem to create them again. */
const MAX_DELETED = 500;

export interface Outcome {
	/** Changes that are told, or that nobody wants to be told of. */
	readonly done: readonly ItemChange[];
	/** Whether others are left to the next poll. */
	readonly isLeft: boolean;
	readonly prints: Readonly<Record<string, ItemPrint>>;
}

export async function settleVault(watch: Watch, inspection: Inspection, outcome: Outcome): Promise<VaultState> {
	const { task, rows, known, beginning, doubts, doubtAt, content, newest } = inspection;
	refreshSightings(watch, known, rows);
	for (const change of outcome.done) {
		const after = knownAfter(change, sight(watch, known, change));
		// The last one stands last: the items that were deleted first are forgotten first.
		known.delete(after.id);
		known.set(after.id, after);
	}
	// A server that lags behind shows them still.
	if ((task.vault.contentVersion ?? 0) >= newest) forgetDeleted(known, outcome.done);
	const { prints, complete } = await readMissingPrints(watch, inspection, outcome.prints);
	const isSettled = !inspection.unsure && !outcome.isLeft && complete;
	return {
		seen: isSettled ? tupleOf(task.vault) : '',
		content,
		...(newest > content && { newest }),
		listedAt: watch.startedAt,
		items: packItems(known),
		...(doubts > 0 && { doubts, doubtAt }),
		...((doubts > 0 || outcome.isLeft) && storedBeginning(beginning)),
		...(task.chosen && { partial: true as const }),
		...(watch.key && { prints }),
	};
}

function sight(watch: Watch, known: ReadonlyMap<string, KnownItem>, { itemId, row }: ItemChange): Sighting {
	const before = known.get(itemId);
	return row ? sightRow(watch, row) : { watched: before?.watched ?? false, mark: before?.mark ?? 0 };
}

function sightRow({ fits, settings }: Watch, row: Item): Sighting {
	return { watched: fits(row), mark: settings.events.has('moved') ? markItem(row) : 0 };
}

/** Filters may have changed since an item was last seen. */
function refreshSightings(watch: Watch, known: Map<string, KnownItem>, rows: readonly Item[]): void {
	for (const row of rows) {
		const before = known.get(row.id);
		if (before === undefined || before.version !== row.version) continue;
		const watched = watch.fits(row);
		const hasMark = before.mark > 0 || !watch.settings.events.has('moved');
		if (watched !== before.watched || !hasMark) known.set(row.id, { ...before, ...sightRow(watch, row) });
	}
}

function forgetDeleted(known: Map<string, KnownItem>, done: readonly ItemChange[]): void {
	const latest = done.filter(({ kind }) => kind === 'deleted').length;
	const deleted = [...known.values()].filter(({ presence }) => presence === 'deleted');
	for (const { id } of deleted.slice(0, Math.max(0, deleted.length - Math.max(MAX_DELETED, latest)))) known.delete(id);
}
