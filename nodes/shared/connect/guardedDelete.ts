/** Deletes an item for good, and waits until reads no longer show it. */

import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead } from './awaitRead';
import { exclusively, inTurn, type ConnectRun } from './connectRun';

/**
 * @param syncTimeoutMs milliseconds to wait for reads that no longer show the item; 0 = none. Default 15,000.
 * @returns whether a read has shown that the item is gone.
 * @throws OnePasswordError ITEM_NOT_FOUND where there was no such item.
 */
export async function deleteItem(
	run: ConnectRun,
	vaultId: string,
	itemId: string,
	syncTimeoutMs: number = DEFAULT_SYNC_TIMEOUT_MS,
): Promise<boolean> {
	return await inTurn(run, vaultId, itemId, async () => {
		await exclusively(
			run,
			vaultId,
			async () => await run.client.deleteItem(vaultId, itemId),
		);
		run.reads.rememberDeletion(vaultId, itemId);
		const { confirmed } = await awaitRead(
			run.client,
			run.effects,
			{ vaultId, itemId, timeoutMs: syncTimeoutMs },
			(read) => read === undefined || read.state !== undefined,
		);
		return confirmed;
	});
}
