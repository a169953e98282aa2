/**
 * Read, compute, send only what changes, wait until a read shows it. The server doesn't compare versions, so these guards
 * narrow the window in which two writers can collide but can't close it.
 */

import { isApplied, planUpdate, type ItemUpdate, type UpdatePlan } from '../../core/item/itemUpdate';
import type { Change } from '../../core/item/change';
import type { OnePasswordError } from '../../core/errors/onePasswordError';
import type { FullItem } from '../../core/wire';
import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead } from '../run/awaitRead';
import { exclusively, inTurn, type ConnectRun } from '../run/connectRun';
import { readCurrentItem, type Recency } from '../run/currentItem';
import { isOutcomeReadable, outcomeOf } from '../../async/outcome';
import { notShown, refuseOtherVersion, wrongItem } from './updateRefusals';

export interface UpdateOptions extends Recency {
	/** Fail if the item's version differs. If it is older, first wait, because another process may have written. */
	readonly expectedVersion?: number;
	/** Compute the changes and send nothing. Default false. */
	readonly dryRun?: boolean;
	/** Milliseconds to wait for a read that shows the write; 0 = none. Default 15,000. */
	readonly syncTimeoutMs?: number;
}

export interface UpdateResult {
	/** The newest version of the item from a read or, failing that, from the server's response. */
	readonly item: FullItem;
	readonly changed: boolean;
	readonly changes: readonly Change[];
	readonly previousVersion: number;
	/** Whether a read has shown the write. */
	readonly confirmed: boolean;
	/** Whether the version rose by more than this write, meaning someone else wrote since the read. */
	readonly concurrentEdit: boolean;
}

/**
 * @throws OnePasswordError VERSION_CONFLICT if the item is not at the expected version; `outcomeUnknown` is set if the
 * connection was lost and no read shows whether the write was done.
 */
export async function updateItem(
	run: ConnectRun,
	vaultId: string,
	itemId: string,
	update: ItemUpdate,
	options: UpdateOptions = {},
): Promise<UpdateResult> {
	return await updateItemBy(run, vaultId, itemId, (item) => planUpdate(item, update), options);
}

/** Like `updateItem`. @param planFrom makes the plan from the freshly read item, or throws. */
export async function updateItemBy(
	run: ConnectRun,
	vaultId: string,
	itemId: string,
	planFrom: (item: FullItem) => UpdatePlan,
	options: UpdateOptions = {},
): Promise<UpdateResult> {
	return await inTurn(run, vaultId, itemId, async () => {
		const before = await readCurrentItem(run, vaultId, itemId, { ...options, atLeastVersion: options.expectedVersion });
		refuseOtherVersion(before, options.expectedVersion);
		const plan = planFrom(before);
		const previousVersion = before.version ?? 0;
		const changed = plan.operations.length > 0;
		if (!changed || options.dryRun) {
			return {
				item: before,
				changed: changed && !options.dryRun,
				changes: plan.changes,
				previousVersion,
				confirmed: true,
				concurrentEdit: false,
			};
		}
		run.reads.forgetItem(vaultId, itemId);
		const sent = await sendPatch(run, before, plan);
		return await confirm(run, { before, plan, sent, options });
	});
}

type Sent = ({ readonly answer: FullItem } | { readonly lost: OnePasswordError }) & {
	/** Call this if the written version may be someone else's: a change reported twice is better than one lost. */
	readonly retract: () => void;
};

async function sendPatch(run: ConnectRun, before: FullItem, plan: UpdatePlan): Promise<Sent> {
	const vaultId = before.vault.id;
	const retract = run.ownWrites.note(run, vaultId, before.id, (before.version ?? 0) + 1);
	const sent = await outcomeOf(exclusively(run, vaultId, async () => await run.client.patchItem(vaultId, before.id, plan.operations)));
	if (sent.ok && sent.value.id === before.id) return { answer: sent.value, retract };
	if (sent.ok) return { lost: wrongItem(), retract };
	if (isOutcomeReadable(sent.error)) return { lost: sent.error, retract };
	retract();
	throw sent.error;
}

interface Sending {
	readonly before: FullItem;
	readonly plan: UpdatePlan;
	readonly sent: Sent;
	readonly options: UpdateOptions;
}

async function confirm(run: ConnectRun, { before, plan, sent, options }: Sending): Promise<UpdateResult> {
	const previousVersion = before.version ?? 0;
	const timeoutMs = options.syncTimeoutMs ?? DEFAULT_SYNC_TIMEOUT_MS;
	const lost = 'lost' in sent;
	const { confirmed, item: shown } = await awaitRead(
		run.client,
		run.effects,
		// A lost response is always checked, even if the user doesn't want to wait.
		{ vaultId: before.vault.id, itemId: before.id, timeoutMs: lost ? timeoutMs || DEFAULT_SYNC_TIMEOUT_MS : timeoutMs },
		(read) => read !== undefined && (read.version ?? 0) > previousVersion && isApplied(read, plan, before),
	);
	if (lost && !confirmed) {
		sent.retract();
		throw notShown(sent.lost);
	}
	// If someone wrote the same field right afterwards, their value wins.
	const overtaken = (shown?.version ?? 0) > previousVersion + 1;
	const item = shown && (confirmed || overtaken) ? shown : withNewVersion(before, sent);
	// The next update in this run starts from here, even if reads lag longer than this one waited.
	run.reads.rememberItem(item);
	run.memory.note(run.server, item.vault.id, item.id, item.version ?? 0);
	const concurrentEdit = (item.version ?? 0) > previousVersion + 1;
	if (concurrentEdit) sent.retract();
	return {
		item,
		changed: true,
		changes: plan.changes,
		previousVersion,
		confirmed,
		concurrentEdit,
	};
}

/** Real servers answer a write with the new contents and the old version number. */
function withNewVersion(before: FullItem, sent: Sent): FullItem {
	const answer = 'answer' in sent ? sent.answer : before;
	return { ...answer, version: Math.max(answer.version ?? 0, (before.version ?? 0) + 1) };
}
