/** Permanently deletes an item, and waits until reads no longer show it. */

import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead } from '../run/awaitRead';
import { exclusively, inTurn, type ConnectRun } from '../run/connectRun';
import { isOutcomeReadable, outcomeOf } from '../../async/outcome';

/**
 * @param syncTimeoutMs milliseconds to wait for reads that no longer show the item; 0 = none. Default 15,000.
 * @returns whether a read has shown that the item is gone.
 * @throws OnePasswordError ITEM_NOT_FOUND if the item did not exist; with `outcomeUnknown` if the response was lost and
 * reads still show it.
 */
export async function deleteItem(
	run: ConnectRun,
	vaultId: string,
	itemId: string,
	syncTimeoutMs: number = DEFAULT_SYNC_TIMEOUT_MS,
): Promise<boolean> {
	return await inTurn(run, vaultId, itemId, async () => {
		const retract = run.ownWrites.note(run, vaultId, itemId, 'deleted');
		const sent = await outcomeOf(exclusively(run, vaultId, async () => await run.client.deleteItem(vaultId, itemId)));
		if (!sent.ok && !isOutcomeReadable(sent.error)) {
			retract();
			throw sent.error;
		}
		const { confirmed } = await awaitRead(
			run.client,
			run.effects,
			// A lost response is always checked, even if the user doesn't want to wait.
			{ vaultId, itemId, timeoutMs: sent.ok ? syncTimeoutMs : syncTimeoutMs || DEFAULT_SYNC_TIMEOUT_MS },
			(read) => read === undefined || read.state !== undefined,
		);
		if (!sent.ok && !confirmed) {
			retract();
			throw sent.error;
		}
		run.reads.rememberDeletion(vaultId, itemId);
		return confirmed;
	});
}
