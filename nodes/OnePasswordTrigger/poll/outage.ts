/** The Connect server can't be reached: an event where that is wanted. */

import type { OnePasswordError } from '../../shared/core/errors/onePasswordError';
import { emitUnreachable } from '../events/changeEvent';
import type { PollResult } from './pollResult';
import type { PollState } from '../state/pollState';
import type { Watch } from '../watch/watch';

/** Codes of errors that say that no Connect server answers at present. */
export const OUTAGES: ReadonlySet<string> = new Set(['NETWORK', 'PROTOCOL', 'RATE_LIMITED', 'UNAVAILABLE']);

/** @throws the error where that is no event. */
export function emitOutage({ settings, startedAt }: Watch, state: PollState, error: OnePasswordError): PollResult {
	const isWatched = settings.serverHealth && state.serial > 0 && OUTAGES.has(error.code);
	if (!isWatched) throw error;
	if (state.downSince !== undefined) return { events: [], state };
	const downSince = new Date(startedAt).toISOString();
	return {
		events: [{ event: emitUnreachable(error.code, error.message, downSince) }],
		state: { ...state, downSince },
	};
}
