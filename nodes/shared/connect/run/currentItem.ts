/** The item as an update must start from: read anew, and not older than what was written here before. */

import type { FullItem } from '../../core/wire';
import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead } from './awaitRead';
import type { ConnectRun } from './connectRun';

export interface Recency {
	/** Whether a read shows what the caller knows of the item. Default: what this instance of n8n has written. */
	readonly isRecent?: (item: FullItem) => boolean;
	/** Another process may have written it: a read that shows an older one is not recent. Default: any. */
	readonly atLeastVersion?: number;
	/** Never start from what this run has written while no read shows it. Default false. */
	readonly onlyShown?: boolean;
	/** Milliseconds to wait for such a read; 0 = 15,000, which is the default. */
	readonly syncTimeoutMs?: number;
}

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
	{ isRecent = () => true, atLeastVersion = 0, onlyShown = false, syncTimeoutMs }: Recency = {},
): Promise<FullItem> {
	const { client, effects, memory, reads, server } = run;
	const read = await client.item(vaultId, itemId);
	const newest = Math.max(memory.newest(server, vaultId, itemId), atLeastVersion);
	const isCurrent = (item: FullItem | undefined): item is FullItem => item !== undefined && versionOf(item) >= newest && isRecent(item);
	if (isCurrent(read)) return read;
	const written = reads.writtenItem(vaultId, itemId);
	if (!onlyShown && isCurrent(written)) return written;
	const timeoutMs = syncTimeoutMs || DEFAULT_SYNC_TIMEOUT_MS;
	const { item } = await awaitRead(client, effects, { vaultId, itemId, timeoutMs }, isCurrent);
	return item ?? read;
}

function versionOf({ version = 0 }: FullItem): number {
	return version;
}
