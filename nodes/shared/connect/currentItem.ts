/** The item as an update must start from: read anew, and not older than what was written here before. */

import type { FullItem } from '../core/wire';
import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead } from './awaitRead';
import type { ConnectRun } from './connectRun';

/**
 * Waits for a server that lags behind, also where the user does not care to wait for reads: the update would undo what was
 * written before.
 * @returns the newest form of the item that there is.
 * @throws OnePasswordError ITEM_NOT_FOUND.
 */
export async function readCurrentItem(
	run: ConnectRun,
	vaultId: string,
	itemId: string,
): Promise<FullItem> {
	const { client, effects, memory, reads, server } = run;
	const read = await client.item(vaultId, itemId);
	const newest = memory.newest(server, vaultId, itemId);
	if (versionOf(read) >= newest) return read;
	const written = reads.writtenItem(vaultId, itemId);
	if (written !== undefined && versionOf(written) >= newest) return written;
	const { item } = await awaitRead(
		client,
		effects,
		{ vaultId, itemId, timeoutMs: DEFAULT_SYNC_TIMEOUT_MS },
		(later) => later !== undefined && versionOf(later) >= newest,
	);
	return item ?? read;
}

function versionOf({ version = 0 }: FullItem): number {
	return version;
}
