/** One poll, from the state that the last one left to the events to emit and the state for the next one. Stores nothing. */

import type { PollResult } from './pollResult';
import { outcomeOf } from '../../shared/async/outcome';
import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { uniqueById } from '../../shared/core/changes/versionDiff';
import type { Vault } from '../../shared/core/wire';
import { storePosition } from '../accesses/accessPosition';
import { emitChange, emitReachable } from '../events/changeEvent';
import { inspectVault } from '../changes/inspectVault';
import { emitOutage } from './outage';
import { findOwnWrites } from '../ownWrites/findOwnWrites';
import { groupBy, selectChanges, withOriginal } from '../changes/selectChanges';
import type { PollState, VaultState } from '../state/pollState';
import { readDetails, type DetailedChange } from '../changes/readDetails';
import { readAccesses } from '../accesses/readAccesses';
import { nextVaultState } from '../changes/nextVaultState';
import { emitStateLost } from '../start/lostState';
import { startState } from '../start/startState';
import { planListings, type Plan } from '../changes/planListings';
import { mapInTime, type Watch } from '../watch/watch';

/**
 * @param limit events at most.
 * @throws OnePasswordError where nothing could be found out; the state stays as it was.
 */
export async function poll(watch: Watch, stored: PollState | undefined, limit: number): Promise<PollResult> {
	const state = startState(watch, stored);
	const listed = await outcomeOf(watch.run.reads.vaults());
	if (!listed.ok) return emitOutage(watch, state, listed.error);
	const visible = uniqueById(listed.value);
	const plan = await planListings(watch, state, visible);
	const { downSince, accesses: _position, recoverFrom: from, ownWrites: _used, ...rest } = state;
	const notices = [
		...(watch.lost ? [emitStateLost(watch.lost, watch.startedAt)] : []),
		...(downSince !== undefined && watch.settings.serverHealth ? [emitReachable(downSince, watch.startedAt)] : []),
	];
	const accesses = await readAccesses(watch, state, { plan, vaults: visible }, Math.max(0, limit - notices.length));
	const [failure] = [...plan.failures, ...accesses.failures];
	// Watching does not begin with a part of what was asked for.
	if (stored === undefined && failure !== undefined) throw failure;
	const tasks = plan.tasks.map((task) => ({ ...task, recoverFrom: from }));
	const found = await mapInTime(forLists(watch), tasks, async (task) => await outcomeOf(inspectVault(watch, task)), 1);
	const inspections = found.flatMap((one) => (one?.ok ? [one.value] : []));
	const unlisted = found.flatMap((one) => (one?.ok === false ? [one.error] : []));
	const { own, used } = await findOwnWrites(watch, state, inspections);
	const { wanted, silent } = selectChanges(watch, inspections, own);
	const { detailed, left, failures: unread } = await readDetails(watch, wanted, Math.max(0, limit - notices.length - accesses.events.length));
	const settled = [...silent, ...detailed.map(({ selected, change }) => ({ ...selected, change }))].flatMap(withOriginal);
	const done = groupBy(settled, ({ inspection }) => inspection);
	const unsettled = new Set(left.flatMap(withOriginal).map(({ inspection }) => inspection));
	// Settling a vault changes what is known of its items.
	const position = storePosition(watch, accesses.position, settled);
	const vaults: Record<string, VaultState> = { ...keptVaults(state, plan, visible) };
	for (const inspection of inspections) {
		const shown = detailed.filter(({ selected }) => selected.inspection === inspection);
		vaults[inspection.task.vault.id] = await nextVaultState(watch, inspection, {
			done: (done.get(inspection) ?? []).map(({ change }) => change),
			isLeft: unsettled.has(inspection),
			fingerprints: Object.fromEntries(shown.flatMap(({ change, fingerprint }) => (fingerprint ? [[change.itemId, fingerprint]] : []))),
		});
	}
	return {
		events: [...[...notices, ...accesses.events].map((event) => ({ event })), ...detailed.map((one) => emit(watch, one))],
		state: {
			...rest,
			...position,
			vaults,
			...(plan.chosen && { chosen: plan.chosen }),
			...(Object.keys(used).length > 0 && { ownWrites: used }),
			...(inspections.length < tasks.length && from !== undefined && { recoverFrom: from }),
		},
		...problem([...plan.failures, ...accesses.failures, ...unlisted, ...unread]),
	};
}

function emit(watch: Watch, { selected, change, details }: DetailedChange): PollResult['events'][number] {
	const context = { vaultName: selected.inspection.task.vault.name, now: watch.startedAt };
	return { event: emitChange(change, details, context), ...(details.shown && { shown: details.shown }) };
}

/** Lists must not use up the time for emitting what they show. */
function forLists(watch: Watch): Watch {
	return { ...watch, deadline: (watch.startedAt + watch.deadline) / 2 };
}

function problem([failure]: readonly OnePasswordError[]): Pick<PollResult, 'failure'> {
	return failure ? { failure } : {};
}

/**
 * A vault that the token does not see at present keeps its state: its absence is no deletion. One that should have been
 * listed is to be listed next time.
 */
function keptVaults(state: PollState, { tasks, watched }: Plan, visible: readonly Vault[]): Record<string, VaultState> {
	const unwatched = new Set(visible.map(({ id }) => id).filter((id) => !watched.has(id)));
	const due = new Set(tasks.map(({ vault }) => vault.id));
	const kept = Object.entries(state.vaults).filter(([id]) => !unwatched.has(id));
	return Object.fromEntries(kept.map(([id, vault]) => [id, due.has(id) ? { ...vault, seen: '' } : vault]));
}
