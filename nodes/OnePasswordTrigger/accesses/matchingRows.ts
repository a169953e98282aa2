/** Which accesses are of items that fit the filters, or did when they were read: items are renamed and deleted afterwards. */

import type { AuditRow } from '../../shared/core/audit/rows/auditRow';
import { unpackItems, type KnownItems } from '../../shared/core/changes/knownItems';
import type { Item, Vault } from '../../shared/core/wire';
import type { AccessPosition } from './accessPosition';
import type { PollState } from '../state/pollState';
import type { Watch } from '../watch/watch';

export interface Sightings {
	/** That the token sees. */
	readonly vaults: readonly Vault[];
	/** As items were last seen; without it only those that fit now count. */
	readonly before?: Pick<PollState, 'vaults'> & Pick<AccessPosition, 'droppedOut'>;
}

export interface MatchingRow {
	readonly row: AuditRow;
	/** Where there is a filter, and the item is still there. */
	readonly title?: string;
}

/** Has no title, no tag and no category: a request without an item matches nothing that is asked for. */
const NO_ITEM = { id: '', vault: { id: '' }, category: '' } as Item;

/** @throws OnePasswordError where a vault can't be listed. */
export async function matchingRows(watch: Watch, rows: readonly AuditRow[], { vaults, before }: Sightings): Promise<MatchingRow[]> {
	if (!hasFilter(watch)) return rows.map((row) => ({ row }));
	const visible = new Set(vaults.map(({ id }) => id));
	const listed = await listItems(watch, rows, visible);
	const judge = new Judge(visible, before);
	const judged = rows.map((row) => {
		const item = listed.get(pathOf(row));
		const matched = item !== undefined && watch.matches(item) ? true : judge.matched(row, item);
		return { row, item, matches: matched === 'asShown' ? watch.matches(item ?? NO_ITEM) : matched };
	});
	// What nobody can know any more is emitted: deleting an item must not hide that it was read. The item itself is not asked for:
	// that read would be a row of the log, too, which another trigger would look into, and so on with each poll.
	return judged.flatMap(({ row, item, matches = true }) => (matches ? [{ row, ...(item?.title !== undefined && { title: item.title }) }] : []));
}

/** `asShown`: only what the item shows now counts, if anything does. */
type MatchResult = boolean | 'asShown' | undefined;

class Judge {
	private readonly known = new Map<string, KnownItems | undefined>();

	constructor(
		private readonly visible: ReadonlySet<string>,
		private readonly before: Sightings['before'],
	) {}

	/** @returns `undefined` where nothing is known of the item. */
	matched(row: AuditRow, item: Item | undefined): MatchResult {
		const { vaultId, itemId } = row;
		if (this.before === undefined || vaultId === null || itemId === null) return 'asShown';
		if (pathOf(row) in this.before.droppedOut) return true;
		const last = this.knownIn(vaultId)?.get(itemId);
		// One that has not changed since is judged by what it shows: the filters may be new.
		if (last !== undefined) return last.watched && last.version !== item?.version;
		const isInReach = this.visible.has(vaultId) || vaultId in this.before.vaults;
		return item === undefined && isInReach ? undefined : 'asShown';
	}

	private knownIn(vaultId: string): KnownItems | undefined {
		if (!this.known.has(vaultId)) this.known.set(vaultId, unpackItems(this.before?.vaults[vaultId]?.items ?? ''));
		return this.known.get(vaultId);
	}
}

function hasFilter({ settings }: Watch): boolean {
	const { title, tags = [], categories = [], ignoreTag } = settings.filter;
	return title !== undefined || ignoreTag !== undefined || tags.length + categories.length > 0;
}

function pathOf({ vaultId, itemId }: AuditRow): string {
	return `${vaultId}/${itemId}`;
}

/** @returns the items by `vaultId/itemId`; lists that the poll has read already are not read again. */
async function listItems({ run }: Watch, rows: readonly AuditRow[], visible: ReadonlySet<string>): Promise<Map<string, Item>> {
	const vaultIds = new Set(rows.flatMap(({ vaultId, itemId }) => (vaultId !== null && itemId !== null && visible.has(vaultId) ? [vaultId] : [])));
	const lists = await Promise.all(
		[...vaultIds].map(async (vaultId) => (await run.reads.items(vaultId)).map((item) => [`${vaultId}/${item.id}`, item] as const)),
	);
	return new Map(lists.flat());
}
