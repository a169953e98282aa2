/** What a poll starts from. */

import { nameKey } from '../../shared/core/changes/fieldFingerprint';
import { NO_STATE, type PollState } from '../state/pollState';
import type { Watch } from '../watch/watch';
import { recoverFrom } from './lostState';

export function startState(watch: Watch, stored: PollState | undefined): PollState {
	return withKey(watch, stored ?? newState(watch));
}

function newState(watch: Watch): PollState {
	const from = recoverFrom(watch);
	return { ...NO_STATE, ...(from !== undefined && { recoverFrom: from }) };
}

/** Codes are of no use under another key; versions are. */
function withKey({ key }: Watch, state: PollState): PollState {
	const { keyName: _keyName, ...rest } = state;
	if (key === undefined) return rest;
	const keyName = nameKey(key);
	if (keyName === state.keyName) return state;
	const vaults = Object.entries(state.vaults).map(([id, { prints: _prints, ...vault }]) => [id, vault] as const);
	return { ...rest, keyName, vaults: Object.fromEntries(vaults) };
}
