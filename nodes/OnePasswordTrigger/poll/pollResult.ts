import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import type { ChangeEvent } from '../events/changeEvent';
import type { PollState } from '../state/pollState';

export interface PollResult {
	/** Value-free events, and for each of them what it shows beyond that. */
	readonly events: ReadonlyArray<{ readonly event: ChangeEvent; readonly shown?: object }>;
	readonly state: PollState;
	/** What kept a part of the poll from being done. */
	readonly failure?: OnePasswordError;
}
