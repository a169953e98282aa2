/** Events that the state has kept, made whole before they leave the node. */

import { mapConcurrently } from '../../shared/async/mapConcurrently';
import { outcomeOf, type Outcome } from '../../shared/async/outcome';
import { READ_CONCURRENCY } from '../../shared/connect/run/runReads';
import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import type { ChangeEvent } from '../events/changeEvent';
import type { Watch } from '../watch/watch';

export interface Completed {
	/** What leaves the node. */
	readonly output: readonly ChangeEvent[];
	/** The same without any value. */
	readonly events: readonly ChangeEvent[];
	/** Those whose item could not be read at present. */
	readonly waiting: readonly ChangeEvent[];
	readonly failure?: OnePasswordError;
}

/** If the whole item is wanted, it is read again, because the state contains no values. */
export async function completeEvents(watch: Watch, events: readonly ChangeEvent[]): Promise<Completed> {
	if (watch.settings.detail !== 'item') return { output: events, events, waiting: [] };
	const done = await mapConcurrently(events, READ_CONCURRENCY, async (event) => ({ event, read: await completeEvent(watch, event) }));
	const ready = done.flatMap(({ event, read }) => (read.ok ? [{ event, shown: read.value }] : []));
	const failures = done.flatMap(({ read }) => (read.ok ? [] : [read.error]));
	return {
		output: ready.map(({ shown }) => shown),
		events: ready.map(({ event }) => event),
		waiting: done.flatMap(({ event, read }) => (read.ok ? [] : [event])),
		...(failures[0] && { failure: failures[0] }),
	};
}

/** Errors that say that the item is no longer there to be read. */
const GONE: ReadonlySet<string> = new Set(['FORBIDDEN', 'ITEM_NOT_FOUND', 'VAULT_NOT_FOUND']);

async function completeEvent({ run, settings }: Watch, event: ChangeEvent): Promise<Outcome<ChangeEvent>> {
	const { vaultId, id } = (event.item ?? {}) as { vaultId?: string; id?: string };
	if (vaultId === undefined || id === undefined || event.kind === 'deleted') return { ok: true, value: event };
	const read = await outcomeOf(run.client.item(vaultId, id));
	if (read.ok) return { ok: true, value: { ...event, item: settings.shape(read.value) } };
	return GONE.has(read.error.code) ? { ok: true, value: event } : read;
}
