/** What the steps of one poll share. */

import type { ConnectRun } from '../../shared/connect/run/connectRun';
import { mapConcurrently } from '../../shared/async/mapConcurrently';
import { READ_CONCURRENCY } from '../../shared/connect/run/runReads';
import type { Item } from '../../shared/core/wire';
import type { OwnReads } from './ownReads';
import type { WatchSettings } from './settings';

export interface LostState {
	/** Until when changes are known to have been reported, milliseconds since the epoch; absent where nothing tells. */
	readonly since?: number;
}

export interface Watch {
	readonly run: ConnectRun;
	readonly settings: WatchSettings;
	/** As the trigger names itself in its requests. */
	readonly nodeName: string;
	/** Shared by all polls in this instance of n8n. */
	readonly ownReads: OwnReads;
	readonly matches: (item: Item) => boolean;
	/** Milliseconds since the epoch, of the start of the poll. */
	readonly startedAt: number;
	/** No further request of a batch starts after it. */
	readonly deadline: number;
	/** Of the token that the trigger uses, as the activity log names it; absent for a token of another form. */
	readonly tokenId?: string;
	/** Set where the trigger had a state, and has it no longer. */
	readonly lost?: LostState;
	/** For fingerprints; absent where the level of detail needs none. */
	readonly key?: Buffer;
}

export function hasTime({ run, deadline }: Watch): boolean {
	return run.effects.now() < deadline;
}

/**
 * Starts in order as long as there is time.
 * @param atLeast how many start in any case, so that every poll gets on. Default 0.
 * @returns the results; `undefined` for what was not started.
 */
export async function mapInTime<T, R>(
	watch: Watch,
	inputs: readonly T[],
	task: (input: T) => Promise<R>,
	atLeast = 0,
): Promise<Array<R | undefined>> {
	return await mapConcurrently(inputs, READ_CONCURRENCY, async (input, index) => (index < atLeast || hasTime(watch) ? await task(input) : undefined));
}
