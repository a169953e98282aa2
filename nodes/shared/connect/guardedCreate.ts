/** Creates an item once: a request that may have gone through is looked into, never repeated blindly. */

import { equalsFilter } from '../core/filter';
import { OnePasswordError } from '../core/onePasswordError';
import type { Field, FullItem, Item, ItemDraft } from '../core/wire';
import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead } from './awaitRead';
import { exclusively, type ConnectRun } from './connectRun';
import { outcomeOf } from './outcome';

export interface CreateResult {
	readonly item: FullItem;
	/** Whether a read has shown the new item. */
	readonly confirmed: boolean;
}

/** How far the clocks of n8n and 1Password.com may disagree when a new item is told from an old one by its age. */
const CLOCK_TOLERANCE_MS = 60_000;

const SEARCH_INTERVAL_MS = 500;

/**
 * @param syncTimeoutMs milliseconds to wait for a read that shows the item; 0 = none. Default 15,000.
 * @throws OnePasswordError with `outcomeUnknown` where the connection was lost and not exactly one new item fits.
 */
export async function createItem(
	run: ConnectRun,
	draft: ItemDraft,
	syncTimeoutMs: number = DEFAULT_SYNC_TIMEOUT_MS,
): Promise<CreateResult> {
	const startedAt = run.effects.now();
	const created = await sendDraft(run, draft, { startedAt, timeoutMs: syncTimeoutMs || DEFAULT_SYNC_TIMEOUT_MS });
	const { confirmed, item } = await awaitRead(
		run.client,
		run.effects,
		{ vaultId: created.vault.id, itemId: created.id, timeoutMs: syncTimeoutMs },
		(read) => read !== undefined,
	);
	const result = item ?? created;
	run.reads.rememberItem(result);
	return { item: result, confirmed };
}

interface Search {
	readonly startedAt: number;
	/** Milliseconds; a lost answer is always looked into, even where the user does not care to wait. */
	readonly timeoutMs: number;
}

async function sendDraft(run: ConnectRun, draft: ItemDraft, search: Search): Promise<FullItem> {
	const sent = await outcomeOf(
		exclusively(run, draft.vault.id, async () => await run.client.createItem(draft)),
	);
	if (sent.ok) return sent.value;
	if (!sent.error.details.outcomeUnknown) throw sent.error;
	const adopted = await findNewItem(run, draft, search);
	if (adopted !== undefined) return adopted;
	throw new OnePasswordError({
		...sent.error.details,
		advice:
			'The item was sent once and is not sent again, as it may exist; no single new item fits it so far. Look for it in the vault before you repeat the operation.',
	});
}

/** @returns the one item that is new, fits the draft to the letter, and was not made by this run before. */
async function findNewItem(
	run: ConnectRun,
	draft: ItemDraft,
	{ startedAt, timeoutMs }: Search,
): Promise<FullItem | undefined> {
	const { now, sleep } = run.effects;
	for (const deadline = now() + timeoutMs; ; await sleep(SEARCH_INTERVAL_MS)) {
		const fitting = await fittingItems(run, draft, startedAt);
		if (fitting.length > 0) return fitting.length === 1 ? fitting[0] : undefined;
		if (now() + SEARCH_INTERVAL_MS > deadline) return undefined;
	}
}

async function fittingItems(
	{ client, reads }: ConnectRun,
	draft: ItemDraft,
	startedAt: number,
): Promise<FullItem[]> {
	const vaultId = draft.vault.id;
	const rows = await outcomeOf(client.items(vaultId, equalsFilter('title', draft.title ?? '')));
	const young = (rows.ok ? rows.value : []).filter(
		(row) => row.title === draft.title && isNew(row, startedAt) && !reads.wasWritten(row),
	);
	const items = await Promise.all(
		young.map(async (row) => await outcomeOf(client.item(vaultId, row.id))),
	);
	return items.flatMap((item) => (item.ok && fitsDraft(item.value, draft) ? [item.value] : []));
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
					hasWantedValue(field, wanted),
			),
		)
	);
}

function hasWantedValue(field: Field, wanted: { value?: string; generate?: boolean; type?: string }): boolean {
	if (wanted.generate) return Boolean(field.value);
	return (field.value ?? '') === (wanted.value ?? '') || wanted.type === 'DATE' || wanted.type === 'MONTH_YEAR';
}
