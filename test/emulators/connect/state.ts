import type { ActivityLog } from './activityLog';
import type { Behaviour } from './behaviour';
import type { Clock } from './clock';
import type { FaultQueue } from './faults';
import type { RequestLog } from './http/requestLog';
import type { IdSource } from './ids';
import type { Rules } from './items/rules';
import type { Store } from './store/store';
import type { Tokens } from './tokens';
import type { WriteGate } from './writeGate';

/** The complete state of an emulator, passed to endpoints. */
export interface ConnectState {
	readonly clock: Clock;
	readonly ids: IdSource;
	readonly random: () => number;
	readonly behaviour: Behaviour;
	readonly store: Store;
	readonly tokens: Tokens;
	readonly activity: ActivityLog;
	readonly gate: WriteGate;
	readonly faults: FaultQueue;
	readonly requests: RequestLog;
	readonly counters: Counters;
	readonly version: string;
	/** `lastEditedBy` of what clients write. */
	readonly editor: string;
}

export interface Counters {
	/** All requests, for the replicas to take turns. */
	requests: number;
	/** Requests with a valid token; the first one starts the synchronization. */
	authenticated: number;
	/** Authorised reads inside a vault. */
	vaultReads: number;
}

export function rulesOf(state: ConnectState): Rules {
	return { behaviour: state.behaviour, ids: state.ids, random: state.random, nowMs: state.clock.now() };
}
