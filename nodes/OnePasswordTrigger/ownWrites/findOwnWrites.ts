/**
 * Which changes the workflow itself has made. What this process has written it remembers; in queue mode workers write, and
 * that shows in Connect's activity log. Where in doubt a change is reported.
 */

import { readActivity } from '../../shared/connect/audit/activityReader';
import { toRows } from '../../shared/connect/audit/activitySource';
import { LATE_MS } from '../../shared/connect/audit/logOrder';
import { outcomeOf } from '../../shared/async/outcome';
import { stepsOf } from '../../shared/connect/run/ownWrites';
import type { AuditRow } from '../../shared/core/audit/rows/auditRow';
import type { ItemChange } from '../../shared/core/changes/itemChange';
import type { Inspection } from '../changes/inspectVault';
import { isCandidate, type SelectedChange } from '../changes/selectChanges';
import type { PollState } from '../state/pollState';
import type { Watch } from '../watch/watch';
import { explains, isOwnWrite, pathOf, rowsOfItem } from './ownRows';
import type { UsedWrites } from '../state/pollState';

export interface OwnChanges {
	readonly own: ReadonlySet<ItemChange>;
	/** For the next poll. */
	readonly used: UsedWrites;
}

export async function findOwnWrites(watch: Watch, state: PollState, inspections: readonly Inspection[]): Promise<OwnChanges> {
	const own = new Set<ItemChange>();
	const used = new Map<string, readonly number[]>(Object.entries(state.ownWrites ?? {}));
	if (!watch.settings.ignoreOwnWrites) return { own, used: {} };
	const use = (change: ItemChange, times: readonly number[]): unknown => used.set(pathOf(change), [...(used.get(pathOf(change)) ?? []), ...times]);
	const open: SelectedChange[] = [];
	for (const selected of inspections.flatMap((inspection) => inspection.changes.map((change) => ({ inspection, change })))) {
		if (!isCandidate(watch, selected)) continue;
		const times = watch.run.ownWrites.timesOf(watch.run, selected.change);
		if (times === undefined) open.push(selected);
		else own.add(selected.change);
		use(selected.change, times ?? []);
	}
	for (const { change, rows, from } of await lookUp(watch, open)) {
		const times = rows.map(({ timestamp }) => Date.parse(timestamp));
		if (explains({ rows, used: used.get(pathOf(change)) ?? [], from }, change, stepsOf(change))) own.add(change);
		// Also where the change is reported: the same writes must not explain the next one.
		used.set(pathOf(change), times);
	}
	return { own, used: stillNeeded(used, inspections, watch.startedAt) };
}

interface Trace {
	readonly change: ItemChange;
	/** Of its own writes. */
	readonly rows: readonly AuditRow[];
	/** Milliseconds since the epoch: older rows count no longer. */
	readonly from: number;
}

async function lookUp(watch: Watch, selection: readonly SelectedChange[]): Promise<Trace[]> {
	const { run, startedAt, deadline, tokenId } = watch;
	const found = selection.flatMap(({ inspection, change }) => {
		const from = windowOf(inspection);
		return from !== undefined && stepsOf(change) > 0 ? [{ change, from }] : [];
	});
	if (found.length === 0) return [];
	const from = Math.min(...found.map((one) => one.from));
	const limit = startedAt + (deadline - startedAt) / 4;
	const reading = await outcomeOf(readActivity(run.client, { from, isEnough: () => run.effects.now() >= limit }));
	if (!reading.ok || !reading.value.reachesNewest) return [];
	const rows = toRows(reading.value.entries).filter((row) => isOwnWrite({ workflowId: run.workflowId, tokenId }, row));
	return found.map((one) => ({
		...one,
		rows: rowsOfItem(
			rows.filter(({ timestamp }) => Date.parse(timestamp) >= one.from),
			one.change,
		),
	}));
}

/** @returns from when on a write may be one that the last list did not show: clocks differ, and servers lag behind. */
function windowOf({ task: { before } }: Inspection): number | undefined {
	return before === undefined ? undefined : before.listedAt - LATE_MS;
}

/** The next look-up goes back from the list of this poll; vaults that were not listed keep theirs. */
function stillNeeded(used: ReadonlyMap<string, readonly number[]>, inspections: readonly Inspection[], now: number): UsedWrites {
	const listed = new Set(inspections.map(({ task }) => task.vault.id));
	const needed = [...used].map(([path, times]) => {
		const isListed = listed.has(path.split('/')[0] ?? '');
		return [path, isListed ? times.filter((at) => at >= now - LATE_MS) : times] as const;
	});
	return Object.fromEntries(needed.filter(([, times]) => times.length > 0).slice(-MAX_ITEMS));
}

/** They take about 70 characters each. */
const MAX_ITEMS = 500;
