/** What the activity log adds to a poll: items that were read, and requests that were refused. */

import { readActivity } from '../../shared/connect/audit/activityReader';
import { connectActivitySource, toRows } from '../../shared/connect/audit/activitySource';
import { outcomeOf } from '../../shared/async/outcome';
import type { AuditRow } from '../../shared/core/audit/rows/auditRow';
import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { accessKindOf, isOwnAccess, emitAccess } from './accessEvent';
import { parsePosition, type AccessPosition } from './accessPosition';
import { emitAccessesLost, type ChangeEvent } from '../events/changeEvent';
import { matchingRows, type Sightings } from './matchingRows';
import type { PollState } from '../state/pollState';
import { wantsChanges } from '../watch/settings';
import { recoverFrom } from '../start/lostState';
import type { Plan } from '../changes/planListings';
import type { Watch } from '../watch/watch';

export interface Accesses {
	readonly events: readonly ChangeEvent[];
	/** For the state; absent where no such event is wanted, so that one that is wanted later begins then. */
	readonly position?: AccessPosition;
	readonly failures: readonly OnePasswordError[];
}

export interface Surroundings extends Sightings {
	readonly plan: Pick<Plan, 'chosen'>;
}

/** @param limit events of the poll at most; the changes get half of them. */
export async function readAccesses(watch: Watch, state: PollState, found: Omit<Surroundings, 'before'>, limit: number): Promise<Accesses> {
	const { run, settings, startedAt } = watch;
	if (settings.accesses.size === 0) return { events: [], failures: [] };
	const position = parsePosition(state.accesses);
	const around = { ...found, before: { vaults: state.vaults, droppedOut: position.droppedOut } };
	const source = connectActivitySource(run.client, run.effects.now, selector(watch, found.plan));
	const share = wantsChanges(settings) ? Math.ceil(limit / 2) : limit;
	// The log must not use up the time for the changes.
	const deadline = startedAt + (watch.deadline - startedAt) / 4;
	const events: ChangeEvent[] = [];
	const failures: OnePasswordError[] = [];
	let { cursor, readAt } = position;
	const from = recoverFrom(watch);
	for (let goesOn = cursor === undefined || share > 0; goesOn;) {
		const batch = await outcomeOf(
			source.readNew(cursor, { maxRows: share - events.length, rowsForGap: 1, deadline, ...(from !== undefined && { from }) }),
		);
		const emitted = batch.ok ? await outcomeOf(emitRows(watch, batch.value.rows, around)) : batch;
		if (!batch.ok || !emitted.ok) {
			failures.push(...[batch, emitted].flatMap((one) => (one.ok ? [] : [one.error])).slice(0, 1));
			break;
		}
		if (batch.value.hasGap) events.push(emitAccessesLost(readAt, startedAt));
		// Where the state was lost nothing says which of them were emitted before.
		events.push(...emitted.value.map((event) => (from === undefined ? event : { ...event, redelivered: true })));
		({ cursor } = batch.value);
		if (!batch.value.hasMore) readAt = startedAt;
		goesOn = batch.value.hasMore && events.length < share && run.effects.now() < deadline;
	}
	return { events, position: { cursor, readAt, droppedOut: position.droppedOut }, failures };
}

/** @returns those among the newest rows of the log, oldest first. */
export async function sampleAccesses(watch: Watch, around: Surroundings, count: number): Promise<ChangeEvent[]> {
	const { entries } = await readActivity(watch.run.client, { from: Infinity });
	const events = await emitRows(watch, toRows(entries), around);
	return events.slice(-count);
}

/** @returns the test for rows that are events, but for what only the items themselves show. */
function selector(watch: Watch, { chosen }: Pick<Plan, 'chosen'>): (row: AuditRow) => boolean {
	const { accesses, scope } = watch.settings;
	const inScope = new Set(Object.values(chosen ?? {}));
	const isInScope = ({ vaultId, itemId }: AuditRow): boolean =>
		scope.kind === 'allVaults' || inScope.has(scope.kind === 'vaults' ? `${vaultId}` : `${vaultId}/${itemId}`);
	return (row) => {
		const kind = accessKindOf(row);
		return kind !== undefined && accesses.has(kind) && isInScope(row) && !isOwnAccess(watch, row);
	};
}

async function emitRows(watch: Watch, rows: readonly AuditRow[], { plan, ...sightings }: Surroundings): Promise<ChangeEvent[]> {
	const vaultNames = new Map(sightings.vaults.map(({ id, name }) => [id, name]));
	const wanted = await matchingRows(watch, rows.filter(selector(watch, plan)), sightings);
	return wanted.flatMap(({ row, title }) => {
		const kind = accessKindOf(row);
		const vaultName = vaultNames.get(row.vaultId ?? '');
		return kind === undefined ? [] : [emitAccess(row, { kind, title, vaultName, now: watch.startedAt })];
	});
}
