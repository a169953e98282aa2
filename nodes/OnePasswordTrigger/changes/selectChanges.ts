/** Which of the changes that were found are emitted: the wanted ones, moved items as one event, the oldest first. */

import type { ItemChange } from '../../shared/core/changes/itemChange';
import { markItem } from '../../shared/core/changes/titleMark';
import type { Inspection } from './inspectVault';
import type { Watch } from '../watch/watch';

export interface SelectedChange {
	readonly inspection: Inspection;
	readonly change: ItemChange;
	/** Of a moved item the deletion it stands for. */
	readonly original?: SelectedChange;
}

export interface Choice {
	readonly wanted: readonly SelectedChange[];
	/** Never emitted. */
	readonly silent: readonly SelectedChange[];
}

/** @param own changes that the workflow itself has made. */
export function selectChanges(watch: Watch, inspections: readonly Inspection[], own: ReadonlySet<ItemChange>): Choice {
	const found = inspections.flatMap((inspection) => inspection.changes.map((change) => ({ inspection, change })));
	const wanted: SelectedChange[] = [];
	const silent: SelectedChange[] = [];
	const selection = watch.settings.events.has('moved') ? joinMoves(found) : found;
	for (const selected of selection) (isCandidate(watch, selected) && !own.has(selected.change) ? wanted : silent).push(selected);
	return { wanted: wanted.sort(byTime), silent };
}

/** @returns the change and the deletion it stands for, if any: both are done when it is emitted. */
export function withOriginal(selected: SelectedChange): SelectedChange[] {
	return selected.original ? [selected, selected.original] : [selected];
}

/** @returns whether it is to be emitted, whoever has made it. */
export function isCandidate({ settings, matches }: Watch, { inspection, change }: SelectedChange): boolean {
	// An item that is known to have been there before was not created now.
	if (!settings.events.has(change.kind) || (change.kind === 'existing' && change.recovered)) return false;
	return change.row ? matches(change.row) : inspection.known.get(change.itemId)?.watched === true;
}

/** Oldest first, as far as the items tell; deletions, of which nothing tells when, come last. */
function byTime(a: SelectedChange, b: SelectedChange): number {
	const [first, second] = [timeOf(a), timeOf(b)];
	return first < second ? -1 : Number(first > second);
}

function timeOf({ change }: SelectedChange): number {
	return Date.parse(change.row?.updatedAt ?? '') || Infinity;
}

/** A copy that appears in one vault while exactly one item of its kind disappears from another is that item, moved. */
function joinMoves(found: readonly SelectedChange[]): SelectedChange[] {
	const originals = groupBy(ofKind(found, 'deleted'), ({ inspection, change }) => inspection.known.get(change.itemId)?.mark);
	if (originals.size === 0) return [...found];
	const copies = groupBy(ofKind(found, 'created'), ({ change }) => change.row && markItem(change.row));
	const joined = new Map<SelectedChange, SelectedChange>();
	for (const [mark, [copy, secondCopy]] of copies) {
		const [original, secondOriginal] = (mark && originals.get(mark)) || [];
		if (!copy || !original || secondCopy || secondOriginal) continue;
		if (original.change.vaultId !== copy.change.vaultId) joined.set(copy, original);
	}
	const merged = new Set(joined.values());
	return found.filter((selected) => !merged.has(selected)).map((selected) => asMove(selected, joined.get(selected)));
}

function ofKind(selection: readonly SelectedChange[], kind: ItemChange['kind']): SelectedChange[] {
	return selection.filter(({ change }) => change.kind === kind);
}

export function groupBy<T, K>(members: readonly T[], keyOf: (member: T) => K): Map<K, T[]> {
	const groups = new Map<K, T[]>();
	for (const member of members) {
		const key = keyOf(member);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [member]);
		else group.push(member);
	}
	return groups;
}

function asMove(selected: SelectedChange, original: SelectedChange | undefined): SelectedChange {
	if (original === undefined) return selected;
	const { vaultId, itemId } = original.change;
	return { ...selected, original, change: { ...selected.change, kind: 'moved', from: { vaultId, itemId } } };
}
