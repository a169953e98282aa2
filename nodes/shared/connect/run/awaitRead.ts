/**
 * Waits until a read shows a write. Connect sends writes to 1Password.com and answers reads from a local copy, which follows
 * within seconds; no call reports how far behind it is.
 */

import type { FullItem } from '../../core/wire';
import type { ConnectClient } from '../client/connectClient';
import { outcomeOf } from '../../async/outcome';
import type { Effects } from '../../http/sendWithRetry';

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 1_000;

/** Milliseconds; observed on real servers: up to 6 seconds. */
export const DEFAULT_SYNC_TIMEOUT_MS = 15_000;

export interface ReadTarget {
	readonly vaultId: string;
	readonly itemId: string;
	/** Milliseconds; 0 = don't read at all. */
	readonly timeoutMs: number;
}

/** The item as read; `undefined` while it doesn't exist. */
export type Shown = FullItem | undefined;

/**
 * @param isShown whether the read shows the write.
 * @returns the last read, and whether it shows the write. A failed read counts as one that doesn't show it: the write itself
 * was answered and must not be reported as failed.
 */
export async function awaitRead(
	client: ConnectClient,
	{ now, sleep }: Effects,
	{ vaultId, itemId, timeoutMs }: ReadTarget,
	isShown: (item: Shown) => boolean,
): Promise<{ readonly confirmed: boolean; readonly item: Shown }> {
	if (timeoutMs <= 0) return { confirmed: false, item: undefined };
	const deadline = now() + timeoutMs;
	for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, MAX_DELAY_MS)) {
		const read = await tryRead(client, { vaultId, itemId, timeoutMs: shareOf(deadline - now()) });
		if (read.kind === 'answer' && isShown(read.item)) return { confirmed: true, item: read.item };
		if (now() + delay > deadline) {
			return { confirmed: false, item: read.kind === 'answer' ? read.item : undefined };
		}
		await sleep(delay);
	}
}

type Read = { readonly kind: 'answer'; readonly item: Shown } | { readonly kind: 'failure' };

/** The minimum time for a read, in milliseconds. */
const MIN_READ_MS = 500;

/**
 * A read that hangs must leave time for another one. Each gets half of the remaining time: enough to wait for a slow server,
 * and to ask a hanging one again.
 * @param leftMs milliseconds until the deadline.
 * @returns milliseconds that one read may take.
 */
export function shareOf(leftMs: number): number {
	return Math.max(MIN_READ_MS, Math.floor(leftMs / 2));
}

async function tryRead(client: ConnectClient, { vaultId, itemId, timeoutMs }: ReadTarget): Promise<Read> {
	const read = await outcomeOf(client.itemAtOnce(vaultId, itemId, timeoutMs));
	if (read.ok) return { kind: 'answer', item: read.value };
	return read.error.code === 'ITEM_NOT_FOUND' ? { kind: 'answer', item: undefined } : { kind: 'failure' };
}
