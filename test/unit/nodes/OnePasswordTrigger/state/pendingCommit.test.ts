import { describe, expect, it } from '@jest/globals';

import { expectCommit, isCommitPending } from '../../../../../nodes/OnePasswordTrigger/state/pendingCommit';
import { NO_STATE } from '../../../../../nodes/OnePasswordTrigger/state/pollState';

describe('a state that n8n is about to commit', () => {
	const stateOf = (serial: number) => ({ ...NO_STATE, serial });

	it('makes a poll wait that begins with an older one', () => {
		expectCommit('waiting', 3, 1_000);
		expect(isCommitPending('waiting', stateOf(2), 1_100)).toBe(true);
		expect(isCommitPending('waiting', stateOf(3), 1_100)).toBe(false);
		expect(isCommitPending('another node', stateOf(2), 1_100)).toBe(false);
	});

	it('is given up after a while, and where there is no state or the clock was set back', () => {
		expectCommit('failed', 3, 20_000);
		expect(isCommitPending('failed', stateOf(2), 29_999)).toBe(true);
		expect(isCommitPending('failed', stateOf(2), 30_000)).toBe(false);
		expect(isCommitPending('failed', stateOf(2), 19_999)).toBe(false);
		expect(isCommitPending('failed', undefined, 20_001)).toBe(false);
	});
});
