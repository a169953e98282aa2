/** Creates an item once: a request that may have succeeded is checked, never repeated blindly. */

import { sectionOf } from '../../core/fields/fieldName';
import { hasArrived, typeOf } from '../../core/fields/fieldTypes';
import { equalsFilter } from '../../core/names/filter';
import { OnePasswordError } from '../../core/errors/onePasswordError';
import type { Field, FullItem, Item, ItemDraft } from '../../core/wire';
import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead, shareOf } from '../run/awaitRead';
import { exclusively, inTurn, type ConnectRun } from '../run/connectRun';
import { isOutcomeReadable, outcomeOf } from '../../async/outcome';

export interface CreateResult {
	readonly item: FullItem;
	/** Whether a read has shown the new item. */
	readonly confirmed: boolean;
}

/** How far the clocks of n8n and 1Password.com may differ when a new item is recognized by its age. */
const CLOCK_TOLERANCE_MS = 60_000;

const SEARCH_INTERVAL_MS = 500;

/**
 * @param syncTimeoutMs milliseconds to wait for a read that shows the item; 0 = none. Default 15,000.
 * @throws OnePasswordError with `outcomeUnknown` if the connection was lost and not exactly one new item matches.
 */
export async function createItem(run: ConnectRun, draft: ItemDraft, syncTimeoutMs: number = DEFAULT_SYNC_TIMEOUT_MS): Promise<CreateResult> {
	// A lost response is checked by title, so two items with the same title must not be in progress at once.
	const created = await inTurn(run, draft.vault.id, `new ${draft.title}`, async () => {
		const timeoutMs = syncTimeoutMs || DEFAULT_SYNC_TIMEOUT_MS;
		const item = await sendDraft(run, draft, { startedAt: run.effects.now(), timeoutMs });
		run.reads.rememberItem(item);
		run.memory.note(run.server, item.vault.id, item.id, item.version ?? 1);
		run.ownWrites.note(run, item.vault.id, item.id, item.version ?? 1);
		return item;
	});
	const { confirmed, item = created } = await awaitRead(
		run.client,
		run.effects,
		{ vaultId: created.vault.id, itemId: created.id, timeoutMs: syncTimeoutMs },
		(read) => read !== undefined,
	);
	run.reads.rememberItem(item);
	return { item, confirmed };
}

interface Search {
	readonly startedAt: number;
	/** Milliseconds; a lost response is always checked, even if the user doesn't want to wait. */
	readonly timeoutMs: number;
}

async function sendDraft(run: ConnectRun, draft: ItemDraft, search: Search): Promise<FullItem> {
	const sent = await outcomeOf(exclusively(run, draft.vault.id, async () => await run.client.createItem(draft)));
	if (sent.ok) return sent.value;
	if (!isOutcomeReadable(sent.error)) throw sent.error;
	const adopted = await findNewItem(run, draft, search);
	if (adopted !== undefined) return adopted;
	throw new OnePasswordError({
		...sent.error.details,
		advice:
			'The item was sent once and is not sent again because it may exist. No single new item matches it so far. Look for it in the vault before you repeat the operation.',
	});
}

/**
 * Searches for as long as reads may lag: the first matching item could be someone else's while our own is not visible yet.
 * @returns the one item that is new, matches the draft exactly, and was not written by this process before.
 */
async function findNewItem(run: ConnectRun, draft: ItemDraft, { startedAt, timeoutMs }: Search): Promise<FullItem | undefined> {
	const { now, sleep } = run.effects;
	const deadline = now() + timeoutMs;
	for (;;) {
		const { fitting, complete } = await matchingItems(run, draft, { startedAt, timeoutMs: shareOf(deadline - now()) });
		if (fitting.length > 1) return undefined;
		if (now() + SEARCH_INTERVAL_MS > deadline) return complete ? fitting[0] : undefined;
		await sleep(SEARCH_INTERVAL_MS);
	}
}

/**
 * @param timeoutMs of the search: maximum milliseconds per request.
 * @returns the matching items, and whether every candidate could be checked.
 */
async function matchingItems(
	{ client, memory, server }: ConnectRun,
	draft: ItemDraft,
	{ startedAt, timeoutMs }: Search,
): Promise<{ fitting: FullItem[]; complete: boolean }> {
	const vaultId = draft.vault.id;
	const rows = await outcomeOf(client.items(vaultId, equalsFilter('title', draft.title ?? ''), timeoutMs));
	if (!rows.ok) return { fitting: [], complete: false };
	const young = rows.value.filter((row) => row.title === draft.title && isNew(row, startedAt) && memory.newest(server, vaultId, row.id) === 0);
	const items = await Promise.all(young.map(async (row) => await outcomeOf(client.itemAtOnce(vaultId, row.id, timeoutMs))));
	return {
		fitting: items.flatMap((item) => (item.ok && fitsDraft(item.value, draft) ? [item.value] : [])),
		complete: items.every(({ ok }) => ok),
	};
}

function isNew(row: Item, startedAt: number): boolean {
	return row.version === 1 && Date.parse(row.createdAt ?? '') >= startedAt - CLOCK_TOLERANCE_MS;
}

function fitsDraft(item: FullItem, draft: ItemDraft): boolean {
	return (
		item.category === draft.category &&
		(draft.fields ?? []).every((wanted) =>
			(item.fields ?? []).some(
				(field) =>
					(wanted.purpose ? field.purpose === wanted.purpose : field.label === wanted.label) &&
					(!wanted.section || sectionOf(item, field)?.label === sectionOf(draft, wanted)?.label) &&
					hasWantedValue(field, wanted),
			),
		)
	);
}

function hasWantedValue(field: Field, wanted: { value?: string; generate?: boolean }): boolean {
	if (wanted.generate) return Boolean(field.value);
	return hasArrived(typeOf(field), field.value ?? '', wanted.value ?? '');
}
