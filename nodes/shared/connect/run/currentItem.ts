/** The item that an update must start from: freshly read, and not older than what was written here before. */

import type { FullItem } from '../../core/wire';
import { DEFAULT_SYNC_TIMEOUT_MS, awaitRead } from './awaitRead';
import type { ConnectRun } from './connectRun';

export interface Recency {
	/** Whether a read shows what the caller knows about the item. Default: what this n8n process has written. */
	readonly isRecent?: (item: FullItem) => boolean;
	/** Another process may have written it, so a read that shows an older version is stale. Default: every version is accepted. */
	readonly atLeastVersion?: number;
	/** Don't start from this run's own write until a read shows it. Default false. */
	readonly onlyShown?: boolean;
	/** Milliseconds to wait for such a read; 0 = the default of 15,000. */
	readonly syncTimeoutMs?: number;
}

/**
 * Waits for a server that lags behind, even if the user doesn't want to wait for reads: otherwise the update would undo an
 * earlier write.
 * @returns the newest available version of the item.
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
