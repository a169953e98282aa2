import type { Behaviour } from '../behaviour';
import type { IdSource } from '../ids';

/** What reading and completing an item depends on besides the item. */
export interface Rules {
	readonly behaviour: Behaviour;
	readonly ids: IdSource;
	readonly random: () => number;
	/** Milliseconds since 1970. */
	readonly nowMs: number;
}
