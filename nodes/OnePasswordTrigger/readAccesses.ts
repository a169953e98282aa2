/** What the activity log adds to a poll: items that were read, and requests that were refused. */

import { readActivity } from '../shared/connect/audit/activityReader';
import { connectActivitySource, toRows } from '../shared/connect/audit/activitySource';
import { outcomeOf } from '../shared/connect/outcome';
import type { AuditRow } from '../shared/core/audit/auditRow';
import type { OnePasswordError } from '../shared/core/onePasswordError';
import type { Item, Vault } from '../shared/core/wire';
import { accessKindOf, isOwnAccess, tellAccess } from './accessEvent';
import type { ChangeEvent } from './changeEvent';
import type { PollState } from './pollState';
import { wantsChanges } from './settings';
import type { Plan } from './vaultTasks';
import type { Watch } from './watch';

export interface Accesses {
	readonly events: readonly ChangeEvent[];
	/** For the state; empty where no such event is wanted, so that one that is wanted later begins then. */
	readonly position: Pick<PollState, 'accesses'>;
	readonly failures: readonly OnePasswordError[];
}

export interface Surroundings {
	readonly plan: Pick<Plan, 'chosen'>;
	/** That the token sees. */
	readonly vaults: readonly Vault[];
}

/** @param limit events of the poll at most; the changes get half of them. */
export async function readAccesses(watch: Watch, state: PollState, around: Surroundings, limit: number): Promise<Accesses> {
	const { run, settings, startedAt } = watch;
	if (settings.accesses.size === 0) return { events: [], position: {}, failures: [] };
	const source = connectActivitySource(run.client, run.effects.now, selector(watch, around.plan));
	const share = wantsChanges(settings) ? Math.ceil(limit / 2) : limit;
	// The log must not use up the time for the changes.
	const deadline = startedAt + (watch.deadline - startedAt) / 4;
	const events: ChangeEvent[] = [];
	const failures: OnePasswordError[] = [];
	let cursor = source.parseCursor(state.accesses);
	for (let hasMore = cursor === undefined || share > 0; hasMore; ) {
		const batch = await outcomeOf(source.readNew(cursor, { maxRows: share - events.length, deadline }));
		const told = batch.ok ? await outcomeOf(tellRows(watch, batch.value.rows, around)) : batch;
		if (!batch.ok || !told.ok) {
			failures.push(...[batch, told].flatMap((one) => (one.ok ? [] : [one.error])).slice(0, 1));
			break;
		}
		events.push(...told.value);
		cursor = batch.value.cursor;
		hasMore = batch.value.hasMore && events.length < share && run.effects.now() < deadline;
	}
	return { events, position: cursor === undefined ? {} : { accesses: cursor }, failures };
}

/** @returns those among the newest rows of the log, oldest first. */
export async function sampleAccesses(watch: Watch, around: Surroundings, count: number): Promise<ChangeEvent[]> {
	const { entries } = await readActivity(watch.run.client, { from: Infinity });
	const events = await tellRows(watch, toRows(entries), around);
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

async function tellRows(watch: Watch, rows: readonly AuditRow[], { plan, vaults }: Surroundings): Promise<ChangeEvent[]> {
	const wanted = rows.filter(selector(watch, plan));
	const vaultNames = new Map(vaults.map(({ id, name }) => [id, name]));
	const items = hasFilter(watch) ? await listItems(watch, wanted, vaultNames) : undefined;
	return wanted.flatMap((row) => {
		const kind = accessKindOf(row);
		const item = items?.get(`${row.vaultId}/${row.itemId}`);
		if (kind === undefined || (items !== undefined && !watch.fits(item ?? NO_ITEM))) return [];
		const vaultName = vaultNames.get(row.vaultId ?? '');
		return [tellAccess(row, { kind, title: item?.title, vaultName, now: watch.startedAt })];
	});
}

/** Has no title, no tag and no category: what is gone, or was never seen, fits nothing that is asked for. */
const NO_ITEM = { id: '', vault: { id: '' }, category: '' } as Item;

function hasFilter({ settings }: Watch): boolean {
	const { title, tags = [], categories = [], ignoreTag } = settings.filter;
	return title !== undefined || ignoreTag !== undefined || tags.length + categories.length > 0;
}

/** @returns the items by `vaultId/itemId`; lists that the poll has read already are not read again. */
async function listItems({ run }: Watch, rows: readonly AuditRow[], visible: ReadonlyMap<string, string>): Promise<Map<string, Item>> {
	const vaultIds = new Set(rows.flatMap(({ vaultId, itemId }) => (vaultId !== null && itemId !== null && visible.has(vaultId) ? [vaultId] : [])));
	const lists = await Promise.all(
		[...vaultIds].map(async (vaultId) => (await run.reads.items(vaultId)).map((item) => [`${vaultId}/${item.id}`, item] as const)),
	);
	return new Map(lists.flat());
}
